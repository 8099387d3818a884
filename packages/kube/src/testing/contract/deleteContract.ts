/* eslint-disable jest/no-export -- a contract is a suite that others call */
import { KubeObject } from '../../objects';
import { eventually } from '../eventually';
import { configMap, configMaps } from '../objects';
import { ContractWorld, found, written } from './contractWorld';

/** What deletion and garbage collection of every cluster do. */
export function deleteContract(world: () => ContractWorld): void {
  describe('deleting', () => {
    let namespace: string;
    const writer = () => world().cluster.writer({ fieldManager: 'contract' });
    const create = async (
      name: string,
      metadata: Partial<KubeObject['metadata']> = {},
    ) =>
      written(
        await writer().create(configMap({ name, namespace, ...metadata }), {
          type: configMaps,
        }),
      );
    const remove = (
      { metadata }: KubeObject,
      propagation?: 'Background' | 'Orphan',
    ) =>
      writer().delete(configMaps, metadata, {
        uid: metadata.uid ?? '',
        propagation,
      });
    const exists = async (name: string) =>
      (await world().cluster.get(configMaps, { namespace, name })) !==
      undefined;
    const ownedBy = (...owners: readonly KubeObject[]) => ({
      ownerReferences: owners.map(({ apiVersion, kind, metadata }) => ({
        apiVersion,
        kind,
        name: metadata.name,
        uid: metadata.uid ?? '',
      })),
    });

    beforeAll(async () => {
      namespace = await world().namespace();
    });

    it('deletes the object meant, and finds nothing the second time', async () => {
      const object = await create('plain');
      expect(await remove(object)).toEqual({ kind: 'deleted' });
      expect(await exists('plain')).toBe(false);
      expect(await remove(object)).toEqual({ kind: 'absent' });
    });

    it('spares an object of that name that came later', async () => {
      const first = await create('again');
      await remove(first);
      const second = await create('again');
      expect(second.metadata.uid).not.toBe(first.metadata.uid);
      expect(await remove(first)).toMatchObject({ kind: 'preconditionFailed' });
      expect(await exists('again')).toBe(true);
    });

    it('waits for finalizers', async () => {
      const finalizers = ['example.com/wait'];
      const object = await create('held', { finalizers });
      expect(await remove(object)).toEqual({ kind: 'deleted' });
      const held = await found(world().cluster, configMaps, object.metadata);
      expect(held.metadata.deletionTimestamp).toBeDefined();
      expect(await remove(object)).toEqual({ kind: 'deleted' });
      const { finalizers: _finalizers, ...metadata } = held.metadata;
      written(
        await writer().update({ ...held, metadata }, { type: configMaps }),
      );
      expect(await exists('held')).toBe(false);
    });

    it('takes what the deleted one owned with it, over several steps', async () => {
      const owner = await create('owner');
      const child = await create('child', ownedBy(owner));
      await create('grandchild', ownedBy(child));
      await create('bystander');
      await remove(owner);
      await eventually(
        'the grandchild is gone',
        async () => !(await exists('grandchild')),
      );
      expect(await exists('child')).toBe(false);
      expect(await exists('bystander')).toBe(true);
    });

    it('keeps what somebody else owns as well', async () => {
      const one = await create('one');
      const two = await create('two');
      await create('of-both', ownedBy(one, two));
      await create('of-one', ownedBy(one));
      await remove(one);
      await eventually(
        'the only child is gone',
        async () => !(await exists('of-one')),
      );
      expect(await exists('of-both')).toBe(true);
      await remove(two);
      await eventually(
        'the common child is gone',
        async () => !(await exists('of-both')),
      );
    });

    it('leaves orphans when asked to, without the reference', async () => {
      const owner = await create('leaving');
      const child = await create('orphan', ownedBy(owner));
      await remove(owner, 'Orphan');
      await eventually('the orphan has no owner', async () => {
        const orphan = await found(world().cluster, configMaps, child.metadata);
        return (orphan.metadata.ownerReferences ?? []).length === 0;
      });
      await eventually(
        'the owner is gone',
        async () => !(await exists('leaving')),
      );
      expect(await exists('orphan')).toBe(true);
    });
  });
}
