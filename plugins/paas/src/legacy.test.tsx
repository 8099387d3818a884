import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import {
  AlertDisplay,
  OAuthRequestDialog,
  UserIdentity,
} from '@backstage/core-components';
import { createApiFactory, SignInPageProps } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  catalogPlugin,
  EntityLayout,
  EntitySwitch,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { Route } from 'react-router-dom';
import { FakePaasApi } from './__testUtils__/FakePaasApi';
import { sampleDetail } from './__testUtils__/samples';
import { paasApiRef } from './api/PaasApi';
import {
  EntityApplicationCard,
  EntityApplicationContent,
  hasApplication,
  PaasPage,
  paasPlugin,
} from './legacy';

const entities = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: {
      name: 'user-service',
      annotations: {
        'understage.dev/application': 'local/team-shop/user-service',
      },
    },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name: 'mainframe' },
  },
];

/** Signs in without asking. */
function SignInAsGuest({ onSignInSuccess }: SignInPageProps) {
  useEffect(
    () => onSignInSuccess(UserIdentity.createGuest()),
    [onSignInSuccess],
  );
  return null;
}

/** A portal of the old frontend system, as its owner would write it, at an address; its platform is in memory. */
function startPortal(address: string) {
  window.history.replaceState({}, '', address);
  const platform = new FakePaasApi();
  platform.put(sampleDetail());
  const app = createApp({
    plugins: [catalogPlugin, paasPlugin],
    apis: [
      createApiFactory(paasApiRef, platform),
      createApiFactory(catalogApiRef, catalogApiMock({ entities })),
    ],
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { title: 'A portal', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost' },
        },
      },
    ],
    components: { SignInPage: SignInAsGuest },
  });
  const entityPage = (
    <EntityLayout>
      <EntityLayout.Route path="/" title="Overview">
        <EntitySwitch>
          <EntitySwitch.Case if={hasApplication}>
            <EntityApplicationCard />
          </EntitySwitch.Case>
        </EntitySwitch>
      </EntityLayout.Route>
      <EntityLayout.Route
        path="/application"
        title="Application"
        if={hasApplication}
      >
        <EntityApplicationContent />
      </EntityLayout.Route>
    </EntityLayout>
  );
  const Portal = app.createRoot(
    <>
      <AlertDisplay />
      <OAuthRequestDialog />
      <AppRouter>
        <FlatRoutes>
          <Route path="/apps" element={<PaasPage />} />
          <Route path="/catalog" element={<CatalogIndexPage />} />
          <Route
            path="/catalog/:namespace/:kind/:name"
            element={<CatalogEntityPage />}
          >
            {entityPage}
          </Route>
        </FlatRoutes>
      </AppRouter>
    </>,
  );
  render(<Portal />);
}

describe('a portal of the old frontend system', () => {
  it('shows the Applications page where it mounts it, and links stay below', async () => {
    startPortal('/apps');

    expect(
      await screen.findByRole('link', { name: 'user-service' }),
    ).toHaveAttribute('href', '/apps/local/team-shop/user-service');
  });

  it('shows the page of an application', async () => {
    startPortal('/apps/local/team-shop/user-service');

    expect(
      await screen.findByRole('heading', { name: 'user-service' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'Components' }),
    ).toBeInTheDocument();
  });

  it('shows card and tab on an entity that the platform runs', async () => {
    startPortal('/catalog/default/system/user-service');

    expect(await screen.findByText('3 of 4 ready')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open application' }),
    ).toHaveAttribute('href', '/apps/local/team-shop/user-service');

    await userEvent.click(
      await screen.findByRole('tab', { name: 'Application' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Components' }),
    ).toBeInTheDocument();
  });

  it('shows neither on an entity that it does not', async () => {
    startPortal('/catalog/default/system/mainframe');

    expect(
      await screen.findByRole('heading', { name: 'mainframe' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('tab', { name: 'Application' })).toBeNull();
    expect(screen.queryByText('Open application')).toBeNull();
  });
});
