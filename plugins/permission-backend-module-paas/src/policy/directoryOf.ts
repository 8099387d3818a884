import { PaasClusters } from '@understage/plugin-paas-node';
import { KnownCluster, TenantDirectory } from './TenantDirectory';

/** The directory that the watch cache holds. A cluster is known once it has been read, also while it does not answer. */
export function directoryOf(clusters: PaasClusters): TenantDirectory {
  return {
    clusters: () =>
      clusters.names
        .filter(name => clusters.freshness(name).kind !== 'unavailable')
        .map(cluster => knownCluster(clusters, cluster)),
  };
}

function knownCluster(clusters: PaasClusters, cluster: string): KnownCluster {
  const owners = new Map<string, { owner: string; tenant: string }>();
  for (const { ref, owner, tenant } of clusters.records().values()) {
    if (ref.cluster === cluster && owner !== undefined) {
      owners.set(`${owner} ${tenant}`, { owner, tenant });
    }
  }
  return { cluster, tenants: [], owners: [...owners.values()] };
}
