import { PaasClusters } from '@understage/plugin-paas-node';
import { KnownCluster, KnownTenant, TenantDirectory } from './TenantDirectory';

/** The directory that the watch cache holds. A cluster is known once it was read, also while it does not answer. */
export function directoryOf(clusters: PaasClusters): TenantDirectory {
  return {
    clusters: () =>
      clusters.names
        .filter(name => clusters.knowsTenants(name))
        .map(cluster => knownCluster(clusters, cluster)),
  };
}

function knownCluster(clusters: PaasClusters, cluster: string): KnownCluster {
  const tenants: KnownTenant[] = [];
  for (const { ref, owner, tenant } of clusters.tenants().values()) {
    if (ref.cluster !== cluster) continue;
    const members = tenant?.spec.members ?? [];
    tenants.push({ name: ref.name, owner, members });
  }
  return { cluster, tenants, owners: ownersIn(clusters, cluster) };
}

function ownersIn(clusters: PaasClusters, cluster: string) {
  const owners = new Map<string, { owner: string; tenant: string }>();
  for (const { ref, owner, tenant } of clusters.records().values()) {
    if (ref.cluster === cluster && owner !== undefined) {
      owners.set(`${owner} ${tenant}`, { owner, tenant });
    }
  }
  return [...owners.values()];
}
