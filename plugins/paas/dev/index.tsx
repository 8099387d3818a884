import { createRoot } from 'react-dom/client';
import { createApp } from '@backstage/frontend-defaults';
import { mockApis } from '@backstage/frontend-test-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
// The development page is an app of its own.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import paasPlugin, { paasApiRef, tenantsApiRef } from '../src';
import { FakePaasApi } from '../src/__testUtils__/FakePaasApi';
import { FakeTenantsApi } from '../src/__testUtils__/FakeTenantsApi';
import { sampleTenant } from '../src/__testUtils__/tenantSamples';
import { sampleDetail, sampleSummary } from '../src/__testUtils__/samples';
import { attentionOrder } from '@understage/plugin-paas-common';

/** The tenants of this platform. */
const tenants = new FakeTenantsApi([
  sampleTenant(),
  sampleTenant({
    name: 'data',
    owner: 'group:default/team-data',
    state: 'Ready',
    message: 'Provisioned, and every check is enforced.',
    checks: { enforced: 2, total: 2 },
  }),
]);

/** A platform in memory that changes one of 200 applications every two seconds: something to look at. */
function createLivelyPlatform(): FakePaasApi {
  const rows = Array.from({ length: 200 }, (_, index) =>
    sampleSummary({ name: `service-${index}`, namespace: `team-${index % 7}` }),
  );
  const api = new FakePaasApi(rows);
  api.tenants = tenants;
  api.put(sampleDetail());
  let step = 0;
  setInterval(() => {
    step += 1;
    const state = attentionOrder[step % attentionOrder.length];
    api.put({
      ...rows[(step * 17) % rows.length],
      state,
      message: `${state}, at step ${step}.`,
      since: new Date().toISOString(),
    });
  }, 2_000);
  return api;
}

const inMemory = createFrontendModule({
  pluginId: 'paas',
  extensions: [
    ApiBlueprint.make({
      name: 'applications',
      params: define =>
        define({
          api: paasApiRef,
          deps: {},
          factory: () => createLivelyPlatform(),
        }),
    }),
    ApiBlueprint.make({
      name: 'tenants',
      params: define =>
        define({
          api: tenantsApiRef,
          deps: {},
          factory: () => tenants,
        }),
    }),
  ],
});

// Nobody has to sign in to a platform in memory, and no backend is asked for anything.
const config = mockApis.config({
  data: {
    app: {
      title: 'Applications in memory',
      extensions: [
        { 'sign-in-page:app': false },
        {
          'app/routes': { config: { redirects: [{ from: '/', to: '/paas' }] } },
        },
      ],
    },
    backend: { baseUrl: window.location.origin },
  },
});

const app = createApp({
  features: [paasPlugin, inMemory],
  advanced: { configLoader: async () => ({ config }) },
});
const root = document.getElementById('root');
if (root) createRoot(root).render(app.createRoot());
