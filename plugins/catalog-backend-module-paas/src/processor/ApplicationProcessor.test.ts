import { Entity } from '@backstage/catalog-model';
import {
  clusterNamespace,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { ApplicationProcessor } from './ApplicationProcessor';

const processor = new ApplicationProcessor(createClustersDouble(), {
  defaultOwner: 'group:default/unknown',
});

const entity = (more: Partial<Entity>): Entity => ({
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    annotations: { 'backstage.io/managed-by-location': 'file:/x' },
  },
  spec: { components: [{ name: 'web', type: 'Deployment' }] },
  ...more,
});

describe('an Application file as a location', () => {
  it.each(['paas/v1', 'paas.understage.dev/v1'])(
    'is known as %s',
    async apiVersion => {
      await expect(
        processor.validateEntityKind(entity({ apiVersion })),
      ).resolves.toBe(true);
    },
  );

  it('is told from other kinds', async () => {
    const component = entity({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
    });
    await expect(processor.validateEntityKind(component)).resolves.toBe(false);
    const other = entity({ apiVersion: 'argoproj.io/v1alpha1' });
    await expect(processor.validateEntityKind(other)).resolves.toBe(false);
  });

  it('is refused with every problem that it has', async () => {
    const spec = {
      components: [
        { name: 'web', type: 'Deployment', replcias: 3, ports: [{ port: 0 }] },
      ],
    };
    const refused = processor.validateEntityKind(entity({ spec }));
    await expect(refused).rejects.toThrow(/port.*replicas/s);
  });

  describe('says whose it is', () => {
    const clusters = createClustersDouble();
    clusters.put('playground', clusterNamespace('shop', { tenant: 'store' }));
    clusters.settle();
    const known = new ApplicationProcessor(clusters, {
      defaultOwner: 'group:default/unknown',
    });
    const annotationsOf = async (file: Entity) =>
      (await known.preProcessEntity(file)).metadata.annotations;

    it('when a cluster has its namespace', async () => {
      const metadata = { name: 'checkout', namespace: 'shop' };
      expect(await annotationsOf(entity({ metadata }))).toEqual({
        'understage.dev/tenant': 'store',
        'understage.dev/cluster': 'playground',
      });
    });

    it('whatever it says itself', async () => {
      const annotations = { 'understage.dev/tenant': 'data', other: 'kept' };
      const metadata = { name: 'checkout', namespace: 'shop', annotations };
      expect(await annotationsOf(entity({ metadata }))).toEqual({
        'understage.dev/tenant': 'store',
        'understage.dev/cluster': 'playground',
        other: 'kept',
      });
    });

    it("and is nobody's insides when no cluster has it", async () => {
      const file = entity({});
      expect(await known.preProcessEntity(file)).toBe(file);
    });
  });
});
