import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { connectCluster } from '@understage/kube';
import { createProjection } from '@understage/plugin-paas-common';
import { createPaasClusters } from './createPaasClusters';
import { lazyCluster } from './lazyCluster';
import { PaasClusters } from './PaasClusters';
import { readClusterConfig } from './readClusterConfig';
import { startReflectorWatches } from './reflectorWatch';
import { watchedKinds } from './watchedKinds';

/**
 * The clusters under `paas.clusters` in app-config, with one watch cache each. The service belongs to the process, not
 * to a plugin: the API and the catalog read the same cache.
 */
export const paasClustersServiceRef = createServiceRef<PaasClusters>({
  id: 'paas.clusters',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory({ config, logger, lifecycle }) {
        const clusters = createPaasClusters({
          clusters: readClusterConfig(config).map(cluster =>
            lazyCluster(cluster.name, () => connectCluster(cluster)),
          ),
          kinds: watchedKinds,
          startWatch: startReflectorWatches({ project: createProjection() }),
          logger: logger.child({ service: 'paas.clusters' }),
          now: () => new Date(),
          defer: setImmediate,
        });
        lifecycle.addShutdownHook(() => clusters.stop());
        return clusters;
      },
    }),
});
