import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleDetail } from '../__testUtils__/samples';
import { FakeTenantsApi } from '../__testUtils__/FakeTenantsApi';
import { sampleTenant } from '../__testUtils__/tenantSamples';
import { EntityApplicationCard } from './EntityApplicationCard';
import { EntityApplicationContent } from './EntityApplicationContent';
import { EntityTenantCard } from './EntityTenantCard';

function draw(view: JSX.Element, annotations: Record<string, string>) {
  const api = new FakePaasApi();
  api.put(sampleDetail());
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'frontend', annotations },
  };
  const drawn = renderView(
    <EntityProvider entity={entity}>{view}</EntityProvider>,
    { api },
  );
  return { ...drawn, api };
}

const system = {
  'understage.dev/application': 'local/team-shop/user-service',
};
const component = { ...system, 'understage.dev/component': 'redis' };

describe('the entity card', () => {
  it('shows the state of the whole application on a System, and leads to it', async () => {
    draw(<EntityApplicationCard />, system);

    expect(await screen.findByText('3 of 4 ready')).toBeInTheDocument();
    expect(screen.getByText('Degraded')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open application' }),
    ).toHaveAttribute('href', '/paas/local/team-shop/user-service');
  });

  it('shows the state of the one component on a Component', async () => {
    draw(<EntityApplicationCard />, component);

    expect(await screen.findByText('1 of 1 ready')).toBeInTheDocument();
    expect(screen.getByText('Ready')).toBeInTheDocument();
  });

  it('says what is wrong with a malformed annotation', async () => {
    draw(<EntityApplicationCard />, {
      'understage.dev/application': 'user-service',
    });

    expect(
      await screen.findByText(/has to be cluster\/namespace\/name/),
    ).toBeInTheDocument();
  });

  it('is accessible', async () => {
    const { container } = draw(<EntityApplicationCard />, system);
    await screen.findByText('3 of 4 ready');

    expect(await findAccessibilityFaults(container)).toEqual([]);
  });
});

describe('the entity tab', () => {
  it('shows health, topology and components', async () => {
    draw(<EntityApplicationContent />, system);

    expect(
      await screen.findByRole('region', { name: 'Health' }),
    ).toHaveTextContent(/2 of 3 pods ready/);
    expect(
      screen.getByRole('region', { name: 'Topology' }),
    ).toBeInTheDocument();
  });

  it('narrows to the component of the entity', async () => {
    draw(<EntityApplicationContent />, component);

    expect(
      await screen.findByRole('region', { name: 'Health' }),
    ).toHaveTextContent('1 of 1 pods ready.');
    expect(
      screen.getByRole('region', { name: 'Component' }),
    ).not.toHaveTextContent('frontend');
  });

  it('is accessible', async () => {
    const { container } = draw(<EntityApplicationContent />, system);
    await screen.findByRole('region', { name: 'Health' });

    expect(await findAccessibilityFaults(container)).toEqual([]);
  });
});

describe("the tenant's card on a Domain", () => {
  const show = (tenants: FakeTenantsApi) =>
    renderView(
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Domain',
          metadata: {
            name: 'shop',
            annotations: {
              'understage.dev/cluster': 'local',
              'understage.dev/tenant': 'shop',
            },
          },
        }}
      >
        <EntityTenantCard />
      </EntityProvider>,
      { api: new FakePaasApi(), tenants },
    );

  it('shows how it is, and leads to it', async () => {
    const { container } = show(new FakeTenantsApi([sampleTenant()]));

    expect(await screen.findByText('1 of 2 enforced')).toBeInTheDocument();
    expect(screen.getByText('requests.cpu, 90 %')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open tenant' })).toHaveAttribute(
      'href',
      '/paas/tenants/local/shop',
    );
    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('says that there is none to see', async () => {
    show(new FakeTenantsApi());

    expect(await screen.findByRole('alert')).toHaveTextContent('No tenant');
  });
});
