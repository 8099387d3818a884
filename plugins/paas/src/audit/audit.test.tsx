import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { AuditEntry, PaasClientError } from '@understage/plugin-paas-common';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import { FakeTenantsApi } from '../__testUtils__/FakeTenantsApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleTenant } from '../__testUtils__/tenantSamples';
import { Router } from '../Router';

const line = (changes: Partial<AuditEntry>): AuditEntry => ({
  id: '1',
  at: '2026-11-20T11:55:00Z',
  who: 'user:default/sam',
  action: 'apply',
  cluster: 'local',
  tenant: 'shop',
  namespace: 'shop',
  name: 'checkout',
  allowed: true,
  result: 'succeeded',
  ...changes,
});

function open(audit: AuditEntry[], at = '/paas/tenants/audit') {
  const tenants = new FakeTenantsApi([sampleTenant()]);
  tenants.audit = audit;
  return {
    tenants,
    ...renderView(<Router />, { api: new FakePaasApi(), tenants, at }),
  };
}

describe('the audit trail', () => {
  it('says who did what, where, and what came of it, and leads there', async () => {
    const { container } = open([
      line({}),
      line({
        id: '2',
        who: 'user:default/otto',
        action: 'deleteTenant',
        namespace: undefined,
        name: 'shop',
        allowed: false,
        result: 'refused',
        message: 'There is no tenant shop that you may see.',
      }),
    ]);

    const row = await screen.findByRole('row', { name: /sam/ });
    expect(row).toHaveTextContent('apply an application');
    expect(row).toHaveTextContent('Done');
    expect(row).toHaveTextContent('5 minutes ago');
    expect(
      within(row).getByRole('link', { name: 'shop/checkout' }),
    ).toHaveAttribute('href', '/paas/local/shop/checkout');
    const refused = screen.getByRole('row', { name: /otto/ });
    expect(refused).toHaveTextContent('Refused');
    expect(refused).toHaveTextContent('There is no tenant shop');
    expect(within(refused).getByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/paas/tenants/local/shop',
    );
    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('narrows to a result and to a person', async () => {
    open([
      line({}),
      line({ id: '2', who: 'user:default/grace', result: 'failed' }),
    ]);
    await screen.findByRole('row', { name: /sam/ });

    await userEvent.click(screen.getByRole('button', { name: 'Failed' }));
    await screen.findByRole('row', { name: /grace/ });
    expect(screen.queryByRole('row', { name: /sam/ })).toBeNull();

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Filter by person' }),
      'sam{Enter}',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear all filters' }),
    );
    expect(await screen.findByRole('row', { name: /sam/ })).toBeInTheDocument();
  });

  it('shows older lines on demand', async () => {
    open(
      Array.from({ length: 60 }, (_, index) =>
        line({ id: `${index}`, name: `service-${index}` }),
      ),
    );
    await screen.findByRole('link', { name: 'shop/service-49' });
    expect(screen.queryByRole('link', { name: 'shop/service-50' })).toBeNull();

    await userEvent.click(
      screen.getByRole('button', { name: 'Show older lines' }),
    );

    await screen.findByRole('link', { name: 'shop/service-59' });
    expect(screen.getByRole('link', { name: 'shop/service-0' })).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Show older lines' }),
    ).toBeNull();
  });

  it('is a part of its tenant, with the lines of that alone', async () => {
    open(
      [line({}), line({ id: '2', tenant: 'data', who: 'user:default/dora' })],
      '/paas/tenants/local/shop/audit',
    );

    await screen.findByRole('row', { name: /sam/ });
    expect(screen.queryByRole('row', { name: /dora/ })).toBeNull();
    expect(
      screen.getByRole('heading', { name: 'Audit trail' }),
    ).toBeInTheDocument();
  });

  it('says who can grant what is forbidden, and that nothing happened yet', async () => {
    const { tenants, unmount } = open([]);
    await screen.findByRole('heading', { name: 'Nothing was changed yet' });
    unmount();

    tenants.failure = new PaasClientError('Missing paas.audit.read.', {
      status: 403,
    });
    renderView(<Router />, {
      api: new FakePaasApi(),
      tenants,
      at: '/paas/tenants/audit',
    });
    expect(await screen.findByText(/platform team/)).toBeInTheDocument();
  });
});
