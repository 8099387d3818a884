import { Link } from 'react-router-dom';
import { TenantSummary } from '@understage/plugin-paas-common';
import { ownerName } from '../model/ownerName';
import { fullness, percent } from './QuotaMeters';
import { TenantStateChip } from './TenantStateChip';
import { tenantPath, useTenantsPath } from './tenantPaths';
import styles from './tenants.module.css';

/** `18 of 18 enforced`; nothing was tried is not the same as all is well. */
export function checksText({
  enforced,
  total,
}: TenantSummary['checks']): string {
  return total === 0 ? 'not tried yet' : `${enforced} of ${total} enforced`;
}

function Fullest(props: { of: TenantSummary['fullest'] }) {
  if (!props.of) return <>–</>;
  const { resource, share } = props.of;
  const word = fullness(share);
  return (
    <>
      {percent(share)} <span className={styles.quiet}>{resource}</span>
      {word && <strong className={styles.word}> {word}</strong>}
    </>
  );
}

/** Tenants, one a row; those that need somebody first, as they come. */
export function TenantTable(props: { items: readonly TenantSummary[] }) {
  const path = useTenantsPath();
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} aria-label="Tenants">
        <thead>
          <tr>
            <th scope="col">Tenant</th>
            <th scope="col">State</th>
            <th scope="col">Owner</th>
            <th scope="col">Environments</th>
            <th scope="col">Isolation</th>
            <th scope="col">Fullest quota</th>
            <th scope="col">Applications</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map(row => (
            <tr key={`${row.cluster}/${row.name}`}>
              <th scope="row">
                <Link to={`${path}/${tenantPath(row)}`} className={styles.link}>
                  {row.name}
                </Link>
                <span className={styles.quiet}>
                  {row.cluster}
                  {row.role && `, you are ${row.role}`}
                </span>
              </th>
              <td className={styles.stateCell}>
                <TenantStateChip state={row.state} />
                <span className={styles.sentence}>{row.message}</span>
              </td>
              <td data-label="Owner">{ownerName(row.owner)}</td>
              <td data-label="Environments">{row.environments}</td>
              <td data-label="Isolation">{checksText(row.checks)}</td>
              <td data-label="Fullest quota">
                <Fullest of={row.fullest} />
              </td>
              <td data-label="Applications">{row.applications}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
