import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { createPeopleRouter } from './createPeopleRouter';
import {
  playgroundAuthenticator,
  signInChosenPerson,
} from './playgroundAuthenticator';

const KEY = 'auth.providers.playground';

/** Signing in without a password, as whoever is chosen: for one machine, in development. */
export const authModulePlayground = createBackendModule({
  pluginId: 'auth',
  moduleId: 'playground-provider',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        http: coreServices.httpRouter,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, http, providers, ...services }) {
        if (!isConfigured(config.getOptional(KEY))) return;
        requireDevelopment(process.env.NODE_ENV);
        providers.registerProvider({
          providerId: 'playground',
          factory: createProxyAuthProviderFactory({
            authenticator: playgroundAuthenticator,
            signInResolver: signInChosenPerson,
          }),
        });
        http.use(createPeopleRouter(services));
      },
    });
  },
});

function isConfigured(section: unknown): boolean {
  return section !== undefined && section !== null;
}

function requireDevelopment(environment: string | undefined) {
  if (environment === 'development') return;
  throw new Error(
    `${KEY} lets everybody sign in as anybody, and NODE_ENV is ${
      environment ?? 'not set'
    }: the backend starts with it in development only. Take it out of the configuration (playground: null), and configure a provider that asks who people are, such as auth.providers.oidc.`,
  );
}
