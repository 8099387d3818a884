import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { KubeObject } from '@understage/plugin-paas-common';
import {
  clusterApplication,
  clusterDeployment,
  clusterNamespace,
  clusterTenant,
  ClustersDouble,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { ClusterEntityProvider } from './ClusterEntityProvider';

/** A catalog that keeps what it is told, as the real one would. */
function createCatalog() {
  const entities = new Map<string, Entity>();
  const mutations: EntityProviderMutation[] = [];
  let failures = 0;
  return {
    entities,
    mutations,
    failNext: (count: number) => {
      failures = count;
    },
    connection: {
      refresh: async () => {},
      async applyMutation(mutation: EntityProviderMutation) {
        if (failures > 0) {
          failures -= 1;
          throw new Error('the database is away');
        }
        mutations.push(mutation);
        const added =
          mutation.type === 'full' ? mutation.entities : mutation.added;
        const removed = mutation.type === 'full' ? [] : mutation.removed;
        if (mutation.type === 'full') entities.clear();
        for (const each of removed) {
          entities.delete(
            'entityRef' in each
              ? each.entityRef
              : stringifyEntityRef(each.entity),
          );
        }
        for (const { entity } of added)
          entities.set(stringifyEntityRef(entity), entity);
      },
    },
  };
}

const checkout = clusterApplication({ name: 'checkout', namespace: 'shop' });
const media = clusterApplication({ name: 'media', namespace: 'shop' });
const shop = clusterNamespace('shop', { tenant: 'store', owner: 'team-shop' });

async function start(prepare: (clusters: ClustersDouble) => void = () => {}) {
  const clusters = createClustersDouble();
  clusters.put('playground', shop, checkout, media);
  prepare(clusters);
  clusters.settle();
  const catalog = createCatalog();
  const retries: (() => void)[] = [];
  const provider = new ClusterEntityProvider({
    clusters,
    cluster: 'playground',
    settings: { defaultOwner: 'nobody', portal: 'https://portal.example.com' },
    logger: { info() {}, warn() {} },
    later: callback => retries.push(callback),
  });
  await provider.connect(catalog.connection);
  await clusters.ready;
  await provider.settled();
  const change = async (...objects: KubeObject[]) => {
    clusters.put('playground', ...objects);
    clusters.settle();
    await provider.settled();
  };
  return { clusters, catalog, provider, change, retries };
}

const refs = ({ entities }: ReturnType<typeof createCatalog>) =>
  [...entities.keys()].sort();

describe('entities of a cluster', () => {
  it('are all provided from a complete view', async () => {
    const { catalog } = await start();
    expect(catalog.mutations.map(({ type }) => type)).toEqual(['full']);
    expect(refs(catalog)).toEqual([
      'component:shop/checkout.web',
      'component:shop/media.web',
      'domain:default/store',
      'resource:default/playground',
      'system:shop/checkout',
      'system:shop/media',
    ]);
  });

  it('are owned by whoever the application or its namespace names, else by the configured one', async () => {
    const { catalog, change } = await start();
    const owner = (ref: string) => catalog.entities.get(ref)?.spec?.owner;
    expect(owner('system:shop/checkout')).toBe('group:default/team-shop');
    expect(owner('domain:default/store')).toBe('group:default/team-shop');
    await change(clusterApplication({ name: 'x', namespace: 'unknown' }));
    expect(owner('system:unknown/x')).toBe('group:default/nobody');
  });

  it('change with the specification, as a delta of what differs', async () => {
    const { catalog, change } = await start();
    const components = [
      { name: 'web', type: 'Deployment' },
      { name: 'cache', type: 'HelmChart', chart: 'bitnami/redis' },
    ];
    const spec = { components, dependencies: ['web -> cache:6379'] };
    await change(
      clusterApplication({
        name: 'checkout',
        namespace: 'shop',
        generation: 2,
        spec,
      }),
    );
    const last = catalog.mutations.at(-1);
    expect(
      last?.type === 'delta' &&
        last.added.map(({ entity }) => stringifyEntityRef(entity)),
    ).toEqual(['component:shop/checkout.web', 'resource:shop/checkout.cache']);
    await change({
      ...checkout,
      metadata: { ...checkout.metadata, generation: 3 },
    });
    expect(refs(catalog)).not.toContain('resource:shop/checkout.cache');
  });

  it('do not change with the state', async () => {
    const { catalog, change } = await start();
    for (const ready of [0, 1, 2]) {
      await change(
        clusterDeployment({
          namespace: 'shop',
          application: 'checkout',
          desired: 2,
          ready,
        }),
      );
    }
    await change({ ...checkout, status: { anything: 'new' } });
    expect(catalog.mutations).toHaveLength(1);
  });

  it('go with their application', async () => {
    const { catalog, clusters, provider } = await start();
    clusters.remove('playground', media);
    clusters.settle();
    await provider.settled();
    expect(refs(catalog)).not.toContain('system:shop/media');
    expect(refs(catalog)).toContain('system:shop/checkout');
  });

  it('move when a namespace changes hands', async () => {
    const { catalog, change } = await start();
    await change(clusterNamespace('shop', { tenant: 'other' }));
    expect(catalog.entities.get('system:shop/checkout')?.spec).toMatchObject({
      domain: 'domain:default/other',
      owner: 'group:default/nobody',
    });
  });

  it('stay while the cluster can not be read: nothing is replaced or removed', async () => {
    const { catalog, clusters, provider } = await start();
    clusters.fail('playground', 'it is down');
    clusters.settle();
    provider.refresh();
    await provider.settled();
    expect(
      catalog.mutations.filter(({ type }) => type === 'full'),
    ).toHaveLength(1);
    expect(refs(catalog)).toHaveLength(6);
  });

  it('are added one by one from an incomplete view, and replaced when it is complete', async () => {
    const { catalog, clusters, provider } = await start(each =>
      each.fail('playground', 'half of it'),
    );
    expect(catalog.mutations.map(({ type }) => type)).toEqual(['delta']);
    clusters.fail('playground');
    clusters.settle();
    await provider.settled();
    expect(catalog.mutations.at(-1)?.type).toBe('full');
    expect(refs(catalog)).toHaveLength(6);
  });

  it('come in later when the catalog could not take them', async () => {
    const { catalog, change, provider, retries } = await start();
    catalog.failNext(1);
    await change(clusterApplication({ name: 'extra', namespace: 'shop' }));
    expect(refs(catalog)).not.toContain('system:shop/extra');
    retries.forEach(retry => retry());
    await provider.settled();
    expect(refs(catalog)).toContain('system:shop/extra');
    expect(catalog.mutations.at(-1)?.type).toBe('full');
  });

  it('have one key for each application, so that conflicts can be told', async () => {
    const { catalog } = await start();
    const [first] = catalog.mutations;
    const keys =
      first.type === 'full'
        ? first.entities.map(({ locationKey }) => locationKey)
        : [];
    expect(new Set(keys)).toEqual(
      new Set([
        'understage:playground',
        'understage:playground/store',
        'understage:playground/shop/checkout',
        'understage:playground/shop/media',
      ]),
    );
  });

  describe('of tenants', () => {
    const store = clusterTenant({ name: 'store' });

    it('are Domains of their owner, with the way to their page', async () => {
      const { catalog, change } = await start();
      await change(store);
      const domain = catalog.entities.get('domain:default/store');
      expect(domain?.spec?.owner).toBe('group:default/team-store');
      expect(domain?.metadata.links).toEqual([
        {
          url: 'https://portal.example.com/paas/tenants/playground/store',
          title: 'Tenant',
        },
      ]);
      expect(catalog.entities.get('system:shop/checkout')?.spec?.domain).toBe(
        'domain:default/store',
      );
    });

    it('come before their first application, and go with the Tenant', async () => {
      const { catalog, change, clusters, provider } = await start();
      const empty = clusterTenant({ name: 'empty' });
      await change(empty);
      expect(refs(catalog)).toContain('domain:default/empty');
      clusters.remove('playground', empty);
      clusters.settle();
      await provider.settled();
      expect(refs(catalog)).not.toContain('domain:default/empty');
    });

    it('stay when the Tenant goes and its applications do not', async () => {
      const { catalog, change, clusters, provider } = await start();
      await change(store);
      clusters.remove('playground', store);
      clusters.settle();
      await provider.settled();
      const domain = catalog.entities.get('domain:default/store');
      expect(domain?.spec?.owner).toBe('group:default/team-shop');
      expect(domain?.metadata.links).toBeUndefined();
    });

    it('do not change with the state, nor with the members', async () => {
      const { catalog, change } = await start();
      await change(store);
      const mutations = catalog.mutations.length;
      await change({ ...store, status: { state: 'Failed' } });
      expect(catalog.mutations).toHaveLength(mutations);
    });

    it('are another Domain for the same name in another cluster', async () => {
      const names = ['playground', 'other'];
      const clusters = createClustersDouble({ names });
      for (const name of names) clusters.put(name, shop, checkout, store);
      clusters.settle();
      const catalog = createCatalog();
      for (const cluster of ['other', 'playground']) {
        const provider = new ClusterEntityProvider({
          clusters,
          cluster,
          settings: { defaultOwner: 'nobody' },
          logger: { info() {}, warn() {} },
          later: () => {},
        });
        await provider.connect(catalog.connection);
        await clusters.ready;
        await provider.settled();
        expect(refs(catalog)).toContain(
          cluster === 'other'
            ? 'domain:default/store.other'
            : 'domain:default/store',
        );
      }
    });
  });

  it('say whose they are, all of them', async () => {
    const { catalog } = await start();
    for (const [ref, { metadata }] of catalog.entities) {
      const ofTenant = ref !== 'resource:default/playground';
      expect([ref, metadata.annotations]).toEqual([
        ref,
        expect.objectContaining({
          'understage.dev/cluster': 'playground',
          ...(ofTenant && { 'understage.dev/tenant': 'store' }),
        }),
      ]);
    }
  });
});
