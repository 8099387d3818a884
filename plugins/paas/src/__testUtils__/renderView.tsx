import { renderInTestApp } from '@backstage/frontend-test-utils';
import axe from 'axe-core';
import { createLiveUpdates } from '../api/createLiveUpdates';
import { liveUpdatesApiRef } from '../api/LiveUpdates';
import { paasApiRef } from '../api/PaasApi';
import { tenantsApiRef } from '../api/TenantsApi';
import { ClockProvider } from '../live/clock';
import { FakePaasApi } from './FakePaasApi';
import { FakeTenantsApi } from './FakeTenantsApi';
import { noon } from './noon';

/** Draws a view as the plugin does: at an address below `/paas`, over a platform in memory, at noon. */
export function renderView(
  element: JSX.Element,
  options: { api: FakePaasApi; tenants?: FakeTenantsApi; at?: string },
) {
  const { api, tenants = new FakeTenantsApi(), at = '/paas' } = options;
  api.tenants = tenants;
  tenants.onChange(message => api.send(message));
  const live = createLiveUpdates({
    stream: (topics, handlers) => api.stream(topics, handlers),
    clock: noon,
  });
  return renderInTestApp(
    <ClockProvider clock={noon}>{element}</ClockProvider>,
    {
      config: { paas: { guides: '/docs/default/system/understage' } },
      mountPath: '/paas/*',
      initialRouteEntries: [at],
      apis: [
        [paasApiRef, api],
        [tenantsApiRef, tenants],
        [liveUpdatesApiRef, live],
      ],
    },
  );
}

/** What axe finds wrong, in words; empty when nothing is. Colours are judged in a real browser, jsdom has none. */
export async function findAccessibilityFaults(
  element: Element,
): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: {
      'color-contrast': { enabled: false },
      // A view is not a page: its landmarks and first heading belong to the app around it.
      region: { enabled: false },
      'heading-order': { enabled: false },
    },
  });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(node => `${id}: ${help}: ${node.html}`),
  );
}
