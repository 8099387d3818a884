import { checkTenant, offboardedVolumes } from '@understage/plugin-paas-common';
import {
  liveTenantView,
  namespaceType,
  planTenantFor,
  volumeType,
} from '@understage/plugin-paas-node';
import { z } from 'zod';
import {
  createOperatorWorld,
  OperatorWorld,
} from './__testUtils__/createOperatorWorld';
import { killAfterEachWrite } from './__testUtils__/mortalOperator';
import { TenantsOf, tenantsOf } from './__testUtils__/tenantsOf';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(300_000);

let world: OperatorWorld;
let tenants: TenantsOf;
beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  });
  tenants = tenantsOf(world);
});
afterAll(() => world?.stop());

const kubectl = (args: readonly string[], stdin?: string) =>
  world.playground.kubectl(args, stdin);

const spec = `
  owner: group:default/team-shop
  members: [{ group: group:default/team-shop-admins, role: admin }]
  environments: [{ name: prod }]
  quota: { pods: 20, storage: 10Gi }
  deletionPolicy: Delete
`;

/** A class for each volume, so that a claim gets this one and no other. */
const volumeYaml = (name: string, more: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: ${name} }
spec:
  capacity: { storage: 1Gi }
  accessModes: [ReadWriteOnce]
  storageClassName: ${name}
  hostPath: { path: /tmp/understage-no-such-directory/${name} }
  ${more}
---
`;

const claimYaml = (namespace: string, name: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ${namespace}-${name}
  resources: { requests: { storage: 1Gi } }
---
`;

const volume = (name: string) => world.admin.get(volumeType, { name });
const namespace = (name: string) => world.admin.get(namespaceType, { name });

const withPhase = z.object({ status: z.object({ phase: z.string() }) });

const inPhase = (name: string, phase: string) =>
  waitFor(`volume ${name} to be ${phase}`, async () =>
    withPhase.safeParse(await volume(name)).data?.status.phase === phase
      ? true
      : undefined,
  );

const ready = (name: string) =>
  tenants.waitForStatus(name, 'ready', ({ state }) => state === 'Ready');

/** Claims in the namespace of a tenant with a volume each, one of which is kept when its claim goes, and one not. */
async function fill(tenant: string): Promise<void> {
  const policies = { kept: 'Retain', dropped: 'Delete' };
  const volumes = Object.entries(policies).map(([name, policy]) =>
    volumeYaml(`${tenant}-${name}`, `persistentVolumeReclaimPolicy: ${policy}`),
  );
  await kubectl(['apply', '-f', '-'], volumes.join(''));
  await kubectl(
    [
      ...['apply', '-f', '-'],
      `--as=system:serviceaccount:${tenant}:understage-deployer`,
    ],
    claimYaml(tenant, 'kept') + claimYaml(tenant, 'dropped'),
  );
  await inPhase(`${tenant}-kept`, 'Bound');
  await inPhase(`${tenant}-dropped`, 'Bound');
}

/** What a person is shown before the tenant goes. */
async function listed(name: string) {
  const checked = checkTenant(await tenants.get(name));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const { observed } = await planTenantFor({
    view: liveTenantView(world.admin),
    tenant: checked.value,
    offboard: true,
    now: () => new Date(),
  });
  return offboardedVolumes(checked.value, observed).map(each => [
    each.name,
    each.claim,
    each.reclaimPolicy,
  ]);
}

async function remove(name: string): Promise<void> {
  await kubectl([
    ...['annotate', 'tenant', name],
    `understage.dev/confirm-delete=${name}`,
  ]);
  await tenants.remove(name);
}

const isGone = async (name: string) => (await tenants.get(name)) === undefined;
const gone = (name: string) =>
  waitFor(
    `tenant ${name} to be gone`,
    async () => ((await isGone(name)) ? true : undefined),
    60_000,
  );

/** What has to be there once a tenant with such volumes is gone. */
async function expectOffboarded(tenant: string): Promise<void> {
  expect(await namespace(tenant)).toBeUndefined();
  expect(await tenants.clusterScoped(tenant)).toEqual([]);
  const kept = await volume(`${tenant}-kept`);
  expect([tenant, kept?.metadata.labels]).toEqual([
    tenant,
    { 'understage.dev/tenant': tenant },
  ]);
  await inPhase(`${tenant}-kept`, 'Released');
  await waitFor(`volume ${tenant}-dropped to be deleted`, async () =>
    (await volume(`${tenant}-dropped`)) === undefined ? true : undefined,
  );
}

describe('a tenant with volumes that goes with Delete', () => {
  it('takes namespaces and what is not kept along; what is kept says whose it was', async () => {
    // Left by a namespace of that name that was there before.
    const claimRef = `{ namespace: heir, name: kept, uid: 7b1ad1d5-5b1c-4b0c-9d6e-0d6f3d6f3d6f }`;
    await kubectl(
      ['apply', '-f', '-'],
      volumeYaml(
        'of-the-predecessor',
        `persistentVolumeReclaimPolicy: Retain\n  claimRef: ${claimRef}`,
      ),
    );
    await inPhase('of-the-predecessor', 'Released');
    const operator = await world.startOperator();
    await operator.leading();
    await tenants.apply('heir', spec);
    await ready('heir');
    await fill('heir');
    await waitFor('the volume to be labelled while it is in use', async () =>
      (await volume('heir-kept'))?.metadata.labels ? true : undefined,
    );
    expect(await listed('heir')).toEqual([
      ['heir-dropped', 'heir/dropped', 'Delete'],
      ['heir-kept', 'heir/kept', 'Retain'],
    ]);
    await expect(tenants.remove('heir')).rejects.toThrow('confirm');
    await remove('heir');
    await gone('heir');
    await expectOffboarded('heir');
    const stranger = await volume('of-the-predecessor');
    expect(stranger?.metadata.labels ?? {}).toEqual({});
    await operator.stop();
  });

  it('gets there whichever write the operator dies after', async () => {
    const nameOf = (k: number) => `killed-${k}`;
    const helper = await world.startOperator();
    await helper.leading();
    const names = Array.from({ length: 16 }, (_, index) => nameOf(index + 1));
    for (const name of names) await tenants.apply(name, spec);
    for (const name of names) await ready(name);
    await world.dropLease();
    await helper.stop();
    // Nobody has labelled these yet.
    for (const name of names) await fill(name);
    const last = await killAfterEachWrite(world, {
      nameOf,
      begin: remove,
      isOver: isGone,
    });
    const successor = await world.startOperator();
    await successor.leading();
    for (let k = 1; k <= last; k += 1) {
      await gone(nameOf(k));
      await expectOffboarded(nameOf(k));
    }
    await successor.stop();
    // Two labels, the namespace, four of the cluster, the finalizer.
    expect(last).toBeGreaterThan(8);
    expect(last).toBeLessThanOrEqual(names.length);
  });
});
