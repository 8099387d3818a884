import { NotFoundError } from '@backstage/errors';
import {
  Person,
  TenantDetail,
  TenantEnvironmentDetail,
  tenantNamespaces,
} from '@understage/plugin-paas-common';
import {
  ApplicationRecord,
  objectYaml,
  PaasClusters,
  TenantRecord,
} from '@understage/plugin-paas-node';
import { People } from '../people/Directory';
import { noticesAboutPeople } from '../people/unknownPeople';
import {
  applicationsOf,
  metersOf,
  statusOf,
  tenantSummary,
} from './tenantSummary';

function podsIn(
  { ref }: TenantRecord,
  namespace: string,
  clusters: PaasClusters,
): number {
  let pods = 0;
  for (const record of clusters.records().values()) {
    const { cluster, namespace: place } = record.ref;
    if (cluster !== ref.cluster || place !== namespace) continue;
    pods += podsOf(record);
  }
  return pods;
}

// Records never change, so each is counted once, however often its tenant's page is told of something.
const podCounts = new WeakMap<ApplicationRecord, number>();

function podsOf(record: ApplicationRecord): number {
  const known = podCounts.get(record);
  if (known !== undefined) return known;
  const pods = record.objects().filter(({ kind }) => kind === 'Pod').length;
  podCounts.set(record, pods);
  return pods;
}

function environmentsOf(
  record: TenantRecord,
  clusters: PaasClusters,
): readonly TenantEnvironmentDetail[] {
  const { tenant } = record;
  if (!tenant) return [];
  const reported = new Map(
    (statusOf(record)?.environments ?? []).map(each => [each.name, each]),
  );
  const counts = applicationsOf(record, clusters);
  return tenantNamespaces(tenant).map(({ environment, namespace }, index) => {
    const status = reported.get(environment);
    const quota = metersOf(record, namespace, clusters);
    return {
      name: environment,
      namespace,
      approval: tenant.spec.environments[index].approval,
      state: status?.state ?? 'Unknown',
      reason: status?.reason ?? 'Progressing',
      message: status?.message ?? 'The operator has not seen it yet.',
      checks: status?.checks ?? [],
      ...(quota && { quota }),
      applications: counts.get(namespace) ?? 0,
      pods: podsIn(record, namespace, clusters),
    };
  });
}

/** Everything the Tenant page shows. `may` is what the reader was found to be allowed. */
export function tenantDetail(
  record: TenantRecord,
  options: {
    readonly clusters: PaasClusters;
    readonly may: TenantDetail['may'];
    readonly reader?: Person;
    /** Who there is, as far as it was read. */
    readonly people?: People;
  },
): TenantDetail {
  const { clusters, may, reader, people } = options;
  const { tenant, ref, uid, object } = record;
  if (!tenant) {
    throw new NotFoundError(
      `Tenant ${ref.name} in cluster ${ref.cluster} was stored in a form that this version of the portal does not understand.`,
    );
  }
  const status = statusOf(record);
  return {
    summary: tenantSummary(record, clusters, reader),
    spec: tenant.spec,
    uid,
    members: tenant.spec.members,
    environments: environmentsOf(record, clusters),
    conditions: status?.conditions ?? [],
    notices: [
      ...(status?.notices ?? []),
      ...noticesAboutPeople(tenant, people),
    ],
    may,
    yaml: objectYaml(object),
    freshness: clusters.freshness(ref.cluster),
  };
}
