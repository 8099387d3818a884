import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  OverridableFrontendPlugin,
  PageBlueprint,
  RouteRef,
} from '@backstage/frontend-plugin-api';
import AppsIcon from '@material-ui/icons/Apps';
import GroupWorkIcon from '@material-ui/icons/GroupWork';
import { browserClock, createLiveUpdates } from './api/createLiveUpdates';
import { createPaasApi } from './api/createPaasApi';
import { createTenantsApi } from './api/createTenantsApi';
import { liveUpdatesApiRef } from './api/LiveUpdates';
import { paasApiRef } from './api/PaasApi';
import { tenantsApiRef } from './api/TenantsApi';
import { entityCard, entityContent, tenantCard } from './entity/extensions';
import { PaasExtensions } from './extensionTypes';
import { formFields } from './scaffolder/formFields';
import { MountedViews, rootRouteRef, tenantsRouteRef } from './routes';

const paasApi = ApiBlueprint.make({
  name: 'applications',
  params: define =>
    define({
      api: paasApiRef,
      deps: { discovery: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discovery, fetchApi }) =>
        createPaasApi({
          baseUrl: () => discovery.getBaseUrl('paas'),
          fetch: fetchApi.fetch,
        }),
    }),
});

const tenantsApi = ApiBlueprint.make({
  name: 'tenants',
  params: define =>
    define({
      api: tenantsApiRef,
      deps: { discovery: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discovery, fetchApi }) =>
        createTenantsApi({
          baseUrl: () => discovery.getBaseUrl('paas'),
          fetch: fetchApi.fetch,
        }),
    }),
});

const liveUpdates = ApiBlueprint.make({
  name: 'live',
  params: define =>
    define({
      api: liveUpdatesApiRef,
      deps: { paas: paasApiRef },
      factory: ({ paas }) =>
        createLiveUpdates({
          stream: (topics, handlers) => paas.stream(topics, handlers),
          clock: browserClock,
        }),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/paas',
    title: 'Applications',
    icon: <AppsIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./Router').then(({ Router }) => (
        <MountedViews>
          <Router />
        </MountedViews>
      )),
  },
});

const tenantsPage = PageBlueprint.make({
  name: 'tenants',
  params: {
    path: '/paas/tenants',
    title: 'Tenants',
    icon: <GroupWorkIcon fontSize="inherit" />,
    routeRef: tenantsRouteRef,
    loader: () =>
      import('./tenants/TenantsRouter').then(({ TenantsRouter }) => (
        <MountedViews>
          <TenantsRouter />
        </MountedViews>
      )),
  },
});

/** Applications: what runs, what needs somebody, and why. */
export const paasPlugin: OverridableFrontendPlugin<
  { root: RouteRef<undefined>; tenants: RouteRef<undefined> },
  {},
  PaasExtensions
> = createFrontendPlugin({
  pluginId: 'paas',
  title: 'Applications',
  routes: { root: rootRouteRef, tenants: tenantsRouteRef },
  extensions: [
    paasApi,
    tenantsApi,
    liveUpdates,
    page,
    tenantsPage,
    entityContent,
    entityCard,
    tenantCard,
    ...formFields,
  ],
});
