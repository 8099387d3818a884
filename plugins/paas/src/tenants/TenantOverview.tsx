import { Link } from 'react-router-dom';
import { writeQuery } from '../model/applicationQuery';
import { Section } from '../components/Section';
import { useRootPath } from '../routes';
import { QuotaMeters } from './QuotaMeters';
import { TenantStateChip } from './TenantStateChip';
import { TenantView } from './view';
import styles from './tenants.module.css';

/** The environments: what runs in each, and what is left of its quota. */
export function TenantOverview(props: TenantView) {
  const { tenant, detail } = props;
  const root = useRootPath();
  return (
    <Section title="Environments">
      <ul className={styles.environments}>
        {detail.environments.map(environment => {
          const { name, namespace, applications, pods } = environment;
          const query = writeQuery({
            tenant: tenant.name,
            cluster: tenant.cluster,
            text: namespace,
          });
          return (
            <li key={name} className={styles.environment}>
              <div className={styles.environmentHead}>
                <h4 className={styles.environmentName}>{name}</h4>
                <TenantStateChip state={environment.state} />
                {environment.approval && (
                  <span className={styles.quiet}>
                    promotions wait for a person
                  </span>
                )}
              </div>
              <p className={styles.sentence}>{environment.message}</p>
              <p className={styles.sentence}>
                Namespace {namespace}:{' '}
                <Link to={`${root}?${query}`} className={styles.factLink}>
                  {applications === 1
                    ? '1 application'
                    : `${applications} applications`}
                </Link>
                , {pods === 1 ? '1 pod' : `${pods} pods`}
              </p>
              <QuotaMeters environment={name} quota={environment.quota} />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
