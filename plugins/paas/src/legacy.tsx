import { ReactNode } from 'react';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  useRouteRef,
} from '@backstage/core-plugin-api';
import { browserClock, createLiveUpdates } from './api/createLiveUpdates';
import { createPaasApi } from './api/createPaasApi';
import { createTenantsApi } from './api/createTenantsApi';
import { liveUpdatesApiRef } from './api/LiveUpdates';
import { paasApiRef } from './api/PaasApi';
import { tenantsApiRef } from './api/TenantsApi';
import { RootPathProvider } from './routes';

const rootRouteRef = createRouteRef({ id: 'paas' });

function LegacyViews(props: { children: ReactNode }) {
  const link = useRouteRef(rootRouteRef);
  return <RootPathProvider path={link()}>{props.children}</RootPathProvider>;
}

/** The plugin for portals that have not moved to the new frontend system. */
export const paasPlugin = createPlugin({
  id: 'paas',
  routes: { root: rootRouteRef },
  apis: [
    createApiFactory({
      api: paasApiRef,
      deps: { discovery: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discovery, fetchApi }) =>
        createPaasApi({
          baseUrl: () => discovery.getBaseUrl('paas'),
          fetch: fetchApi.fetch,
        }),
    }),
    createApiFactory({
      api: tenantsApiRef,
      deps: { discovery: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discovery, fetchApi }) =>
        createTenantsApi({
          baseUrl: () => discovery.getBaseUrl('paas'),
          fetch: fetchApi.fetch,
        }),
    }),
    createApiFactory({
      api: liveUpdatesApiRef,
      deps: { paas: paasApiRef },
      factory: ({ paas }) =>
        createLiveUpdates({
          stream: (topics, handlers) => paas.stream(topics, handlers),
          clock: browserClock,
        }),
    }),
  ],
});

/** The pages, for `<Route path="/paas" element={<PaasPage />} />`. */
export const PaasPage = paasPlugin.provide(
  createRoutableExtension({
    name: 'PaasPage',
    mountPoint: rootRouteRef,
    component: async () => {
      const { Router } = await import('./Router');
      return () => (
        <LegacyViews>
          <Router />
        </LegacyViews>
      );
    },
  }),
);

/** The entity tab, for entities with `hasApplication`. */
export const EntityApplicationContent = paasPlugin.provide(
  createComponentExtension({
    name: 'EntityApplicationContent',
    component: {
      lazy: async () => {
        const module = await import('./entity/EntityApplicationContent');
        return () => (
          <LegacyViews>
            <module.EntityApplicationContent />
          </LegacyViews>
        );
      },
    },
  }),
);

/** The entity card, for entities with `hasApplication`. */
export const EntityApplicationCard = paasPlugin.provide(
  createComponentExtension({
    name: 'EntityApplicationCard',
    component: {
      lazy: async () => {
        const module = await import('./entity/EntityApplicationCard');
        return () => (
          <LegacyViews>
            <module.EntityApplicationCard />
          </LegacyViews>
        );
      },
    },
  }),
);

/** The card of a tenant, for entities with `hasTenant`. */
export const EntityTenantCard = paasPlugin.provide(
  createComponentExtension({
    name: 'EntityTenantCard',
    component: {
      lazy: async () => {
        const module = await import('./entity/EntityTenantCard');
        return () => (
          <LegacyViews>
            <module.EntityTenantCard />
          </LegacyViews>
        );
      },
    },
  }),
);

export { hasApplication, hasTenant } from './model/entityReference';
