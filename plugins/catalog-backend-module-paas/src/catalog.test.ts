import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  clusterApplication,
  clusterNamespace,
  ClustersDouble,
  createClustersDouble,
  paasClustersServiceRef,
} from '@understage/plugin-paas-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { parse } from 'yaml';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import catalogModulePaas from './index';

const seed = readFileSync(
  path.resolve(__dirname, '../../../examples/applications/user-service.yaml'),
  'utf8',
);

/** The real catalog with our module: what a file and what a cluster make of the same application. */
describe('the catalog', () => {
  let directory: string;
  let backend: TestBackend | undefined;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'catalog-paas-'));
  });
  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(options: {
    readonly files: Record<string, string>;
    readonly clusters?: ClustersDouble;
  }) {
    const clusters = options.clusters ?? createClustersDouble();
    clusters.settle();
    const locations = Object.entries(options.files).map(([name, text]) => {
      const target = path.join(directory, name);
      writeFileSync(target, text);
      return { type: 'file', target };
    });
    const config = {
      backend: {
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
      catalog: {
        rules: [
          {
            allow: [
              'Application',
              'Component',
              'System',
              'Resource',
              'API',
              'Location',
            ],
          },
        ],
        locations,
        processingInterval: { seconds: 1 },
        stitchingStrategy: { mode: 'immediate' },
      },
    };
    const started = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModulePaas,
        mockServices.rootConfig.factory({ data: config }),
        mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
        createServiceFactory({
          service: paasClustersServiceRef,
          deps: {},
          factory: () => clusters,
        }),
      ],
    });
    backend = started;
    const read = async (): Promise<Map<string, Entity>> => {
      const address = `http://localhost:${started.server.port()}/api/catalog/entities`;
      const entities: Entity[] = await (await fetch(address)).json();
      return new Map(
        entities.map(entity => [stringifyEntityRef(entity), entity]),
      );
    };
    /** Entities by reference, once the catalog has all of these. */
    return async (...refs: string[]) => {
      const isThere = (found: Map<string, Entity>) =>
        refs.every(ref => found.get(ref)?.relations);
      const until = Date.now() + 20_000;
      let found = await read();
      while (!isThere(found) && Date.now() < until) {
        await new Promise(resolve => setTimeout(resolve, 100));
        found = await read();
      }
      return found;
    };
  }

  const three = [
    'system:shop/user-service',
    'component:shop/user-service.frontend',
    'resource:shop/user-service.redis',
  ];
  const inShop = seed.replace(
    'name: user-service',
    'name: user-service\n  namespace: shop',
  );
  const edgesOf = (entities: Map<string, Entity>, ref: string) =>
    entities
      .get(ref)
      ?.relations?.map(({ type, targetRef }) => `${type} ${targetRef}`)
      .sort();

  it('makes the same entities and edges of a file and of a cluster', async () => {
    const fromFile = await (
      await start({ files: { 'app.yaml': inShop } })
    )(...three);
    await backend?.stop();
    const clusters = createClustersDouble();
    const { spec } = parse(seed);
    clusters.put(
      'playground',
      clusterNamespace('shop'),
      clusterApplication({ name: 'user-service', namespace: 'shop', spec }),
    );
    const fromCluster = await (await start({ files: {}, clusters }))(...three);
    const described = (entities: Map<string, Entity>) =>
      three.map(ref => [
        ref,
        entities.get(ref)?.spec,
        edgesOf(entities, ref)?.filter(edge => !edge.includes('application:')),
      ]);
    expect(described(fromFile)).toEqual(described(fromCluster));
    expect(edgesOf(fromCluster, three[1])).toContain(
      'dependsOn resource:shop/user-service.redis',
    );
  }, 60_000);

  it('keeps the file itself as an Application, part of its System', async () => {
    const entities = await (
      await start({ files: { 'app.yaml': seed } })
    )('application:default/user-service', 'system:default/user-service');
    expect(edgesOf(entities, 'application:default/user-service')).toEqual([
      'partOf system:default/user-service',
    ]);
  }, 60_000);

  it('takes the entities of an application that runs from where it runs, without a conflict', async () => {
    const clusters = createClustersDouble();
    const { spec } = parse(seed);
    clusters.put(
      'playground',
      clusterNamespace('shop'),
      clusterApplication({ name: 'user-service', namespace: 'shop', spec }),
    );
    const entities = await (
      await start({ files: { 'app.yaml': inShop }, clusters })
    )('application:shop/user-service', ...three);
    const system = entities.get('system:shop/user-service');
    expect(
      system?.metadata.annotations?.['backstage.io/managed-by-location'],
    ).toBe('understage:playground/shop/user-service');
  }, 60_000);

  it('joins a component made by hand to the application that it names', async () => {
    const file = [
      'apiVersion: backstage.io/v1alpha1',
      'kind: Component',
      'metadata:',
      '  name: by-hand',
      '  annotations:',
      '    understage.dev/application: shop/user-service',
      'spec: { type: service, lifecycle: production, owner: guests }',
    ].join('\n');
    const read = await start({
      files: { 'app.yaml': inShop, 'component.yaml': file },
    });
    const entities = await read(
      'component:default/by-hand',
      'system:shop/user-service',
    );
    expect(edgesOf(entities, 'component:default/by-hand')).toContain(
      'partOf system:shop/user-service',
    );
  }, 60_000);
});
