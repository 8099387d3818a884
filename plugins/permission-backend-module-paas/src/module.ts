import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { paasClustersServiceRef } from '@understage/plugin-paas-node';
import { directoryOf } from './policy/directoryOf';
import { PaasPolicy } from './policy/PaasPolicy';
import { readPlatformAdmins } from './policy/readPlatformAdmins';

/** The default policy, in place of whatever policy the portal has. */
export const permissionModulePaas = createBackendModule({
  pluginId: 'permission',
  moduleId: 'paas',
  register(env) {
    env.registerInit({
      deps: {
        clusters: paasClustersServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        policy: policyExtensionPoint,
      },
      async init({ clusters, config, logger, policy }) {
        const platformAdmins = readPlatformAdmins(config);
        const directory = directoryOf(clusters);
        policy.setPolicy(new PaasPolicy({ directory, platformAdmins, logger }));
      },
    });
  },
});
