import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createActions } from './actions/createActions';
import { connectPaas } from './api/connectPaas';

/** What templates can do with tenants and applications: each as whoever runs the template, through the platform's API. */
export const scaffolderModulePaas = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'paas',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, auth, config, discovery }) {
        const clusters = config.getOptionalConfigArray('paas.clusters') ?? [];
        actions.addActions(
          ...createActions({
            connect: connectPaas({ auth, discovery }),
            portal: config.getOptionalString('app.baseUrl') ?? '',
            mainCluster: clusters[0]?.getOptionalString('name'),
          }),
        );
      },
    });
  },
});
