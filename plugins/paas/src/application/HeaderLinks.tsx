import { Link } from 'react-router-dom';
import { ApplicationRef, TenantRef } from '@understage/plugin-paas-common';
import { entityPath } from '../model/entityPath';
import { ownerName } from '../model/ownerName';
import { writeQuery } from '../model/applicationQuery';
import { useRootPath } from '../routes';
import { tenantPath, useTenantsPath } from '../tenants/tenantPaths';
import styles from './application.module.css';

/** The owner, leading to its page in the catalog. */
export function OwnerLink(props: { owner: string | undefined }) {
  const { owner } = props;
  if (!owner) return <>nobody</>;
  const path = entityPath(owner);
  const name = ownerName(owner);
  return path ? (
    <Link to={path} className={styles.factLink}>
      {name}
    </Link>
  ) : (
    <>{name}</>
  );
}

/** The tenant, leading to its page. */
export function TenantLink(props: { tenant: TenantRef }) {
  const path = `${useTenantsPath()}/${tenantPath(props.tenant)}`;
  return (
    <Link to={path} className={styles.factLink}>
      {props.tenant.name}
    </Link>
  );
}

/** Cluster and namespace, leading to what else runs there. */
export function PlaceLinks(props: { reference: ApplicationRef }) {
  const { cluster, namespace } = props.reference;
  const root = useRootPath();
  return (
    <>
      <Link
        to={`${root}?${writeQuery({ cluster })}`}
        className={styles.factLink}
        aria-label={`Applications of cluster ${cluster}`}
      >
        {cluster}
      </Link>
      {/* Spaces at the edges of a flex item are taken away. */}
      {'\u00a0/\u00a0'}
      <Link
        to={`${root}?${writeQuery({ cluster, text: namespace })}`}
        className={styles.factLink}
        aria-label={`Applications of namespace ${namespace}`}
      >
        {namespace}
      </Link>
    </>
  );
}
