import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  entityRules,
  paasClustersServiceRef,
} from '@understage/plugin-paas-node';
import { ApplicationProcessor } from './processor/ApplicationProcessor';
import { ClusterEntityProvider } from './provider/ClusterEntityProvider';

const RETRY_MS = 5_000;
/** How often everything is provided anew: what a conflict kept out comes in when the conflict is over. */
const REFRESH_MS = 10 * 60_000;

/** Applications in the catalog: from every cluster, and from files that are registered as locations. */
export const catalogModulePaas = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'paas',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        clusters: paasClustersServiceRef,
        config: coreServices.rootConfig,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init({ permissionsRegistry, ...deps }) {
        const { catalog, clusters, config, lifecycle, logger } = deps;
        permissionsRegistry.addPermissionRules(Object.values(entityRules));
        const defaultOwner =
          config.getOptionalString('paas.catalog.defaultOwner') ??
          'group:default/unknown';
        const portal = config.getOptionalString('app.baseUrl');
        const settings = { defaultOwner, portal };
        const later = (callback: () => void) => {
          setTimeout(callback, RETRY_MS).unref();
        };
        const providers = clusters.names.map(
          cluster =>
            new ClusterEntityProvider({
              clusters,
              cluster,
              settings,
              logger,
              later,
            }),
        );
        catalog.addEntityProvider(providers);
        catalog.addProcessor(new ApplicationProcessor(clusters, settings));
        const timer = setInterval(
          () => providers.forEach(provider => provider.refresh()),
          REFRESH_MS,
        );
        timer.unref();
        lifecycle.addShutdownHook(() => clearInterval(timer));
      },
    });
  },
});
