import * as fc from 'fast-check';
import { KubeError } from '../errors';
import { InMemoryKube } from '../memory/inMemoryKube';
import { KubeObject } from '../objects';
import { ManualTiming, settle } from '../testing/manualTiming';
import { configMap, configMaps } from '../testing/objects';
import { createReflector } from './createReflector';
import { StoreEvent } from './objectStore';

/** What may happen to a cluster and to the way to it. */
type Step =
  | { readonly kind: 'put'; readonly name: string; readonly value: string }
  | { readonly kind: 'remove' | 'recreate'; readonly name: string }
  | { readonly kind: 'cut' | 'compact' | 'bookmark' }
  | { readonly kind: 'refuse'; readonly status: number; readonly times: number }
  | { readonly kind: 'wait'; readonly ms: number };

const name = fc.constantFrom('a', 'b', 'c', 'd');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    name,
    value: fc.constantFrom('1', '2', '3'),
  }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'recreate' as const),
    name,
  }),
  fc.record({
    kind: fc.constantFrom(
      'cut' as const,
      'compact' as const,
      'bookmark' as const,
    ),
  }),
  fc.record({
    kind: fc.constant('refuse' as const),
    status: fc.constantFrom(410, 429, 500, 503),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(0, 100, 1_000, 40_000),
  }),
);

class World {
  readonly timing = new ManualTiming();
  #refusals: number[] = [];
  readonly kube = new InMemoryKube({
    now: this.timing.now,
    fault: ({ verb }) => {
      if (verb !== 'list' && verb !== 'watch') return;
      const status = this.#refusals.shift();
      if (status !== undefined) throw new KubeError('injected', { status });
    },
  });

  async take(what: Step): Promise<void> {
    switch (what.kind) {
      case 'put':
        this.#put(what.name, what.value);
        break;
      case 'remove':
        await this.#remove(what.name);
        break;
      case 'recreate':
        await this.#remove(what.name);
        this.#put(what.name, 'new');
        break;
      case 'cut':
        this.kube.closeWatches();
        break;
      case 'compact':
        this.kube.compact();
        break;
      case 'bookmark':
        this.kube.bookmark();
        break;
      case 'refuse':
        this.#refusals.push(...Array(what.times).fill(what.status));
        break;
      default:
        await this.timing.advance(what.ms);
    }
  }

  calm(): Promise<void> {
    this.#refusals = [];
    return this.timing.advance(120_000);
  }

  #put(key: string, value: string): void {
    const metadata = { name: key, namespace: 'shop' };
    this.kube.seed(configMaps, configMap(metadata, { value }));
  }

  async #remove(key: string): Promise<void> {
    const metadata = { name: key, namespace: 'shop' };
    const uid = (await this.kube.get(configMaps, metadata))?.metadata.uid ?? '';
    await this.kube
      .writer({ fieldManager: 'test' })
      .delete(configMaps, metadata, { uid });
  }
}

/** What somebody believes who only listens to the events; fails on an event that makes no sense. */
function believe(beliefs: Map<string, KubeObject>, event: StoreEvent): void {
  const key = event.object.metadata.name;
  const before = beliefs.get(key);
  if (event.type === 'added') {
    expect(before).toBeUndefined();
    beliefs.set(key, event.object);
  } else if (event.type === 'updated') {
    expect(before).toBe(event.previous);
    expect(before?.metadata.uid).toBe(event.object.metadata.uid);
    beliefs.set(key, event.object);
  } else {
    expect(before?.metadata.uid).toBe(event.object.metadata.uid);
    beliefs.delete(key);
  }
}

const sorted = (objects: Iterable<KubeObject>) =>
  [...objects].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));

describe('whatever happens on the way', () => {
  it.each(['watchList', 'pages'] as const)(
    'the cache, and whoever listened to it, end with what the cluster has (%s)',
    async initialState => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 40 }),
          fc.double({ min: 0, max: 0.999, noNaN: true }),
          async (steps, chance) => {
            const world = new World();
            world.timing.chance = chance;
            const beliefs = new Map<string, KubeObject>();
            const reflector = createReflector({
              reader: world.kube,
              type: configMaps,
              timing: world.timing,
              initialState,
              onEvent: event => believe(beliefs, event),
            });
            const abort = new AbortController();
            const ended = reflector.run(abort.signal);
            for (const each of steps) {
              await world.take(each);
              if (each.kind === 'put') await settle();
            }
            await world.calm();
            const { items } = await world.kube.list(configMaps);
            expect(sorted(reflector.store.list())).toEqual(sorted(items));
            expect(sorted(beliefs.values())).toEqual(sorted(items));
            expect(reflector.stats()).toMatchObject({
              connected: true,
              handlerErrors: 0,
            });
            abort.abort();
            await ended;
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
