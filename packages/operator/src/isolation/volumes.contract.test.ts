import { z } from 'zod';
import { waitFor } from '../__testUtils__/waitFor';
import { addressOf, create } from './__testUtils__/attack';
import {
  createIsolationWorld,
  IsolationWorld,
} from './__testUtils__/createIsolationWorld';
import { bindingPath, bindings } from './__testUtils__/policies';
import { volume } from './__testUtils__/scenery';

/** One class each, so that a claim can get one volume or none. */
const kept = volume('kept-for-shop', {
  tenant: 'shop',
  storageClass: 'of-shop',
});
const free = volume('free-for-all', { storageClass: 'of-nobody' });

const claim = (storageClass: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: storageClass, namespace: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: storageClass,
    resources: { requests: { storage: '1Gi' } },
  },
});

const claimSchema = z.object({ status: z.object({ phase: z.string() }) });

describe('the binder of the cluster, which looks for volumes by class and size', () => {
  let world: IsolationWorld;
  beforeAll(async () => {
    world = await createIsolationWorld();
    await world.act('admin', create(kept));
    await world.act('admin', create(free));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  const phaseOf = async (name: string) => {
    const path = addressOf(`v1 PersistentVolumeClaim data/${name}`);
    const { body } = await world.act('admin', { method: 'GET', path });
    return claimSchema.parse(body).status.phase;
  };
  const bound = (name: string) =>
    waitFor(`${name} to be bound`, async () =>
      (await phaseOf(name)) === 'Bound' ? true : undefined,
    );

  it("S3: gives no tenant's volume to a claim of another one", async () => {
    await world.act('foreignDeployer', create(claim('of-shop')));
    // Asked for later and served: by then it has looked for the first one too.
    await world.act('foreignDeployer', create(claim('of-nobody')));
    await bound('of-nobody');
    expect(await phaseOf('of-shop')).toBe('Pending');
  }, 60_000);

  it('would, without the policy', async () => {
    const name = 'understage-volumes';
    await world.act('admin', { method: 'DELETE', path: bindingPath(name) });
    try {
      // It goes on trying.
      await bound('of-shop');
    } finally {
      const body = bindings.find(({ metadata }) => metadata.name === name);
      const path = bindingPath();
      await world.act('admin', { method: 'POST', path, body });
    }
  }, 90_000);
});
