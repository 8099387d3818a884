/* eslint-disable jest/no-export -- a contract is a suite that others call */
import { Impersonation } from '../../ports';
import { configMap, configMaps, deployments } from '../objects';
import { ContractWorld, written } from './contractWorld';

/** What acting as somebody else does, on every cluster. */
export function identityContract(world: () => ContractWorld): void {
  describe('acting as somebody else', () => {
    let namespace: string;
    let reader: Impersonation;

    beforeAll(async () => {
      namespace = await world().namespace();
      reader = await world().readerOf(namespace);
      const writer = world().cluster.writer({ fieldManager: 'contract' });
      const object = configMap({ name: 'visible', namespace });
      written(await writer.create(object, { type: configMaps }));
    });

    it('reads what the identity may read', async () => {
      const cluster = world().cluster.as(reader);
      const key = { namespace, name: 'visible' };
      expect(await cluster.get(configMaps, key)).toBeDefined();
      const { items } = await cluster.list(configMaps, { namespace });
      expect(items.map(item => item.metadata.name)).toContain('visible');
    });

    it.each([
      ['another kind', () => ({ type: deployments, namespace })],
      ['all namespaces', () => ({ type: configMaps, namespace: undefined })],
    ])('refuses %s', async (_what, query) => {
      const { type, namespace: where } = query();
      const cluster = world().cluster.as(reader);
      await expect(
        cluster.list(type, { namespace: where }),
      ).rejects.toMatchObject({
        name: 'KubeError',
        status: 403,
        message: expect.stringContaining(`User "${reader.user}" cannot list`),
      });
    });

    it('counts groups: without them there are no rights', async () => {
      const alone = world().cluster.as({ user: reader.user });
      await expect(alone.list(configMaps, { namespace })).rejects.toMatchObject(
        { status: 403 },
      );
    });

    it('answers a write that is not allowed as a value, whatever the verb', async () => {
      const writer = world().cluster.writer({
        fieldManager: 'contract',
        impersonate: reader,
      });
      const object = configMap({ name: 'refused', namespace });
      const refused = { kind: 'forbidden', message: expect.any(String) };
      const type = configMaps;
      expect(await writer.create(object, { type })).toMatchObject(refused);
      expect(await writer.apply(object, { type })).toMatchObject(refused);
      const visible = configMap({ name: 'visible', namespace });
      expect(await writer.update(visible, { type })).toMatchObject(refused);
      const uid = '00000000-0000-4000-8000-000000000000';
      expect(
        await writer.delete(type, visible.metadata, { uid }),
      ).toMatchObject(refused);
    });
  });
}
