import fc from 'fast-check';
import { Tenant } from '../../schema/Tenant';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { isWrite } from '../planning';
import { renderTenant } from './renderTenant';
import { isOfTenant } from './tenantOwnership';
import { arbitraryTenant } from './testing/tenantOf';
import { foreignNamespace, leaving, TenantWorld } from './testing/TenantWorld';

const uid = 'uid-shop';
const isOurs = (object: KubeObject) => isOfTenant(object, uid);

function pick<T>(all: readonly T[], index: number): T | undefined {
  return all.length === 0 ? undefined : all[index % all.length];
}

/** What others do between two versions of a tenant. */
interface Interference {
  readonly removed: readonly number[];
  readonly tampered: readonly number[];
  readonly occupied: readonly number[];
}

const picks = fc.array(fc.nat(), { maxLength: 3 });
const arbitraryInterference: fc.Arbitrary<Interference> = fc.record({
  removed: picks,
  tampered: picks,
  occupied: picks,
});

function tampered(object: KubeObject): KubeObject {
  const labels = {
    ...object.metadata.labels,
    'pod-security.kubernetes.io/enforce': 'privileged',
    'understage.dev/environment': 'x',
  };
  return {
    ...object,
    metadata: { ...object.metadata, labels },
    ...('rules' in object && { rules: [{ verbs: ['*'] }] }),
  };
}

/** What strangers leave on objects at our names. */
const marks: readonly Partial<KubeObject['metadata']>[] = [
  {},
  { labels: { 'understage.dev/bundle': 'tenant' } },
  { labels: { 'understage.dev/tenant': 'shop' } },
  { annotations: { 'understage.dev/tenant-uid': 'uid-data' } },
  { annotations: { 'understage.dev/adopt': 'data' } },
  { annotations: { 'understage.dev/former-tenant': 'shop' } },
];

function foreign(object: KubeObject, index: number): KubeObject {
  const { name, namespace } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...pick(marks, index),
    },
    spec: { theirs: true },
  };
}

function interfere(
  world: TenantWorld,
  next: Tenant,
  { removed, tampered: touched, occupied }: Interference,
): void {
  const { objects } = world;
  for (const index of removed) {
    const key = pick(objects.keys(), index);
    if (key !== undefined) objects.remove(key);
  }
  for (const index of touched) {
    const key = pick(objects.keys(), index);
    if (key !== undefined) objects.tamper(key, tampered);
  }
  const wanted = renderTenant(next, { retainedVolumes: [] }).objects;
  const known = new Set(objects.keys());
  const free = wanted.filter(object => !known.has(refKey(refOf(object))));
  for (const index of occupied) {
    const target = pick(free, index);
    if (target) objects.put(foreign(target, index));
  }
}

/** A tenant that was there, was tampered with, and has a new version now; applications live in some of its namespaces. */
const arbitraryScene = fc
  .record({
    before: fc.option(arbitraryTenant, { nil: undefined }),
    tenant: arbitraryTenant,
    interference: arbitraryInterference,
    busy: fc.subarray(['shop', 'shop-dev', 'shop-test']),
  })
  .map(({ before, tenant, interference, busy }) => {
    const world = new TenantWorld({
      applications: new Map(busy.map(name => [name, 1])),
    });
    if (before) world.settle(before);
    interfere(world, tenant, interference);
    return { world, tenant, busy };
  });

describe('planning a tenant, whatever it is and whatever was there', () => {
  it('has nothing to do once its plans are executed', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, tenant }) => {
        world.settle(tenant);
        expect(world.writes(tenant)).toEqual([]);
      }),
    );
  });

  it('reaches the same end when it is killed after any write', () => {
    fc.assert(
      fc.property(arbitraryScene, fc.nat(), ({ world, tenant }, stop) => {
        const undisturbed = world.copy();
        undisturbed.settle(tenant);

        const steps = world.steps(world.writes(tenant));
        steps.slice(0, stop % (steps.length + 1)).forEach(step => step());
        world.settle(tenant);

        expect(world.objects.contents()).toEqual(
          undisturbed.objects.contents(),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of what it sees', () => {
    fc.assert(
      fc.property(
        arbitraryScene.chain(scene => {
          const items = [...scene.world.objects.items()];
          return fc.record({
            scene: fc.constant(scene),
            seen: fc.shuffledSubarray(items, { minLength: items.length }),
          });
        }),
        ({ scene: { world, tenant }, seen }) => {
          expect(world.plan(tenant, { seen })).toEqual(world.plan(tenant));
          const gone = leaving(tenant);
          expect(world.plan(gone, { seen })).toEqual(world.plan(gone));
        },
      ),
    );
  });

  it('never deletes or replaces by what it saw only in part', () => {
    fc.assert(
      fc.property(
        arbitraryScene.chain(({ world, tenant }) =>
          fc.record({
            world: fc.constant(world),
            tenant: fc.constantFrom(tenant, leaving(tenant)),
            seen: fc.subarray([...world.objects.items()]),
          }),
        ),
        ({ world, tenant, seen }) => {
          const { actions } = world.plan(tenant, { seen, complete: false });
          const kinds = actions.map(({ kind }) => kind);
          expect(kinds).not.toContain('delete');
          expect(kinds).not.toContain('replace');
          // To let go of a namespace is a loss too.
          const namespaces = actions.filter(
            action =>
              action.kind === 'update' && action.ref.kind === 'Namespace',
          );
          for (const action of namespaces) {
            expect(action).toMatchObject({
              object: {
                metadata: { labels: { 'understage.dev/tenant': 'shop' } },
              },
            });
          }
        },
      ),
    );
  });

  it('never touches what is not ours', () => {
    fc.assert(
      fc.property(
        arbitraryScene,
        fc.boolean(),
        ({ world, tenant, busy }, goes) => {
          const theirs = () =>
            world.objects.items().filter(item => 'theirs' in Object(item.spec));
          const before = theirs();
          const end = goes && busy.length === 0 ? leaving(tenant) : tenant;
          // What is deleted with its namespace was asked for by name.
          const policy = { ...end.spec, deletionPolicy: 'Retain' } as const;
          world.settle({ ...end, spec: policy });
          expect(theirs()).toEqual(before);
        },
      ),
    );
  });

  it('writes each object at most once in a pass', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, tenant }) => {
        const keys = world.writes(tenant).map(({ ref }) => refKey(ref));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('makes a namespace before anything in it, walls before doors', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const kinds = ['Namespace', 'NetworkPolicy', 'ResourceQuota'];
        const doors = ['ServiceAccount', 'RoleBinding'];
        const created = new TenantWorld()
          .writes(tenant)
          .filter(({ ref }) => !ref.kind.startsWith('Cluster'));
        const places = new Map<string, string[]>();
        created.forEach(({ ref }) => {
          const place = ref.namespace ?? ref.name;
          places.set(place, [...(places.get(place) ?? []), ref.kind]);
        });
        expect(places.size).toBe(tenant.spec.environments.length);
        for (const order of places.values()) {
          expect(order[0]).toBe('Namespace');
          const lastWall = Math.max(...kinds.map(k => order.lastIndexOf(k)));
          const firstDoor = Math.min(...doors.map(k => order.indexOf(k)));
          expect(lastWall).toBeLessThan(firstDoor);
        }
      }),
    );
  });

  it('lets go of no namespace in which applications live', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, tenant, busy }) => {
        const held = () =>
          world.objects
            .items()
            .filter(({ kind, metadata }) => {
              return kind === 'Namespace' && busy.includes(metadata.name);
            })
            .filter(isOurs)
            .map(({ metadata }) => `${metadata.name} ${metadata.uid}`);
        const before = held();
        world.settle(tenant);
        expect(held()).toEqual(expect.arrayContaining(before));
      }),
    );
  });
});

describe('offboarding, whatever the tenant', () => {
  const doors = ['RoleBinding', 'ServiceAccount'];
  const ownRoles = ['ClusterRole', 'ClusterRoleBinding'];

  it('leaves the walls and takes the doors under Retain, and nothing under Delete', () => {
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const world = new TenantWorld();
        world.settle(tenant);
        const kindsOf = () => world.objects.items().map(({ kind }) => kind);
        const before = kindsOf();
        world.settle(leaving(tenant));

        expect(world.plan(leaving(tenant)).actions).toEqual([]);
        expect(kindsOf()).toEqual(
          tenant.spec.deletionPolicy === 'Delete'
            ? []
            : before.filter(kind => ![...doors, ...ownRoles].includes(kind)),
        );
      }),
    );
  });

  it('reaches the same end when it is killed after any write', () => {
    fc.assert(
      fc.property(arbitraryScene, fc.nat(), ({ world, tenant }, stop) => {
        const undisturbed = world.copy();
        const gone = leaving(tenant);
        undisturbed.settle(gone);

        const steps = world.steps(world.writes(gone));
        steps.slice(0, stop % (steps.length + 1)).forEach(step => step());
        world.settle(gone);

        expect(world.objects.contents()).toEqual(
          undisturbed.objects.contents(),
        );
        expect(world.plan(gone).actions).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('ends what was begun only in part', () => {
    fc.assert(
      fc.property(arbitraryTenant, fc.nat(), (tenant, stop) => {
        const world = new TenantWorld();
        const steps = world.steps(world.writes(tenant));
        steps.slice(0, stop % (steps.length + 1)).forEach(step => step());
        world.settle(leaving(tenant));
        const left = world.objects.items().filter(isOurs);
        expect(left.map(({ kind }) => kind)).not.toContain('Namespace');
        for (const kind of [...doors, ...ownRoles]) {
          expect(left.map(each => each.kind)).not.toContain(kind);
        }
      }),
    );
  });

  it('frees the name: a successor that asks for the namespaces gets them, and is as good as the first', () => {
    fc.assert(
      fc.property(arbitraryTenant, first => {
        const world = new TenantWorld();
        const retained = {
          ...first,
          spec: { ...first.spec, deletionPolicy: 'Retain' as const },
        };
        world.settle(retained);
        world.settle(leaving(retained));

        const places = renderTenant(retained, {
          retainedVolumes: [],
        }).namespaces;
        const successor: Tenant = {
          ...retained,
          metadata: { ...retained.metadata, uid: 'uid-second' },
          spec: {
            ...retained.spec,
            environments: retained.spec.environments.map((each, index) => ({
              ...each,
              adopt: places[index].namespace,
            })),
          },
        };
        world.settle(successor);
        const kinds = world.plan(successor).actions.map(({ kind }) => kind);
        expect(new Set(kinds)).toEqual(new Set(['none']));
      }),
    );
  });

  it('is not stopped by a namespace of somebody else', () => {
    const world = new TenantWorld();
    world.objects.put(foreignNamespace('shop'));
    fc.assert(
      fc.property(arbitraryTenant, tenant => {
        const plan = world.plan(leaving(tenant));
        expect(plan.actions.filter(isWrite)).toEqual([]);
      }),
    );
  });
});
