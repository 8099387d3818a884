/* eslint-disable jest/no-export -- a contract is a suite that others call */
import { ObjectMeta } from '../../objects';
import { configMap, configMaps, namespaces } from '../objects';
import { ContractWorld, written } from './contractWorld';

/** What every KubeReader does. */
export function readContract(world: () => ContractWorld): void {
  describe('reading', () => {
    let namespace: string;

    beforeAll(async () => {
      const { cluster } = world();
      namespace = await world().namespace();
      const writer = cluster.writer({ fieldManager: 'contract' });
      const shops: readonly ObjectMeta[] = [
        { name: 'a', labels: { tier: 'web', color: 'red' } },
        { name: 'b', labels: { tier: 'web' } },
        { name: 'c', labels: { tier: 'db' } },
        { name: 'd' },
      ];
      for (const metadata of shops) {
        const object = configMap({ ...metadata, namespace });
        written(await writer.create(object, { type: configMaps }));
      }
    });

    const names = async (query: {
      labelSelector?: string;
      fieldSelector?: string;
    }) => {
      const { items } = await world().cluster.list(configMaps, {
        namespace,
        ...query,
      });
      return items
        .map(item => item.metadata.name)
        .filter(name => name !== 'kube-root-ca.crt');
    };

    it('answers undefined for what is not there, be it the object or its namespace', async () => {
      const { cluster } = world();
      const missing = { namespace, name: 'missing' };
      expect(await cluster.get(configMaps, missing)).toBeUndefined();
      const nowhere = { namespace: 'nowhere', name: 'a' };
      expect(await cluster.get(configMaps, nowhere)).toBeUndefined();
    });

    it('answers whole objects, with what the server added', async () => {
      const found = await world().cluster.get(configMaps, {
        namespace,
        name: 'a',
      });
      expect(found).toMatchObject({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', namespace, labels: { tier: 'web' } },
      });
      expect(found?.metadata.uid).toMatch(/^[-0-9a-f]{36}$/);
      expect(found?.metadata.resourceVersion).toMatch(/^\d+$/);
      expect(found?.metadata.creationTimestamp).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$/,
      );
    });

    it('reads kinds without a namespace', async () => {
      const found = await world().cluster.get(namespaces, { name: namespace });
      expect(found?.metadata.name).toBe(namespace);
    });

    it('lists one namespace or all, every item with its kind', async () => {
      expect(await names({})).toEqual(['a', 'b', 'c', 'd']);
      const { items } = await world().cluster.list(configMaps);
      const ours = items.filter(item => item.metadata.namespace === namespace);
      expect(ours.length).toBeGreaterThanOrEqual(4);
      expect(new Set(items.map(item => item.kind))).toEqual(
        new Set(['ConfigMap']),
      );
      expect(new Set(items.map(item => item.apiVersion))).toEqual(
        new Set(['v1']),
      );
    });

    it.each([
      ['tier=web', ['a', 'b']],
      ['tier==web', ['a', 'b']],
      ['tier!=web', ['c', 'd']],
      [' tier = web ', ['a', 'b']],
      ['tier in (web,db)', ['a', 'b', 'c']],
      ['tier notin (web)', ['c', 'd']],
      ['tier', ['a', 'b', 'c']],
      ['!tier', ['d']],
      ['tier=web,color=red', ['a']],
      ['tier in (web),!color', ['b']],
      ['tier=none', []],
    ])('selects by labels: %s', async (labelSelector, expected) => {
      expect(await names({ labelSelector })).toEqual(expected);
    });

    it.each([
      ['metadata.name=b', ['b']],
      ['metadata.name!=b', ['a', 'c', 'd']],
    ])('selects by fields: %s', async (fieldSelector, expected) => {
      expect(await names({ fieldSelector })).toEqual(expected);
    });

    it('reads page by page at the version of the first page', async () => {
      const { cluster } = world();
      const query = { namespace, limit: 2, labelSelector: 'tier' };
      const first = await cluster.listPage(configMaps, query);
      expect(first.items.map(item => item.metadata.name)).toEqual(['a', 'b']);
      expect(first.continue).toBeDefined();

      const late = configMap({ name: 'bb', namespace, labels: { tier: 'x' } });
      const writer = cluster.writer({ fieldManager: 'contract' });
      const added = written(await writer.create(late, { type: configMaps }));

      const second = await cluster.listPage(configMaps, {
        ...query,
        continue: first.continue,
      });
      expect(second.items.map(item => item.metadata.name)).toEqual(['c']);
      expect(second.continue).toBeUndefined();
      expect(second.resourceVersion).toBe(first.resourceVersion);
      await writer.delete(configMaps, late.metadata, {
        uid: added.metadata.uid ?? '',
      });
    });

    it('counts versions upwards', async () => {
      const { cluster } = world();
      const before = await cluster.list(configMaps, { namespace });
      const writer = cluster.writer({ fieldManager: 'contract' });
      const object = configMap({ name: 'd', namespace }, { a: '1' });
      const after = written(await writer.apply(object, { type: configMaps }));
      expect(Number(after.metadata.resourceVersion)).toBeGreaterThan(
        Number(before.resourceVersion),
      );
    });
  });
}
