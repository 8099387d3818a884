import { apiRoutes } from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import { RegisterContext, registerRoute } from '../http/registerRoute';

/** Clusters and health. */
export function addClusterRoutes(
  options: RegisterContext & { readonly clusters: PaasClusters },
): void {
  const { clusters } = options;

  registerRoute(options, apiRoutes.listClusters, async () => ({
    items: clusters.summaries(),
  }));

  // Names and states only: this answer is for everybody who can reach the port.
  registerRoute(options, apiRoutes.health, async () => ({
    status: 'ok' as const,
    clusters: Object.fromEntries(
      clusters.names.map(name => [name, clusters.freshness(name).kind]),
    ),
  }));
}
