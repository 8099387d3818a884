import { createBackendModule } from '@backstage/backend-plugin-api';
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'paas',
  register(env) {
    env.registerInit({ deps: {}, async init() {} });
  },
});
