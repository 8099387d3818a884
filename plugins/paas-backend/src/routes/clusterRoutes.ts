import {
  apiRoutes,
  applicationReadPermission,
} from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import {
  ApplicationAuthorizer,
  ApplicationDecision,
} from '../authorization/ApplicationAuthorizer';
import { RegisterContext, registerRoute } from '../http/registerRoute';

export interface ClusterRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly authorizer: ApplicationAuthorizer;
}

/** Clusters and health. */
export function addClusterRoutes(options: ClusterRoutesOptions): void {
  const { clusters, authorizer } = options;

  registerRoute(options, apiRoutes.listClusters, async ({ credentials }) => {
    const decision = await authorizer.decide(
      credentials,
      applicationReadPermission,
    );
    const visible = countByCluster(clusters, decision);
    return {
      items: clusters.summaries().map(summary => ({
        ...summary,
        applications: visible.get(summary.name) ?? 0,
      })),
    };
  });

  // Names and states only: this answer is for everybody who can reach the port.
  registerRoute(options, apiRoutes.health, async () => ({
    status: 'ok' as const,
    clusters: Object.fromEntries(
      clusters.names.map(name => [name, clusters.freshness(name).kind]),
    ),
  }));
}

// What one may not see is not counted either: a number that grows tells of somebody's work.
function countByCluster(
  clusters: PaasClusters,
  decision: ApplicationDecision,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of clusters.records().values()) {
    if (!decision.allows(record)) continue;
    const { cluster } = record.ref;
    counts.set(cluster, (counts.get(cluster) ?? 0) + 1);
  }
  return counts;
}
