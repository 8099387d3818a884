import {
  clusterApplication,
  clusterObject,
  clusterTenant,
} from '@understage/plugin-paas-node';
import { deny, onlyIf } from '../__testUtils__/startApi';
import { allow, startHub } from '../__testUtils__/startHub';

const ofShop = onlyIf('IS_TENANT', { tenants: ['shop'] }, 'paas-tenant');
const members = (...tenants: string[]) =>
  onlyIf('IS_TENANT', { tenants }, 'paas-tenant');

/** The quota of the tenant shop, of which this much is used. */
const quota = (pods: string) =>
  clusterObject('ResourceQuota', {
    name: 'understage-quota',
    namespace: 'shop',
    labels: { 'understage.dev/tenant': 'shop' },
    spec: { hard: { pods: '10' } },
    status: { hard: { pods: '10' }, used: { pods } },
  });

function start() {
  const hub = startHub();
  const put = (...objects: Parameters<typeof hub.clusters.put>[1][]) => {
    hub.clusters.put('playground', ...objects);
    hub.clusters.settle();
  };
  const remove = (object: Parameters<typeof hub.clusters.put>[1]) => {
    hub.clusters.remove('playground', object);
    hub.clusters.settle();
  };
  put(clusterTenant({ name: 'shop' }), clusterTenant({ name: 'data' }));
  hub.decide(allow, ofShop);
  return { ...hub, put, remove };
}

describe('the topic of all tenants', () => {
  it('begins with those that the reader may see, and their role', async () => {
    const { open, groups } = start();
    groups.push('group:default/team-shop-developers');
    const { reader } = await open(['tenants']);
    expect(reader.take()).toMatchObject([
      {
        type: 'tenants',
        upserts: [{ name: 'shop', applications: 2, role: 'developer' }],
        removed: [],
      },
    ]);
  });

  it('counts applications and quota as they change, and is silent when a row stays the same', async () => {
    const { open, put, change } = start();
    const { reader } = await open(['tenants']);
    reader.take();
    change(1);
    put(clusterApplication({ name: 'search', namespace: 'shop' }));
    put(quota('5'));
    put(quota('5'));
    expect(reader.take()).toMatchObject([
      { upserts: [{ name: 'shop', applications: 3 }] },
      { upserts: [{ name: 'shop', fullest: { share: 0.5 } }] },
    ]);
  });

  it('tells of tenants that come and go, and nothing of foreign ones', async () => {
    const { open, put, remove } = start();
    const { reader } = await open(['tenants']);
    reader.take();
    remove(clusterTenant({ name: 'data' }));
    put(clusterTenant({ name: 'data', generation: 2 }));
    remove(clusterTenant({ name: 'shop' }));
    put(clusterTenant({ name: 'shop' }));
    expect(reader.take()).toMatchObject([
      { upserts: [], removed: ['playground/shop'] },
      { upserts: [{ name: 'shop' }], removed: [] },
    ]);
  });

  it('goes on where a reader left off, without names of foreign tenants that went', async () => {
    const { open, put, remove } = start();
    put(clusterTenant({ name: 'old' }));
    const { reader, stream } = await open(['tenants']);
    stream.closed();
    remove(clusterTenant({ name: 'shop' }));
    remove(clusterTenant({ name: 'old' }));
    remove(clusterTenant({ name: 'data' }));
    const { lastEventId } = reader;
    const again = await open(['tenants'], { lastEventId });
    expect(again.reader.take()).toMatchObject([
      { type: 'tenants', upserts: [], removed: ['playground/shop'] },
    ]);
  });

  it('names the missing permission', async () => {
    const { open, decide } = start();
    decide(allow, deny);
    const { reader } = await open(['tenants']);
    expect(reader.take()).toMatchObject([
      { type: 'denied', message: expect.stringContaining('paas.tenant.read') },
    ]);
  });

  it('shows what a reader was let into, and takes back what they were not (S30)', async () => {
    const { open, decide, pass } = start();
    const { reader } = await open(['tenants', 'tenant/playground/data']);
    reader.take();
    decide(allow, members('data'));
    await pass(20_000);
    expect(reader.take()).toMatchObject([
      { type: 'heartbeat' },
      { type: 'resync', topic: 'tenants' },
      { upserts: [{ name: 'data' }] },
      { type: 'resync', topic: 'tenant/playground/data' },
      { type: 'tenant', detail: { summary: { name: 'data' } } },
    ]);
    decide(allow, deny);
    await pass(20_000);
    expect(reader.take().filter(({ type }) => type === 'denied')).toHaveLength(
      2,
    );
  });
});

describe('the topic of one tenant', () => {
  const shop = 'tenant/playground/shop';

  it('is the whole tenant, and what the reader may do with it', async () => {
    const { open, groups } = start();
    groups.push('group:default/team-shop-admins');
    const { reader } = await open([shop]);
    expect(reader.take()).toMatchObject([
      {
        type: 'tenant',
        detail: {
          summary: { name: 'shop', role: 'admin' },
          may: { update: true, delete: true, audit: true },
          environments: [{ name: 'production', applications: 2 }],
        },
      },
    ]);
  });

  it('follows its applications and its quota, and is silent when nothing of it changed', async () => {
    const { open, put, change } = start();
    const { reader } = await open([shop]);
    reader.take();
    put(quota('5'));
    put(quota('5'));
    change(1);
    put(clusterApplication({ name: 'search', namespace: 'shop' }));
    expect(reader.take()).toMatchObject([
      { detail: { environments: [{ quota: [{ resource: 'pods' }] }] } },
      { detail: { environments: [{ applications: 3 }] } },
    ]);
  });

  it('says whom the catalog does not know, as the page does', async () => {
    const { open, directory } = start();
    await directory.read();
    const { reader } = await open([shop]);
    const [message] = reader.take();
    const reason = 'UnknownMember';
    expect(message).toMatchObject({
      detail: { notices: [{ reason, ref: { name: 'team-shop' } }, {}, {}, {}] },
    });
  });

  it('says that it is gone', async () => {
    const { open, remove } = start();
    const { reader } = await open([shop]);
    reader.take();
    remove(clusterTenant({ name: 'shop' }));
    const [message] = reader.take();
    expect(message).toEqual({ type: 'tenant', topic: shop });
  });

  it.each(['data', 'nowhere'])(
    'says of %s, which is foreign or missing, that there is none, and never that something happened to it',
    async name => {
      const { open, put, remove } = start();
      const topic = `tenant/playground/${name}`;
      const { reader, stream } = await open([topic]);
      put(clusterTenant({ name, generation: 2 }));
      expect(reader.take()).toEqual([{ type: 'tenant', topic }]);
      stream.closed();
      remove(clusterTenant({ name }));
      const { lastEventId } = reader;
      const again = await open([topic], { lastEventId });
      expect(again.reader.take()).toEqual([]);
    },
  );
});
