import { createReflector } from '@understage/kube';
import {
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
} from '@understage/plugin-paas-node';
import {
  createOperatorWorld,
  OperatorWorld,
} from './__testUtils__/createOperatorWorld';
import {
  killAfterEachWrite as killAfterEach,
  Mortality,
} from './__testUtils__/mortalOperator';
import { TenantsOf, tenantsOf } from './__testUtils__/tenantsOf';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

let world: OperatorWorld;
let tenants: TenantsOf;
beforeAll(async () => {
  world = await createOperatorWorld({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  });
  tenants = tenantsOf(world);
});
afterAll(() => world?.stop());

const ready = (name: string) =>
  tenants.waitForStatus(name, 'ready', ({ state }) => state === 'Ready');

const killAfterEachWrite = (
  nameOf: Mortality['nameOf'],
  begin: Mortality['begin'],
  isOver: Mortality['isOver'],
) => killAfterEach(world, { nameOf, begin, isOver });

const isGone = (name: string) =>
  waitFor(`${name} to be gone`, async () =>
    (await tenants.get(name)) === undefined ? true : undefined,
  );

async function contentOf(name: string): Promise<readonly string[]> {
  const bundle = await tenants.bundle(name);
  const around = await tenants.clusterScoped(name);
  return [...bundle.keys(), ...around.map(text => text.replace(name, 'NAME'))];
}

/** Every uid that an object of a bundle ever had, by kind and name. */
function watchBirths() {
  const births = new Map<string, Set<string>>();
  const watching = new AbortController();
  const ended = Promise.all(
    [namespaceType, ...namespacedBundleKinds, ...clusterBundleKinds].map(type =>
      createReflector({
        reader: world.admin,
        type,
        onEvent: ({ object: { kind, metadata } }) => {
          const key = `${kind} ${metadata.namespace}/${metadata.name}`;
          const uids = births.get(key) ?? new Set();
          births.set(key, uids.add(metadata.uid ?? ''));
        },
      }).run(watching.signal),
    ),
  );
  return {
    births,
    stop: async () => {
      watching.abort();
      await ended;
    },
  };
}

describe('an operator that is killed after any single write', () => {
  it('of a new tenant: its successor brings about the same, and makes nothing twice', async () => {
    const watched = watchBirths();
    const nameOf = (k: number) => `born-${k}`;
    const last = await killAfterEachWrite(
      nameOf,
      name => tenants.apply(name),
      async name => (await tenants.status(name))?.state === 'Ready',
    );
    const successor = await world.startOperator();
    await successor.leading();
    const names = Array.from({ length: last }, (_, index) => nameOf(index + 1));
    for (const name of names) await ready(name);
    await successor.stop();
    await watched.stop();

    const reference = await contentOf(nameOf(last));
    expect(reference.length).toBe(18);
    for (const name of names) expect(await contentOf(name)).toEqual(reference);
    const twice = [...watched.births].filter(([, uids]) => uids.size > 1);
    expect(twice).toEqual([]);
    // Each object, the finalizer, and what is told meanwhile.
    expect(last).toBeGreaterThan(18);
  });

  it('of a tenant that leaves: its successor lets go of it', async () => {
    const nameOf = (k: number) => `gone-${k}`;
    const helper = await world.startOperator();
    await helper.leading();
    const names = Array.from({ length: 20 }, (_, index) => nameOf(index + 1));
    for (const name of names) await tenants.apply(name);
    for (const name of names) await ready(name);
    await helper.stop();
    const last = await killAfterEachWrite(
      nameOf,
      name => tenants.remove(name),
      async name => (await tenants.get(name)) === undefined,
    );
    const successor = await world.startOperator();
    await successor.leading();
    for (let k = 1; k <= last; k += 1) {
      await isGone(nameOf(k));
      const left = await contentOf(nameOf(k));
      expect([k, ...left]).toEqual([
        k,
        'ResourceQuota/understage-quota',
        'LimitRange/understage-limits',
        'NetworkPolicy/understage-default-deny',
        'NetworkPolicy/understage-dns',
      ]);
    }
    await successor.stop();
    expect(last).toBeGreaterThan(12);
  });
});

describe('two operators', () => {
  it('make one tenant of each, by the one that leads', async () => {
    const leader = await world.startOperator();
    await leader.leading();
    const follower = await world.startOperator();
    await follower.operator.ready();
    await tenants.apply('shared');
    await ready('shared');
    expect(follower.writes()).toBe(0);
    expect(follower.operator.isLeader()).toBe(false);
    await leader.stop();
    await follower.stop();
  });

  it('of which the leader is deposed in the middle: it writes nothing more, the other goes on', async () => {
    let deposed = false;
    let late = 0;
    let isLeading = () => false;
    const first = await world.startOperator({
      through: cluster => ({
        ...cluster,
        writer: options => {
          const inner = cluster.writer(options);
          // What is only tried is not held up.
          if (options.dryRun) return inner;
          return {
            create: (...args) => inner.create(...args),
            delete: (...args) => inner.delete(...args),
            // The lease is renewed by updates: from now on that fails, as behind a cut line.
            update: (object, how) =>
              deposed && object.kind === 'Lease'
                ? Promise.reject(new Error('cut'))
                : inner.update(object, how),
            apply: async (object, how) => {
              if (object.metadata.namespace === 'deposed') deposed = true;
              if (deposed && !how.signal?.aborted) {
                // Held until the term is over.
                await waitFor('the end of the term', () =>
                  how.signal?.aborted ? true : undefined,
                );
              }
              if (deposed) late += isLeading() ? 1 : 0;
              return inner.apply(object, how);
            },
          };
        },
      }),
    });
    await first.leading();
    isLeading = () => first.operator.isLeader();
    const second = await world.startOperator();
    await second.operator.ready();
    await tenants.apply('deposed');
    await ready('deposed');
    expect(second.operator.isLeader()).toBe(true);
    expect(late).toBe(0);
    expect((await contentOf('deposed')).length).toBe(18);
    await second.stop();
    await first.stop();
  });
});
