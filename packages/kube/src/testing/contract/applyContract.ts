/* eslint-disable jest/no-export -- a contract is a suite that others call */
import { KubeObject, ResourceType } from '../../objects';
import { WriteOutcome } from '../../ports';
import {
  at,
  configMap,
  configMaps,
  deployment,
  deployments,
  services,
} from '../objects';
import { ContractWorld, found, written } from './contractWorld';

function environment(object: KubeObject): unknown {
  return at(object, 'spec', 'template', 'spec', 'containers', 0, 'env');
}

/** What server-side apply of every KubeWriter does. */
export function applyContract(world: () => ContractWorld): void {
  describe('applying', () => {
    let namespace: string;
    const apply = (
      manager: string,
      object: KubeObject,
      options: {
        type?: ResourceType;
        force?: boolean;
        ifAbsent?: boolean;
      } = {},
    ): Promise<WriteOutcome> =>
      world()
        .cluster.writer({ fieldManager: manager })
        .apply(object, { type: options.type ?? configMaps, ...options });
    const read = (name: string, type = configMaps) =>
      found(world().cluster, type, { namespace, name });

    beforeAll(async () => {
      namespace = await world().namespace();
    });

    it('creates, then leaves alone what is already so', async () => {
      const object = configMap({ name: 'idle', namespace }, { a: '1' });
      const first = await apply('x', object);
      expect(first).toMatchObject({ kind: 'written', created: true });
      const second = await apply('x', object);
      expect(second).toMatchObject({ kind: 'written', created: false });
      expect(written(second).metadata.resourceVersion).toBe(
        written(first).metadata.resourceVersion,
      );
    });

    it('takes away what the same manager leaves out', async () => {
      const key = { name: 'less', namespace };
      const labels = { team: 'shop', tier: 'web' };
      await apply('x', configMap({ ...key, labels }, { a: '1', b: '2' }));
      await apply(
        'x',
        configMap({ ...key, labels: { tier: 'web' } }, { b: '2' }),
      );
      const object = await read('less');
      expect(object.data).toEqual({ b: '2' });
      expect(object.metadata.labels).toEqual({ tier: 'web' });
    });

    it('leaves what others put there', async () => {
      const key = { name: 'shared', namespace };
      await apply('x', configMap(key, { a: '1' }));
      await apply('y', configMap(key, { b: '2' }));
      await apply('x', configMap(key, { c: '3' }));
      expect((await read('shared')).data).toEqual({ b: '2', c: '3' });
    });

    it('answers a field of another manager as a conflict that names it', async () => {
      const key = { name: 'theirs', namespace };
      await apply('owner', configMap(key, { a: '1' }));
      expect(await apply('thief', configMap(key, { a: '2' }))).toMatchObject({
        kind: 'conflict',
        managers: ['owner'],
        message: expect.stringContaining('.data.a'),
      });
      expect((await read('theirs')).data).toEqual({ a: '1' });
    });

    it('takes a field over by force, and then it is the other who conflicts', async () => {
      const key = { name: 'forced', namespace };
      await apply('first', configMap(key, { a: '1' }));
      expect(
        await apply('second', configMap(key, { a: '2' }), { force: true }),
      ).toMatchObject({ kind: 'written' });
      expect(await apply('first', configMap(key, { a: '1' }))).toMatchObject({
        kind: 'conflict',
        managers: ['second'],
      });
      await apply('second', configMap(key));
      expect((await read('forced')).data ?? {}).toEqual({});
    });

    it('lets two managers want the same, and keeps it until neither does', async () => {
      const key = { name: 'both', namespace };
      await apply('x', configMap(key, { a: '1' }));
      expect(
        await apply('y', configMap(key, { a: '1' }), { force: true }),
      ).toMatchObject({ kind: 'written' });
      await apply('x', configMap(key));
      expect((await read('both')).data).toEqual({ a: '1' });
      await apply('y', configMap(key));
      expect((await read('both')).data ?? {}).toEqual({});
    });

    it('takes the creator of an object for another manager than the applier of the same name', async () => {
      const object = configMap({ name: 'created', namespace }, { a: '1' });
      const writer = world().cluster.writer({ fieldManager: 'same' });
      written(await writer.create(object, { type: configMaps }));
      expect(
        await apply('same', { ...object, data: { a: '2' } }),
      ).toMatchObject({ kind: 'conflict', managers: ['same'] });
    });

    it('owns what an update changed', async () => {
      const key = { name: 'updated', namespace };
      const first = written(
        await apply('x', configMap(key, { a: '1', b: '1' })),
      );
      const editor = world().cluster.writer({ fieldManager: 'editor' });
      written(
        await editor.update(
          { ...first, data: { a: '2', b: '1' } },
          { type: configMaps },
        ),
      );
      expect(
        await apply('x', configMap(key, { a: '1', b: '1' })),
      ).toMatchObject({ kind: 'conflict', managers: ['editor'] });
      expect(await apply('x', configMap(key, { b: '2' }))).toMatchObject({
        kind: 'written',
      });
      expect((await read('updated')).data).toEqual({ a: '2', b: '2' });
    });

    it('merges containers and their variables by name', async () => {
      const key = { name: 'merged', namespace };
      const type = deployments;
      const one = [{ name: 'A', value: '1' }];
      const two = [{ name: 'B', value: '2' }];
      await apply('x', deployment(key, { env: one }), { type });
      await apply('y', deployment(key, { env: two }), { type });
      expect(environment(await read('merged', type))).toEqual([...one, ...two]);
      await apply('x', deployment(key), { type });
      expect(environment(await read('merged', type))).toEqual(two);
    });

    it('merges the ports of a Service by number and protocol', async () => {
      const service = (ports: readonly object[]): KubeObject => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'ports', namespace },
        spec: { selector: { app: 'web' }, ports },
      });
      const type = services;
      const web = { name: 'web', port: 80, protocol: 'TCP' };
      const dns = { name: 'dns', port: 80, protocol: 'UDP' };
      await apply('x', service([web]), { type });
      await apply('y', service([dns]), { type });
      const ports = at(await read('ports', type), 'spec', 'ports');
      expect(ports).toMatchObject([web, dns]);
    });

    it('merges finalizers as a set', async () => {
      const object = (finalizer: string) =>
        configMap({ name: 'final', namespace, finalizers: [finalizer] });
      written(await apply('x', object('example.com/x')));
      written(await apply('y', object('example.com/y')));
      expect((await read('final')).metadata.finalizers).toEqual([
        'example.com/x',
        'example.com/y',
      ]);
      await apply('x', configMap({ name: 'final', namespace }));
      expect((await read('final')).metadata.finalizers).toEqual([
        'example.com/y',
      ]);
    });

    it('counts a uid and a version that are sent as preconditions', async () => {
      const key = { name: 'precise', namespace };
      const first = written(await apply('x', configMap(key, { a: '1' })));
      const uid = 'ffffffff-0000-4000-8000-000000000000';
      expect(
        await apply('x', configMap({ ...key, uid }, { a: '2' })),
      ).toMatchObject({ kind: 'missing' });
      expect(
        await apply('x', configMap({ name: 'absent', namespace, uid })),
      ).toMatchObject({ kind: 'missing' });
      written(await apply('x', configMap(key, { a: '3' })));
      const { resourceVersion } = first.metadata;
      expect(
        await apply('x', configMap({ ...key, resourceVersion }, { a: '4' })),
      ).toMatchObject({ kind: 'conflict', managers: [] });
    });

    describe('only where nothing is', () => {
      const creating = { ifAbsent: true } as const;

      it('creates, owned as by every apply', async () => {
        const key = { name: 'fresh', namespace };
        const object = configMap(key, { a: '1', b: '2' });
        expect(await apply('x', object, creating)).toMatchObject({
          kind: 'written',
          created: true,
        });
        await apply('x', configMap(key, { b: '2' }));
        expect((await read('fresh')).data).toEqual({ b: '2' });
      });

      it.each([
        ['with the same content', { a: '1' }],
        ['with other content', { a: '2' }],
        ['with further content', { a: '1', b: '2' }],
      ])(
        'merges nothing into an object that is there: %s',
        async (what, data) => {
          const key = { name: `there-${what.split(' ')[2]}`, namespace };
          const before = written(await apply('x', configMap(key, { a: '1' })));
          for (const manager of ['x', 'y']) {
            for (const force of [false, true]) {
              expect(
                await apply(manager, configMap(key, data), {
                  ...creating,
                  force,
                }),
              ).toMatchObject({ kind: 'conflict' });
            }
          }
          expect((await read(key.name)).metadata.resourceVersion).toBe(
            before.metadata.resourceVersion,
          );
        },
      );

      it('knows a name that has uid in it from a uid that does not fit', async () => {
        const object = configMap({ name: 'fluid-precondition', namespace });
        written(await apply('x', object));
        expect(await apply('x', object, creating)).toMatchObject({
          kind: 'conflict',
          managers: [],
        });
      });

      it('lets one of many create', async () => {
        const object = configMap({ name: 'race', namespace }, { a: '1' });
        const outcomes = await Promise.all(
          Array.from({ length: 8 }, (_, n) => apply(`x${n}`, object, creating)),
        );
        expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
          ...Array.from({ length: 7 }, () => 'conflict'),
          'written',
        ]);
      });

      it('does so for kinds with rules of their own', async () => {
        const key = { name: 'kinds', namespace };
        const service: KubeObject = {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: key,
          spec: { ports: [{ port: 80 }] },
        };
        for (const [object, type] of [
          [service, services],
          [deployment(key), deployments],
        ] as const) {
          const options = { ...creating, type };
          expect(await apply('x', object, options)).toMatchObject({
            kind: 'written',
            created: true,
          });
          expect(await apply('y', object, options)).toMatchObject({
            kind: 'conflict',
          });
        }
      });
    });

    it('applies a status beside what is wanted, and only to what is there', async () => {
      const key = { name: 'reported', namespace };
      const writer = world().cluster.writer({ fieldManager: 'reporter' });
      const report: KubeObject = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: key,
        status: { collisionCount: 4 },
      };
      const options = { type: deployments, subresource: 'status' } as const;
      expect(await writer.apply(report, options)).toMatchObject({
        kind: 'missing',
      });
      await apply('x', deployment(key), { type: deployments });
      expect(await writer.apply(report, options)).toMatchObject({
        kind: 'written',
      });
      await apply('x', deployment(key, { replicas: 2 }), { type: deployments });
      const object = await read('reported', deployments);
      expect(at(object, 'status', 'collisionCount')).toBe(4);
      expect(at(object, 'spec', 'replicas')).toBe(2);
    });
  });
}
