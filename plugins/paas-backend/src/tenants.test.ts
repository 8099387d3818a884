import { InMemoryKube } from '@understage/kube';
import { apiRoutes } from '@understage/plugin-paas-common';
import { clusterTenant, tenantType } from '@understage/plugin-paas-node';
import { onlyIf, StartedApi, startApi } from './__testUtils__/startApi';

const tenant = (...members: object[]) => ({
  apiVersion: 'paas/v1',
  kind: 'Tenant',
  metadata: { name: 'lab' },
  spec: {
    owner: 'group:default/team-data',
    members,
    environments: [{ name: 'production' }],
  },
});
const mistyped = tenant({ group: 'group:default/team-dtaa', role: 'admin' });
const suggestion = 'group:default/team-data';

describe('the audit trail of a tenant', () => {
  it('begins with the line of its creation, which its members may read', async () => {
    const kube = new InMemoryKube({ name: 'playground' });
    const api = await startApi({ cluster: kube });
    const body = { cluster: 'playground', tenant: tenant() };
    await api.send('post', '/tenants/apply').send(body).expect(200);
    const made = await kube.get(tenantType, { name: 'lab' });
    if (!made) throw new Error('the tenant was not made');
    api.clusters.put('playground', made);
    api.clusters.settle();
    api.decisions.set(
      'paas.audit.read',
      onlyIf('IS_TENANT', { tenants: ['lab'] }, 'paas-tenant'),
    );
    const answer = await api.send('get', '/audit', 'user:default/linus');
    const { items } = apiRoutes.listAudit.answer.parse(answer.body);
    expect(items).toMatchObject([
      { action: 'applyTenant', tenant: 'lab', result: 'succeeded' },
    ]);
    await api.stop();
  });
});

describe('tenants whose members the catalog does not know', () => {
  let api: StartedApi;
  let kube: InMemoryKube;
  beforeEach(async () => {
    kube = new InMemoryKube({ name: 'playground' });
    api = await startApi({ cluster: kube });
  });
  afterEach(() => api.stop());

  const send = async (to: 'plan' | 'apply') => {
    const body = { cluster: 'playground', tenant: mistyped };
    const answer = await api.send('post', `/tenants/${to}`).send(body);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('are planned and applied, with a warning', async () => {
    const warnings = [{ path: 'spec.members[0].group', suggestion }];
    expect(await send('plan')).toMatchObject({ kind: 'planned', warnings });
    expect(await send('apply')).toMatchObject({ kind: 'applied', warnings });
    expect(await kube.get(tenantType, { name: 'lab' })).toBeDefined();
  });

  it('are planned and applied while the catalog is away, and nobody is called missing', async () => {
    api.catalog.prepare = async () => {
      throw new Error('connect ECONNREFUSED');
    };
    const message = expect.stringContaining('is unknown: the catalog can not');
    const warnings = [{ path: 'spec.members', message }];
    expect(await send('plan')).toMatchObject({ kind: 'planned', warnings });
    expect(await send('apply')).toMatchObject({ kind: 'applied', warnings });
  });

  it('say so on their page', async () => {
    api.clusters.put('playground', clusterTenant({ name: 'shop' }));
    api.clusters.settle();
    api.catalog.refs = api.catalog.refs.filter(
      ref => ref !== 'group:default/team-shop',
    );
    const { body } = await api.send('get', '/tenants/playground/shop');
    const { notices } = apiRoutes.getTenant.answer.parse(body);
    expect(notices).toMatchObject([
      { reason: 'UnknownMember', ref: { kind: 'Group', name: 'team-shop' } },
    ]);
  });
});
