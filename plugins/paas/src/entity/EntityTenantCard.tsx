import {
  ButtonLink,
  Card,
  CardBody,
  CardHeader,
  Skeleton,
} from '@backstage/ui';
import { useEntity } from '@backstage/plugin-catalog-react';
import { TenantDetail, TenantRef } from '@understage/plugin-paas-common';
import { useTenant } from '../live/useTenant';
import { tenantOf } from '../model/entityReference';
import { percent } from '../tenants/QuotaMeters';
import { TenantStateChip } from '../tenants/TenantStateChip';
import { checksText } from '../tenants/TenantTable';
import { tenantPath, useTenantsPath } from '../tenants/tenantPaths';
import styles from './entity.module.css';

/** State, isolation and fullest quota of the tenant that a Domain stands for, live. */
export function EntityTenantCard() {
  const tenant = tenantOf(useEntity().entity);
  return (
    <Card>
      <CardHeader>
        <h3 className={styles.title}>Tenant</h3>
      </CardHeader>
      <CardBody>
        {tenant ? (
          <Body tenant={tenant} />
        ) : (
          <p className={styles.quiet}>This entity stands for no tenant.</p>
        )}
      </CardBody>
    </Card>
  );
}

function Body(props: { tenant: TenantRef }) {
  const { tenant } = props;
  const { value, problem } = useTenant(tenant);
  const path = useTenantsPath();
  if (value?.gone || (problem && !value)) {
    return (
      <p className={styles.quiet} role="alert">
        {problem?.message ?? `Tenant ${tenant.name} was offboarded.`}
      </p>
    );
  }
  if (!value) {
    return (
      <div role="status" aria-label="Loading the tenant">
        <Skeleton width="100%" height={96} />
      </div>
    );
  }
  return (
    <div className={styles.card}>
      <Facts detail={value.detail} />
      <div>
        <ButtonLink
          size="small"
          variant="secondary"
          href={`${path}/${tenantPath(tenant)}`}
        >
          Open tenant
        </ButtonLink>
      </div>
    </div>
  );
}

function Facts(props: { detail: TenantDetail }) {
  const { summary, freshness } = props.detail;
  const { fullest } = summary;
  return (
    <>
      <div className={styles.line}>
        <TenantStateChip state={summary.state} />
      </div>
      <p className={styles.sentence}>{summary.message}</p>
      {freshness.kind !== 'live' && (
        <p className={styles.quiet}>Not up to date: {freshness.why}</p>
      )}
      <dl className={styles.facts}>
        <dt>Isolation</dt>
        <dd>{checksText(summary.checks)}</dd>
        <dt>Fullest quota</dt>
        <dd>
          {fullest ? `${fullest.resource}, ${percent(fullest.share)}` : '–'}
        </dd>
        <dt>Applications</dt>
        <dd>{summary.applications}</dd>
      </dl>
    </>
  );
}
