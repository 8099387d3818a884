import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { hideStacks } from './hideStacks';

/** The portal's HTTP server: Backstage's, and no answer of any plugin holds a stack. */
export const portalHttp = rootHttpRouterServiceFactory({
  configure({ app, applyDefaults }) {
    app.use(hideStacks);
    applyDefaults();
  },
});
