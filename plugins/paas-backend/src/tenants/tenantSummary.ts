import {
  LABEL_TENANT,
  Person,
  quotaMeters,
  QuotaMeter,
  readTenantStatus,
  tenantNamespaces,
  tenantRoleOf,
  TenantStatus,
  TenantSummary,
} from '@understage/plugin-paas-common';
import { PaasClusters, TenantRecord } from '@understage/plugin-paas-node';

/** What the operator reported of a tenant; absent while it has not looked. */
export function statusOf({ object }: TenantRecord): TenantStatus | undefined {
  return readTenantStatus(object.status);
}

/** Namespaces of a tenant, as its specification names them. */
export function namespacesOf({ tenant }: TenantRecord): readonly string[] {
  return tenant ? tenantNamespaces(tenant).map(each => each.namespace) : [];
}

/** What is used in a namespace that is the tenant's; absent when it was not read. */
export function metersOf(
  { ref }: TenantRecord,
  namespace: string,
  clusters: PaasClusters,
): readonly QuotaMeter[] | undefined {
  const quota = clusters.quota(ref.cluster, namespace);
  // A quota there may be another tenant's, whose use is nobody else's business.
  if (quota?.metadata.labels?.[LABEL_TENANT] !== ref.name) return undefined;
  const meters = quotaMeters(quota);
  // Every quota of ours limits something: without a meter the cluster has not counted yet.
  return meters.length === 0 ? undefined : meters;
}

/** How many applications of each namespace of a cluster belong to a tenant. */
export function applicationsOf(
  { ref }: TenantRecord,
  clusters: PaasClusters,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of clusters.records().values()) {
    const { cluster, namespace } = record.ref;
    if (cluster !== ref.cluster || record.tenant !== ref.name) continue;
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return counts;
}

function fullestOf(
  record: TenantRecord,
  clusters: PaasClusters,
): TenantSummary['fullest'] {
  const meters = namespacesOf(record)
    .flatMap(namespace => metersOf(record, namespace, clusters) ?? [])
    .flatMap(({ resource, share }) =>
      share === undefined ? [] : [{ resource, share }],
    );
  return meters.reduce<TenantSummary['fullest']>(
    (most, meter) => (most && most.share >= meter.share ? most : meter),
    undefined,
  );
}

/** What the operator says; that it has said nothing is no good news. */
function reportOf(
  record: TenantRecord,
): Pick<TenantSummary, 'state' | 'reason' | 'message' | 'checks'> {
  const status = statusOf(record);
  if (!status) {
    return {
      state: 'Unknown',
      reason: 'Progressing',
      message: 'The operator has not seen it yet.',
      checks: { enforced: 0, total: 0 },
    };
  }
  const { state, message, conditions, environments } = status;
  const ready = conditions.find(({ type }) => type === 'Ready');
  const checks = environments.flatMap(each => each.checks);
  return {
    state,
    reason: ready?.reason ?? 'Progressing',
    message,
    checks: {
      enforced: checks.filter(({ result }) => result === 'enforced').length,
      total: checks.length,
    },
  };
}

/** One row of the list. `reader` is who asks, as far as the catalog knows. */
export function tenantSummary(
  record: TenantRecord,
  clusters: PaasClusters,
  reader?: Person,
): TenantSummary {
  const { ref, owner, tenant, object } = record;
  const fullest = fullestOf(record, clusters);
  const role = tenant && reader ? tenantRoleOf(tenant, reader) : undefined;
  const { description, environments = [], members = [] } = tenant?.spec ?? {};
  const applications = [...applicationsOf(record, clusters).values()];
  return {
    ...ref,
    owner,
    ...(description !== undefined && { description }),
    ...reportOf(record),
    environments: environments.length,
    namespaces: namespacesOf(record),
    members: members.length,
    applications: applications.reduce((sum, each) => sum + each, 0),
    ...(fullest && { fullest }),
    createdAt: object.metadata.creationTimestamp ?? '',
    ...(role && { role }),
  };
}
