import fc from 'fast-check';
import { Application } from '../../schema/Application';
import { Action, Plan } from '../action';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { LABEL_COMPONENT } from '../labels';
import { renderApplication } from '../rendering/renderApplication';
import { resolveContext } from '../rendering/testing/resolveContext';
import { Snapshot } from '../snapshot';
import { arbitraryApplication } from '../../testing';
import { isWrite } from './describeAction';
import { isOwnedBy, isRetainedFor } from './ownership';
import { isWorkload } from './planContext';
import { planApplication } from './planApplication';
import { stampObject } from './stampObject';
import { arbitraryShop } from './testing/arbitraryApplications';
import { InMemoryWorld } from './testing/InMemoryWorld';

const owner = { uid: 'shop', name: 'shop' };

/** Every application has the uid `shop` here; only one of them stands in a world. */
function ownerOf(application: Application) {
  return { uid: owner.uid, name: application.metadata.name };
}

/** In this world, what runs is available at once. */
function availableIn(items: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(
    items
      .filter(item => isWorkload(item.kind))
      .map(item => item.metadata.labels?.[LABEL_COMPONENT] ?? ''),
  );
}

function complete(items: readonly KubeObject[]): Snapshot<KubeObject> {
  return { complete: true, items, at: '2026-11-23T00:00:00Z' };
}

function planFor(
  application: Application,
  snapshot: Snapshot<KubeObject>,
): Plan {
  const items = snapshot.complete ? snapshot.items : snapshot.seen;
  return planApplication({
    desired: renderApplication(application, resolveContext()),
    owner: ownerOf(application),
    snapshot,
    available: availableIn(items),
  });
}

function writesOf(plan: Plan): readonly Action[] {
  return plan.actions.filter(isWrite);
}

/** Plans and executes until there is nothing to write; what a controller does over time. */
function settle(application: Application, world: InMemoryWorld): void {
  for (let round = 0; round < 10; round += 1) {
    const writes = writesOf(planFor(application, complete(world.items())));
    if (writes.length === 0) return;
    writes.flatMap(action => world.steps(action)).forEach(step => step());
  }
  throw new Error('still writing after ten rounds');
}

/** What others do between two versions of an application. */
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

function pick<T>(all: readonly T[], index: number): T | undefined {
  return all.length === 0 ? undefined : all[index % all.length];
}

function tampered(object: KubeObject): KubeObject {
  const labels = { ...object.metadata.labels, 'understage.dev/tenant': 'x' };
  return { ...object, metadata: { ...object.metadata, labels } };
}

/** Objects of others, by what they leave on them. */
const strangers: readonly Partial<KubeObject['metadata']>[] = [
  { annotations: { whose: 'not yours' } },
  { annotations: { 'meta.helm.sh/release-name': 'shop' } },
  {
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'other',
        uid: 'other',
        controller: true,
      },
    ],
  },
  {
    ownerReferences: [
      {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Application',
        name: 'shop',
        uid: 'an-earlier-shop',
        controller: true,
      },
    ],
  },
  {
    labels: {
      'understage.dev/application': 'shop',
      'app.kubernetes.io/managed-by': 'understage',
    },
  },
];

function foreign(object: KubeObject, index: number): KubeObject {
  const { name, namespace } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { name, namespace, ...pick(strangers, index) },
    spec: { theirs: true },
  };
}

function interfere(
  world: InMemoryWorld,
  next: Application,
  { removed, tampered: touched, occupied }: Interference,
): void {
  for (const index of removed) {
    const key = pick(world.keys(), index);
    if (key !== undefined) world.remove(key);
  }
  for (const index of touched) {
    const key = pick(world.keys(), index);
    if (key !== undefined) world.tamper(key, tampered);
  }
  const wanted = renderApplication(next, resolveContext()).objects;
  const known = new Set(world.keys());
  const free = wanted.filter(({ object }) => !known.has(refKey(refOf(object))));
  for (const index of occupied) {
    const target = pick(free, index);
    if (target) world.put(foreign(target.object, index));
  }
}

/** An application that ran, was tampered with, and has a new version now. */
const arbitraryScene = fc
  .record({
    before: fc.option(arbitraryShop, { nil: undefined }),
    application: arbitraryShop,
    interference: arbitraryInterference,
  })
  .map(({ before, application, interference }) => {
    const world = new InMemoryWorld();
    if (before) settle(before, world);
    interfere(world, application, interference);
    return { world, application };
  });

function isOurs(object: KubeObject): boolean {
  return isOwnedBy(object, owner) || isRetainedFor(object, owner);
}

describe('planning, whatever the application and whatever was there', () => {
  it('has nothing to do once its plans are executed', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, application }) => {
        settle(application, world);
        expect(writesOf(planFor(application, complete(world.items())))).toEqual(
          [],
        );
      }),
    );
  });

  it('leaves exactly what was asked for, whatever was asked for before', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, application }) => {
        settle(application, world);
        const { actions } = planFor(application, complete(world.items()));
        const settled = new Set(
          actions
            .filter(action => action.kind === 'none')
            .map(action => refKey(action.ref)),
        );
        const desired = renderApplication(application, resolveContext());
        const kept = desired.objects.filter(({ object }) =>
          settled.has(refKey(refOf(object))),
        );
        const expected = kept.map(each => [
          refKey(refOf(each.object)),
          { sent: stampObject(each, owner) },
        ]);
        expect(world.contents()).toMatchObject(Object.fromEntries(expected));
      }),
    );
  });

  it('reaches the same end when it is killed after any write', () => {
    fc.assert(
      fc.property(arbitraryScene, fc.nat(), ({ world, application }, stop) => {
        const undisturbed = world.copy();
        settle(application, undisturbed);

        const steps = writesOf(
          planFor(application, complete(world.items())),
        ).flatMap(action => world.steps(action));
        steps.slice(0, stop % (steps.length + 1)).forEach(step => step());
        settle(application, world);

        expect(world.contents()).toEqual(undisturbed.contents());
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of what it sees', () => {
    fc.assert(
      fc.property(
        arbitraryScene.chain(scene =>
          fc.record({
            scene: fc.constant(scene),
            items: fc.shuffledSubarray([...scene.world.items()], {
              minLength: scene.world.items().length,
            }),
          }),
        ),
        ({ scene: { world, application }, items }) => {
          expect(planFor(application, complete(items))).toEqual(
            planFor(application, complete(world.items())),
          );
        },
      ),
    );
  });

  it('never deletes or replaces by what it saw only in part', () => {
    fc.assert(
      fc.property(
        arbitraryScene.chain(scene =>
          fc.record({
            application: fc.constant(scene.application),
            seen: fc.subarray([...scene.world.items()]),
          }),
        ),
        ({ application, seen }) => {
          const plan = planFor(application, {
            complete: false,
            seen,
            missing: ['the API server did not answer'],
          });
          const kinds = new Set(plan.actions.map(action => action.kind));
          expect([...kinds]).not.toContain('delete');
          expect([...kinds]).not.toContain('replace');
        },
      ),
    );
  });

  it('never touches what is not ours', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, application }) => {
        const foreignOnes = () => world.items().filter(item => !isOurs(item));
        const before = foreignOnes();
        settle(application, world);
        expect(foreignOnes()).toEqual(before);
      }),
    );
  });

  it('writes nothing while the application is paused or being deleted', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, application }) => {
        const snapshot = complete(world.items());
        const paused = {
          ...application,
          spec: { ...application.spec, paused: true },
        };
        const leaving = {
          ...application,
          metadata: {
            ...application.metadata,
            deletionTimestamp: '2026-11-23T00:00:00Z',
          },
        };
        expect(writesOf(planFor(paused, snapshot))).toEqual([]);
        expect(writesOf(planFor(leaving, snapshot))).toEqual([]);
      }),
    );
  });

  it('writes each object at most once in a pass', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, application }) => {
        const keys = writesOf(
          planFor(application, complete(world.items())),
        ).map(action => refKey(action.ref));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('settles for every application that is valid at all', () => {
    fc.assert(
      fc.property(arbitraryApplication(), application => {
        const world = new InMemoryWorld();
        settle(application, world);
        expect(writesOf(planFor(application, complete(world.items())))).toEqual(
          [],
        );
      }),
    );
  });

  it('never loses a volume that is to be retained', () => {
    fc.assert(
      fc.property(arbitraryScene, ({ world, application }) => {
        const volumes = () =>
          world
            .items()
            .filter(item => isRetainedFor(item, owner))
            .map(item => `${item.metadata.name} ${item.metadata.uid}`);
        const before = volumes();
        const retaining: Application = {
          ...application,
          spec: { ...application.spec, deletionPolicy: 'Retain' },
        };
        settle(retaining, world);
        expect(volumes()).toEqual(expect.arrayContaining(before));
      }),
    );
  });
});
