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
import { browserClock, createLiveUpdates } from './api/createLiveUpdates';
import { createPaasApi } from './api/createPaasApi';
import { liveUpdatesApiRef } from './api/LiveUpdates';
import { paasApiRef } from './api/PaasApi';
import { entityCard, entityContent } from './entity/extensions';
import { PaasExtensions } from './extensionTypes';
import { MountedViews, rootRouteRef } from './routes';

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

/** Applications: what runs, what needs somebody, and why. */
export const paasPlugin: OverridableFrontendPlugin<
  { root: RouteRef<undefined> },
  {},
  PaasExtensions
> = createFrontendPlugin({
  pluginId: 'paas',
  title: 'Applications',
  routes: { root: rootRouteRef },
  extensions: [paasApi, liveUpdates, page, entityContent, entityCard],
});
