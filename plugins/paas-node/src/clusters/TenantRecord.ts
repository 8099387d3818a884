import {
  checkTenant,
  KubeObject,
  ownerRef,
  Tenant,
  TenantRef,
} from '@understage/plugin-paas-common';

/** One tenant as the cache knows it. Records are never changed, a change makes a new one. */
export interface TenantRecord {
  /** `cluster/name`. */
  readonly key: string;
  readonly ref: TenantRef;
  readonly uid: string;
  /** As a whole entity reference in lower case. */
  readonly owner: string;
  /** Absent when what is stored is not one that this version understands: nobody is a member then. */
  readonly tenant?: Tenant;
  /** The Tenant as the API server sent it. */
  readonly object: KubeObject;
}

/** What became of one tenant. `before` is absent when it is new, `after` when it is gone. */
export interface TenantChange {
  readonly key: string;
  readonly before?: TenantRecord;
  readonly after?: TenantRecord;
}

/** Makes the record of one Tenant. */
export function tenantRecord(
  cluster: string,
  object: KubeObject,
): TenantRecord {
  const { name, uid = '' } = object.metadata;
  const checked = checkTenant(object);
  return {
    key: `${cluster}/${name}`,
    ref: { cluster, name },
    uid,
    owner: checked.ok ? checked.value.spec.owner : ownerRef('unknown'),
    ...(checked.ok && { tenant: checked.value }),
    object,
  };
}
