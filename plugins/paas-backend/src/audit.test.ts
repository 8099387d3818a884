import { apiRoutes, AuditEntry } from '@understage/plugin-paas-common';
import { clusterTenant } from '@understage/plugin-paas-node';
import {
  deny,
  onlyIf,
  seedClusters,
  StartedApi,
  startApi,
} from './__testUtils__/startApi';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

const checkout = '/applications/playground/shop/checkout';
const admin = 'user:default/ada';

describe('the audit trail', () => {
  let api: StartedApi;
  beforeAll(async () => {
    api = await startApi();
    seedClusters(api.clusters);
    const [cluster] = api.clusters.names;
    api.clusters.put(
      cluster,
      clusterTenant({ name: 'shop' }),
      clusterTenant({ name: 'data' }),
    );
    api.clusters.settle();
  });
  afterAll(() => api.stop());
  afterEach(() => api.decisions.clear());

  let person = 0;
  /** Decisions about reading are kept for a while: each test asks as somebody new. */
  const somebody = () => {
    person += 1;
    return `user:default/reader-${person}`;
  };
  const read = async (query = '', as = somebody()) => {
    const { body } = await api.send('get', `/audit${query}`, as).expect(200);
    return apiRoutes.listAudit.answer.parse(body);
  };
  const lastOf = async (who: string): Promise<AuditEntry | undefined> =>
    (await read(`?who=${encodeURIComponent(who)}`)).items[0];

  it('holds who was refused what, and nothing of what was sent', async () => {
    const who = somebody();
    api.decisions.set('paas.application.delete', deny);
    await api.send('delete', checkout, who).expect(403);
    expect(await lastOf(who)).toMatchObject({
      who,
      action: 'deleteApplication',
      cluster: 'playground',
      tenant: 'shop',
      namespace: 'shop',
      name: 'checkout',
      allowed: false,
      result: 'refused',
    });
  });

  it('holds a look at what is not theirs, though the answer is "not found"', async () => {
    const who = somebody();
    api.decisions.set('paas.application.read', {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'paas',
      resourceType: 'paas-application',
      conditions: {
        rule: 'IS_IN_TENANT',
        resourceType: 'paas-application',
        params: { tenants: ['data'] },
      },
    });
    await api.send('get', checkout, who).expect(404);
    expect(await lastOf(who)).toMatchObject({
      action: 'getApplication',
      allowed: false,
      result: 'refused',
    });
  });

  it('holds a refused Tenant by name, read from its file', async () => {
    const who = somebody();
    api.decisions.set('paas.tenant.update', deny);
    const body = {
      cluster: 'playground',
      tenant: clusterTenant({ name: 'shop' }),
    };
    await api.send('post', '/tenants/apply', who).send(body);
    expect(await lastOf(who)).toMatchObject({
      action: 'applyTenant',
      tenant: 'shop',
      name: 'shop',
      result: 'refused',
    });
  });

  it('says of a change that failed that it failed', async () => {
    const who = somebody();
    const body = { cluster: 'playground', application: 'kind: Pizza' };
    await api.send('post', '/apply', who).send(body).expect(422);
    expect(await lastOf(who)).toMatchObject({
      action: 'apply',
      allowed: true,
      result: 'failed',
    });
  });

  it('keeps quiet about reading, planning and what does not exist', async () => {
    const who = somebody();
    await api.send('get', '/applications', who).expect(200);
    const missing = '/applications/playground/nowhere/none';
    await api.send('get', missing, who).expect(404);
    const body = { cluster: 'playground', application: 'kind: Pizza' };
    await api.send('post', '/plan', who).send(body).expect(422);
    expect(await lastOf(who)).toBeUndefined();
  });

  it('shows the lines of the tenants that one may read, in full pages', async () => {
    const who = somebody();
    api.decisions.set('paas.application.delete', deny);
    for (const name of ['data/training', 'shop/media', 'data/training']) {
      await api.send('delete', `/applications/playground/${name}`, who);
    }
    await api.send('delete', checkout, who).expect(403);
    api.decisions.set('paas.audit.read', {
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'paas',
      resourceType: 'paas-tenant',
      conditions: {
        rule: 'IS_TENANT',
        resourceType: 'paas-tenant',
        params: { tenants: ['shop'] },
      },
    });
    const reader = somebody();
    const query = `?limit=1&who=${encodeURIComponent(who)}`;
    const first = await read(query, reader);
    expect(first.items.map(({ name }) => name)).toEqual(['checkout']);
    const second = await read(`${query}&cursor=${first.nextCursor}`, reader);
    expect(second.items.map(({ name }) => name)).toEqual(['media']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('shows members of a tenant nothing of another one that had its name', async () => {
    const who = somebody();
    const [cluster] = api.clusters.names;
    const shop = clusterTenant({ name: 'shop' });
    const next = { ...shop, metadata: { ...shop.metadata, uid: 'next' } };
    api.decisions.set('paas.application.delete', deny);
    await api.send('delete', checkout, who).expect(403);
    api.clusters.remove(cluster, shop);
    api.clusters.settle();
    api.clusters.put(cluster, next);
    api.clusters.settle();
    await api.send('delete', '/applications/playground/shop/media', who);
    const asMember = onlyIf('IS_TENANT', { tenants: ['shop'] }, 'paas-tenant');
    api.decisions.set('paas.audit.read', asMember);
    const { items } = await read(`?who=${encodeURIComponent(who)}`);
    expect(items.map(({ name }) => name)).toEqual(['media']);
    api.clusters.remove(cluster, next);
    api.clusters.put(cluster, shop);
    api.clusters.settle();
  });

  it('is closed to whoever may not read it', async () => {
    api.decisions.set('paas.audit.read', deny);
    await api.send('get', '/audit', somebody()).expect(403);
    await api.send('get', '/audit?cursor=x', admin).expect(400);
  });
});
