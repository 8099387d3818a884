import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import paasPlugin from './index';
import { paasApiRef } from './api/PaasApi';
import { FakePaasApi } from './__testUtils__/FakePaasApi';
import { sampleSummary } from './__testUtils__/samples';

describe('the plugin', () => {
  it('opens at /paas with the title Applications and what runs', async () => {
    const api = new FakePaasApi([sampleSummary()]);

    renderTestApp({
      features: [paasPlugin],
      initialRouteEntries: ['/paas'],
      apis: [[paasApiRef, api]],
    });

    expect(
      await screen.findByRole('link', { name: 'user-service' }),
    ).toHaveAttribute('href', '/paas/local/team-shop/user-service');
    expect(
      screen.getAllByRole('heading', { name: 'Applications' }),
    ).not.toHaveLength(0);
  });

  it('lets an app override an extension by its id, and links follow', async () => {
    const api = new FakePaasApi([sampleSummary()]);
    const page = paasPlugin
      .getExtension('page:paas')
      .override({ params: { path: '/apps' } });

    renderTestApp({
      features: [paasPlugin.withOverrides({ extensions: [page] })],
      initialRouteEntries: ['/apps'],
      apis: [[paasApiRef, api]],
    });

    expect(
      await screen.findByRole('link', { name: 'user-service' }),
    ).toHaveAttribute('href', '/apps/local/team-shop/user-service');
  });
});
