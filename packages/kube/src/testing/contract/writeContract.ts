/* eslint-disable jest/no-export -- a contract is a suite that others call */
import { at, configMap, configMaps, deployment, deployments } from '../objects';
import { ContractWorld, found, written } from './contractWorld';

/** What create, update and dry runs of every KubeWriter do. */
export function writeContract(world: () => ContractWorld): void {
  describe('writing', () => {
    let namespace: string;
    const writer = () => world().cluster.writer({ fieldManager: 'contract' });

    beforeAll(async () => {
      namespace = await world().namespace();
    });

    it('creates once; a second time is a conflict without managers', async () => {
      const object = configMap({ name: 'once', namespace }, { a: '1' });
      expect(await writer().create(object, { type: configMaps })).toMatchObject(
        { kind: 'written', created: true, changed: true },
      );
      expect(await writer().create(object, { type: configMaps })).toMatchObject(
        { kind: 'conflict', managers: [] },
      );
    });

    it('creates nothing in a namespace that does not exist', async () => {
      const object = configMap({ name: 'lost', namespace: 'nowhere' });
      expect(await writer().create(object, { type: configMaps })).toMatchObject(
        {
          kind: 'missing',
          message: expect.stringContaining('namespaces "nowhere" not found'),
        },
      );
    });

    it('updates by version, and refuses one that is behind', async () => {
      const metadata = { name: 'versions', namespace };
      const first = written(
        await writer().create(configMap(metadata, { a: '1' }), {
          type: configMaps,
        }),
      );
      const changed = { ...first, data: { a: '2' } };
      const second = await writer().update(changed, { type: configMaps });
      expect(second).toMatchObject({ kind: 'written', changed: true });
      expect(
        await writer().update(changed, { type: configMaps }),
      ).toMatchObject({ kind: 'conflict', managers: [] });
      expect((await found(world().cluster, configMaps, metadata)).data).toEqual(
        { a: '2' },
      );
    });

    it('knows that an update changed nothing', async () => {
      const object = configMap({ name: 'same', namespace }, { a: '1' });
      const first = written(
        await writer().create(object, { type: configMaps }),
      );
      const outcome = await writer().update(first, { type: configMaps });
      expect(outcome).toMatchObject({ kind: 'written', changed: false });
      expect(written(outcome).metadata.resourceVersion).toBe(
        first.metadata.resourceVersion,
      );
    });

    it('updates no object that is not there, and none with another uid', async () => {
      const object = configMap({ name: 'gone', namespace });
      expect(await writer().update(object, { type: configMaps })).toMatchObject(
        { kind: 'missing' },
      );
      written(await writer().create(object, { type: configMaps }));
      const uid = 'ffffffff-0000-4000-8000-000000000000';
      const other = configMap({ name: 'gone', namespace, uid });
      expect(await writer().update(other, { type: configMaps })).toMatchObject({
        kind: 'missing',
      });
    });

    it('counts generations of what is wanted only', async () => {
      const key = { name: 'generations', namespace };
      const first = written(
        await writer().apply(deployment(key, { replicas: 1 }), {
          type: deployments,
        }),
      );
      expect(first.metadata.generation).toBe(1);
      const labelled = written(
        await writer().apply(
          deployment({ ...key, labels: { a: 'b' } }, { replicas: 1 }),
          { type: deployments },
        ),
      );
      expect(labelled.metadata.generation).toBe(1);
      const scaled = written(
        await writer().apply(deployment(key, { replicas: 2 }), {
          type: deployments,
        }),
      );
      expect(scaled.metadata.generation).toBe(2);
    });

    it('counts no generation for plain data', async () => {
      const object = configMap({ name: 'plain', namespace });
      const outcome = await writer().create(object, { type: configMaps });
      expect(written(outcome).metadata.generation).toBeUndefined();
    });

    it('writes a status through its subresource only, and nothing else through that', async () => {
      const key = { name: 'status', namespace };
      const wanted = deployment(key, { replicas: 3 });
      const created = written(
        await writer().create(
          { ...wanted, status: { replicas: 7 } },
          { type: deployments },
        ),
      );
      expect(at(created, 'status', 'replicas')).toBeUndefined();
      const current = await found(world().cluster, deployments, key);
      const { resourceVersion: _version, ...metadata } = current.metadata;
      const outcome = await writer().update(
        {
          ...current,
          metadata,
          spec: { ...Object(current.spec), replicas: 9 },
          status: { conditions: [], collisionCount: 5 },
        },
        { type: deployments, subresource: 'status' },
      );
      expect(at(written(outcome), 'status', 'collisionCount')).toBe(5);
      expect(at(written(outcome), 'spec', 'replicas')).toBe(3);
      expect(written(outcome).metadata.generation).toBe(1);
    });

    it('shows in a dry run what would be, and leaves everything as it was', async () => {
      const { cluster } = world();
      const dry = cluster.writer({ fieldManager: 'contract', dryRun: true });
      const key = { name: 'dry', namespace };
      expect(
        await dry.create(configMap(key), { type: configMaps }),
      ).toMatchObject({ kind: 'written', created: true });
      expect(await cluster.get(configMaps, key)).toBeUndefined();

      const real = written(
        await writer().apply(configMap(key, { a: '1' }), { type: configMaps }),
      );
      const changed = await dry.apply(configMap(key, { a: '2' }), {
        type: configMaps,
        force: true,
      });
      expect(written(changed).data).toEqual({ a: '2' });
      const uid = real.metadata.uid ?? '';
      expect(await dry.delete(configMaps, key, { uid })).toEqual({
        kind: 'deleted',
      });
      const after = await found(cluster, configMaps, key);
      expect(after.metadata.resourceVersion).toBe(
        real.metadata.resourceVersion,
      );
    });

    it('answers a full quota with its sentence', async () => {
      const full = await world().namespace();
      await world().limitConfigMaps(full, 0);
      const object = configMap({ name: 'late', namespace: full });
      const outcome = await writer().create(object, { type: configMaps });
      expect(outcome).toMatchObject({
        kind: 'forbidden',
        message: expect.stringContaining('exceeded quota'),
      });
    });
  });
}
