import { Link } from 'react-router-dom';
import { ApplicationRef, AuditEntry } from '@understage/plugin-paas-common';
import { TenantLink } from '../application/HeaderLinks';
import { RelativeTime } from '../components/RelativeTime';
import { applicationPath } from '../model/applicationKey';
import { auditWords, resultWords } from '../model/auditWords';
import { entityPath } from '../model/entityPath';
import { ownerName } from '../model/ownerName';
import { useRootPath } from '../routes';
import tones from '../components/tones.module.css';
import styles from '../tenants/tenants.module.css';

const toneOf: Readonly<Record<AuditEntry['result'], string>> = {
  succeeded: 'positive',
  failed: 'warning',
  refused: 'negative',
  unknown: 'warning',
};

/** Lines of the audit trail. `isOfOne` leaves the tenant out, which is the same in each. */
export function AuditTable(props: {
  items: readonly AuditEntry[];
  isOfOne: boolean;
}) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} aria-label="Audit trail">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">Result</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map(line => (
            <tr key={line.id}>
              <th scope="row">
                <Who who={line.who} />
              </th>
              <td data-label="What">{auditWords(line.action)}</td>
              <td data-label="Where">
                <Where line={line} isOfOne={props.isOfOne} />
              </td>
              <td data-label="Result">
                <span
                  className={`${styles.verdict} ${tones[toneOf[line.result]]}`}
                >
                  {resultWords[line.result]}
                </span>
                {line.message && (
                  <span className={styles.lineMessage}>{line.message}</span>
                )}
              </td>
              <td data-label="When" className={styles.nowrap}>
                <RelativeTime time={line.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Who(props: { who: string }) {
  const path = props.who.startsWith('user:')
    ? entityPath(props.who)
    : undefined;
  const name = ownerName(props.who);
  return path ? (
    <Link to={path} className={styles.link}>
      {name}
    </Link>
  ) : (
    <>{name}</>
  );
}

/** What it was about, leading there. It may be gone: its page says so. */
function Where(props: { line: AuditEntry; isOfOne: boolean }) {
  const { cluster, tenant, namespace, name } = props.line;
  if (cluster === undefined) return <>the platform</>;
  const owner = tenant === undefined ? undefined : { cluster, name: tenant };
  if (namespace === undefined || name === undefined) {
    if (!owner) return <>{name ?? cluster}</>;
    return (
      <>
        tenant <TenantLink tenant={owner} />
      </>
    );
  }
  return (
    <>
      <ApplicationLink application={{ cluster, namespace, name }} />
      {owner && !props.isOfOne && (
        <span className={styles.under}>
          tenant <TenantLink tenant={owner} />
        </span>
      )}
    </>
  );
}

function ApplicationLink(props: { application: ApplicationRef }) {
  const { namespace, name } = props.application;
  const path = `${useRootPath()}/${applicationPath(props.application)}`;
  return (
    <Link to={path} className={styles.factLink}>
      {namespace}/{name}
    </Link>
  );
}
