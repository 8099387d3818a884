import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PaasClientError } from '@understage/plugin-paas-common';
import { Router } from '../Router';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import { FakeTenantsApi } from '../__testUtils__/FakeTenantsApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleTenant } from '../__testUtils__/tenantSamples';

function open(tenants: FakeTenantsApi, at = '/paas/tenants') {
  return renderView(<Router />, { api: new FakePaasApi(), tenants, at });
}

const page = '/paas/tenants/local/shop';

describe('the Tenants page', () => {
  it('says of each tenant its state, isolation and fullest quota', async () => {
    const { container } = open(
      new FakeTenantsApi([
        sampleTenant(),
        sampleTenant({ name: 'data', checks: { enforced: 0, total: 0 } }),
      ]),
    );

    const row = await screen.findByRole('row', { name: /^shop/ });
    expect(row).toHaveTextContent('production: one of two checks');
    expect(row).toHaveTextContent('1 of 2 enforced');
    expect(row).toHaveTextContent('90 % requests.cpu nearly full');
    expect(screen.getByRole('row', { name: /^data/ })).toHaveTextContent(
      'not tried yet',
    );
    expect(screen.getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      page,
    );
    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('narrows to a state and a text, both in the address', async () => {
    open(
      new FakeTenantsApi([
        sampleTenant(),
        sampleTenant({
          name: 'data',
          owner: 'group:default/team-data',
          state: 'Ready',
        }),
      ]),
      '/paas/tenants?text=sho',
    );
    await screen.findByRole('link', { name: 'shop' });
    expect(screen.queryByRole('link', { name: 'data' })).toBeNull();

    await userEvent.click(screen.getByRole('button', { name: /^Ready 1$/ }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear all filters' }),
    );

    expect(
      await screen.findByRole('link', { name: 'data' }),
    ).toBeInTheDocument();
  });

  it('follows what happens to tenants without asking again', async () => {
    const api = new FakeTenantsApi([sampleTenant()]);
    open(api);
    await screen.findByRole('link', { name: 'shop' });
    expect(screen.queryByText(/Live updates are interrupted/)).toBeNull();

    act(() => {
      api.put(sampleTenant({ name: 'data', state: 'Failed' }));
      api.remove({ cluster: 'local', name: 'shop' });
    });

    await screen.findByRole('link', { name: 'data' });
    expect(screen.queryByRole('link', { name: 'shop' })).toBeNull();
    expect(
      screen.getByRole('button', { name: /^Failed 1$/ }),
    ).toBeInTheDocument();
    expect(api.reads).toBe(1);
  });

  it('offers a new tenant where there is none', async () => {
    open(new FakeTenantsApi());

    await screen.findByRole('heading', { name: 'No tenants yet' });
    expect(
      screen.getAllByRole('link', { name: 'New tenant' })[0],
    ).toHaveAttribute('href', '/create/templates/default/new-tenant');
  });

  it('offers a new tenant and the audit trail only to whoever may', async () => {
    const api = new FakeTenantsApi([sampleTenant()]);
    const { unmount } = open(api);
    await screen.findByRole('link', { name: 'Audit trail' });
    expect(screen.getByRole('link', { name: 'New tenant' })).toBeVisible();
    unmount();

    api.may = { create: false, audit: false };
    open(api);
    await screen.findByRole('link', { name: 'shop' });
    expect(screen.queryByRole('link', { name: 'Audit trail' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'New tenant' })).toBeNull();
  });

  it('says who can grant what is forbidden', async () => {
    const api = new FakeTenantsApi();
    api.failure = new PaasClientError('Missing paas.tenant.read.', {
      status: 403,
    });
    open(api);

    expect(await screen.findByText(/platform team/)).toBeInTheDocument();
  });
});

describe('the Tenant page', () => {
  const shop = () => new FakeTenantsApi([sampleTenant()]);

  it('shows how full each quota is, in words too', async () => {
    const { container } = open(shop(), page);

    const meters = await screen.findByRole('table', {
      name: 'Quota of environment production',
    });
    expect(within(meters).getByRole('row', { name: /cpu/ })).toHaveTextContent(
      '9 of 1090 %nearly full',
    );
    expect(within(meters).getByRole('row', { name: /pods/ })).toHaveTextContent(
      'full',
    );
    expect(
      within(meters).getByRole('row', { name: /loadbalancers/ }),
    ).toHaveTextContent('none granted');
    expect(
      screen.getByRole('link', { name: '3 applications' }),
    ).toHaveAttribute('href', '/paas?tenant=shop&cluster=local&text=shop');
    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('shows what was tried, who refused it, and the evidence on demand', async () => {
    const { container } = open(shop(), `${page}/isolation`);

    const identity = await screen.findByRole('region', { name: 'Identity' });
    expect(identity).toHaveTextContent('Enforced');
    expect(identity).toHaveTextContent('Refused by roles (RBAC)');
    expect(identity).not.toHaveTextContent('is forbidden');
    await userEvent.click(
      within(identity).getByRole('button', { name: /^Evidence/ }),
    );
    expect(identity).toHaveTextContent('secrets is forbidden');
    expect(screen.getByRole('region', { name: 'Network' })).toHaveTextContent(
      'Unknown',
    );
    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('changes members by a plan of the file', async () => {
    const api = shop();
    const { container } = open(api, `${page}/members`);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Group or person/ }),
      'user:default/sam',
    );
    expect(await findAccessibilityFaults(container)).toEqual([]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Add or change' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Preview plan' }),
    );
    await screen.findByRole('region', { name: 'Plan' });
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));

    expect(
      await screen.findByText('The members were changed.'),
    ).toBeInTheDocument();
    expect(api.applied[0]?.yaml).toContain('user:default/sam');
  });

  it('is offboarded only by its name, after what stays was shown', async () => {
    const api = shop();
    open(api, page);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Offboard' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByRole('row', { name: /data-redis-0/ }),
    ).toHaveTextContent('8Gi');
    const confirm = within(dialog).getByRole('button', {
      name: 'Offboard tenant',
    });
    expect(confirm).toBeDisabled();

    await userEvent.type(
      within(dialog).getByRole('textbox', { name: 'Type shop to confirm' }),
      'shop',
    );
    await userEvent.click(confirm);

    expect(
      await screen.findByText(/Its namespaces and volumes are kept/),
    ).toBeInTheDocument();
    expect(api.offboarded).toEqual(['local/shop']);
  });

  it('fills by itself when the tenant is created, and empties when it goes', async () => {
    const api = new FakeTenantsApi();
    open(api, page);
    await screen.findByRole('heading', { name: 'Tenant shop was not found' });

    act(() => api.put(sampleTenant()));
    const health = await screen.findByRole('region', { name: 'Health' });
    act(() => api.put(sampleTenant({ message: 'One check fails.' })));
    expect(health).toHaveTextContent('One check fails.');
    expect(screen.queryByRole('alert')).toBeNull();
    act(() => api.remove({ cluster: 'local', name: 'shop' }));

    await screen.findByRole('heading', { name: 'Tenant shop was not found' });
    expect(api.reads).toBe(1);
  });

  it('does not tell a foreign tenant from one that does not exist', async () => {
    open(shop(), '/paas/tenants/local/other');

    expect(
      await screen.findByRole('heading', {
        name: 'Tenant other was not found',
      }),
    ).toBeInTheDocument();
  });
});
