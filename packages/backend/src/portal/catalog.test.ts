import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import searchPlugin from '@backstage/plugin-search-backend';
import searchCatalog from '@backstage/plugin-search-backend-module-catalog';
import catalogModulePaas from '@understage/plugin-catalog-backend-module-paas';
import {
  clusterApplication,
  clusterNamespace,
  clusterTenant,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPortal, until } from './__testUtils__/startPortal';

const file = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: by-hand }
spec: { type: service, lifecycle: production, owner: team-shop }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: team-old }
spec: { type: team, children: [] }
`;

const ofShop = [
  'component:shop/checkout.web',
  'domain:default/shop',
  'group:default/team-shop',
  'system:shop/checkout',
];
const ofData = [
  'component:data/training.web',
  'domain:default/data',
  'group:default/team-data',
  'system:data/training',
];
const ofNobody = [
  'component:old/legacy.web',
  'domain:default/old',
  'group:default/team-old',
  'system:old/legacy',
];
const everybodys = [
  'component:default/by-hand',
  'group:default/platform-engineers',
  'group:default/team-data-viewers',
  'group:default/team-shop-viewers',
  'resource:default/playground',
  'user:default/otto',
  'user:default/sam',
];
const isOfInterest = new Set([
  ...everybodys,
  ...ofShop,
  ...ofData,
  ...ofNobody,
]);

const visible: Record<string, string[]> = {
  ada: [...everybodys, ...ofShop, ...ofData, ...ofNobody],
  grace: [...everybodys, ...ofShop],
  sam: [...everybodys, ...ofShop],
  vera: [...everybodys, ...ofShop],
  linus: [...everybodys, ...ofData],
  otto: everybodys,
};

/** The real catalog and the real search, which ask the real permission backend with the default policy (S8). */
describe('who sees what in the catalog', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'policy-catalog-'));
    const target = path.join(directory, 'entities.yaml');
    writeFileSync(target, file);
    const clusters = createClustersDouble();
    clusters.put(
      'playground',
      clusterTenant({ name: 'shop' }),
      clusterTenant({ name: 'data' }),
      clusterNamespace('shop', { tenant: 'shop', owner: 'team-shop' }),
      clusterNamespace('data', { tenant: 'data', owner: 'team-data' }),
      clusterNamespace('old', { owner: 'team-old' }),
      clusterApplication({ name: 'checkout', namespace: 'shop' }),
      clusterApplication({ name: 'training', namespace: 'data' }),
      clusterApplication({ name: 'legacy', namespace: 'old' }),
    );
    clusters.settle();
    portal = await startPortal({
      clusters,
      features: [catalogModulePaas, searchPlugin, searchCatalog],
      files: [target],
      config: {
        search: {
          collators: {
            catalog: {
              schedule: {
                frequency: { seconds: 1 },
                timeout: { minutes: 1 },
                initialDelay: { seconds: 0 },
              },
            },
          },
        },
      },
    });
    await until('entities', async () => {
      const found = await seen('ada');
      return visible.ada.every(ref => found.includes(ref));
    });
    await until('an index', async () => {
      const found = await searched('ada');
      return visible.ada.every(ref => found.includes(ref));
    });
  }, 120_000);
  afterAll(async () => {
    await portal?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const seen = async (name: string) => {
    const { text } = await portal.send('get', '/api/catalog/entities', name);
    // The catalog sends nothing at all as long as it has nothing.
    const entities: Entity[] = text === '' ? [] : JSON.parse(text);
    return entities
      .map(entity => stringifyEntityRef(entity))
      .filter(ref => isOfInterest.has(ref))
      .sort();
  };
  const searched = async (name: string): Promise<string[]> => {
    const address = '/api/search/query?term=&pageLimit=100';
    const { body } = await portal.send('get', address, name);
    const found: { document: Record<string, string> }[] = body.results ?? [];
    return found
      .map(({ document: { location } }) =>
        location.replace(/^\/catalog\/([^/]*)\/([^/]*)\/(.*)$/, '$2:$1/$3'),
      )
      .filter(ref => isOfInterest.has(ref))
      .sort();
  };
  const addressOf = (ref: string) => {
    const [kind, rest] = ref.split(':');
    return `/api/catalog/entities/by-name/${kind}/${rest}`;
  };

  it.each(Object.entries(visible))(
    '%s lists what they see',
    async (name, refs) => {
      expect(await seen(name)).toEqual([...refs].sort());
    },
  );

  it.each(Object.entries(visible))(
    '%s counts and finds by name what they see, and nothing else',
    async (name, refs) => {
      const { body } = await portal.send(
        'get',
        '/api/catalog/entities/by-query?limit=0&filter=kind=system,kind=domain',
        name,
      );
      const counted = refs.filter(ref => /^(system|domain):/.test(ref));
      expect(body.totalItems).toBe(counted.length);
      const facets = await portal.send(
        'get',
        '/api/catalog/entity-facets?facet=spec.owner',
        name,
      );
      const owners = facets.body.facets['spec.owner'].map(
        ({ value }: { value: string }) => value,
      );
      expect(owners.includes('group:default/team-data')).toBe(
        refs.includes('system:data/training'),
      );
      for (const ref of visible.ada) {
        const { status } = await portal.send('get', addressOf(ref), name);
        expect([ref, status]).toEqual([ref, refs.includes(ref) ? 200 : 404]);
      }
    },
  );

  it('answers for what is foreign as for what is not there', async () => {
    const foreign = await portal.send(
      'get',
      addressOf('system:data/training'),
      'sam',
    );
    const missing = await portal.send(
      'get',
      addressOf('system:data/nothing'),
      'sam',
    );
    expect(foreign.status).toBe(missing.status);
    expect(foreign.body.error.message.replace('training', 'nothing')).toBe(
      missing.body.error.message,
    );
  });

  it.each(Object.entries(visible))(
    '%s finds through search what they see',
    async (name, refs) => {
      expect(await searched(name)).toEqual([...refs].sort());
    },
  );

  it('names nothing foreign anywhere in what an outsider gets', async () => {
    const answers = await Promise.all(
      [
        '/api/catalog/entities',
        '/api/catalog/entities/by-query',
        '/api/catalog/entity-facets?facet=metadata.name&facet=relations.ownedBy',
        '/api/search/query?term=training',
        '/api/search/query?term=checkout',
      ].map(address => portal.send('get', address, 'otto')),
    );
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/checkout|training|legacy/);
    }
  });

  it('lets nobody but platform engineers and owners of files remove an entity', async () => {
    const { body } = await portal.send(
      'get',
      addressOf('component:default/by-hand'),
      'ada',
    );
    const remove = (ref: string, name: string) =>
      portal.send('delete', `/api/catalog/entities/by-uid/${ref}`, name);
    expect((await remove(body.metadata.uid, 'linus')).status).toBe(403);
    const { body: system } = await portal.send(
      'get',
      addressOf('system:shop/checkout'),
      'ada',
    );
    expect((await remove(system.metadata.uid, 'grace')).status).toBe(403);
  });
});
