import { KubeError } from '../errors';
import { InMemoryKube } from '../memory/inMemoryKube';
import { KubeObject } from '../objects';
import { KubeReader, WatchEvent, WatchOptions } from '../ports';
import { ManualTiming, settle } from '../testing/manualTiming';
import { configMap, configMaps } from '../testing/objects';
import { createReflector, ReflectorOptions } from './createReflector';
import { StoreEvent } from './objectStore';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

const brief = (event: StoreEvent) =>
  `${event.type} ${event.object.metadata.name}`;

/** A running reflector of an in-memory cluster, whose reader may be bent. */
function start(
  options: Partial<ReflectorOptions> & {
    readonly bend?: (reader: KubeReader) => Partial<KubeReader>;
    readonly kube?: InMemoryKube;
  } = {},
) {
  const timing = new ManualTiming();
  const kube = options.kube ?? new InMemoryKube({ now: timing.now });
  const told: string[] = [];
  const errors: unknown[] = [];
  const straight: KubeReader = {
    get: kube.get.bind(kube),
    list: kube.list.bind(kube),
    listPage: kube.listPage.bind(kube),
    watch: kube.watch.bind(kube),
  };
  const reflector = createReflector({
    type: configMaps,
    timing,
    onEvent: event => told.push(brief(event)),
    onError: error => errors.push(error),
    ...options,
    reader: { ...straight, ...options.bend?.(straight) },
  });
  const abort = new AbortController();
  const ended = reflector.run(abort.signal);
  const stop = async () => {
    abort.abort();
    await ended;
  };
  stops.push(stop);
  const put = (name: string, data = {}) =>
    kube.seed(configMaps, configMap({ name, namespace: 'shop' }, data));
  const remove = async (name: string) => {
    const key = { namespace: 'shop', name };
    const uid = (await kube.get(configMaps, key))?.metadata.uid ?? '';
    await kube
      .writer({ fieldManager: 'test' })
      .delete(configMaps, key, { uid });
  };
  const names = () => reflector.store.list().map(item => item.metadata.name);
  return { reflector, kube, timing, told, errors, stop, put, remove, names };
}

/** A watch that breaks with these errors, one a time, and then works. */
function breaking(...errors: readonly unknown[]) {
  const left = [...errors];
  return (reader: KubeReader): Partial<KubeReader> => ({
    watch: (type, options) => {
      const error = left.shift();
      if (error === undefined) return reader.watch(type, options);
      return {
        // eslint-disable-next-line require-yield
        async *[Symbol.asyncIterator](): AsyncGenerator<WatchEvent> {
          throw error;
        },
      };
    },
  });
}

const refused = (status: number, retryAfterMs?: number) =>
  new KubeError(`injected ${status}`, { status, retryAfterMs });

describe('createReflector', () => {
  it('keeps a copy and tells every change once, after the store holds it', async () => {
    const seen: (string | undefined)[] = [];
    const { reflector, put, remove, told } = start({
      onEvent: undefined,
    });
    expect(told).toEqual([]);
    put('a');
    await settle();
    expect(reflector.store.size).toBe(1);
    await remove('a');
    await settle();
    expect(reflector.store.size).toBe(0);

    const second = start({
      onEvent: event =>
        seen.push(
          `${event.type} ${
            second.reflector.store.get(event.object.metadata)?.data
              ? 'held'
              : 'gone'
          }`,
        ),
    });
    second.put('a', { x: '1' });
    await settle();
    second.put('a', { x: '2' });
    await settle();
    await second.remove('a');
    await settle();
    expect(seen).toEqual(['added held', 'updated held', 'deleted gone']);
  });

  it('hands the previous object over with an update', async () => {
    const updates: StoreEvent[] = [];
    const { put } = start({ onEvent: event => updates.push(event) });
    put('a', { x: '1' });
    await settle();
    put('a', { x: '2' });
    await settle();
    expect(updates[1]).toMatchObject({
      type: 'updated',
      previous: { data: { x: '1' } },
      object: { data: { x: '2' } },
    });
  });

  it.each(['watchList', 'pages'] as const)(
    'keeps only what the projection leaves, at first and later (%s)',
    async initialState => {
      const kube = new InMemoryKube();
      kube.seed(configMaps, configMap({ name: 'old' }, { secret: 'x' }));
      const { reflector, put } = start({
        kube,
        initialState,
        project: ({ apiVersion, kind, metadata }) => ({
          apiVersion,
          kind,
          metadata,
        }),
      });
      await settle();
      put('new', { secret: 'y' });
      await settle();
      expect(reflector.store.size).toBe(2);
      expect(reflector.store.list().map(item => item.data)).toEqual([
        undefined,
        undefined,
      ]);
    },
  );

  it('reads pages of 500', async () => {
    const kube = new InMemoryKube();
    for (let index = 0; index < 1200; index += 1) {
      kube.seed(configMaps, configMap({ name: `c-${index}` }));
    }
    const { reflector } = start({ kube, initialState: 'pages' });
    await reflector.waitForSync();
    expect(reflector.store.size).toBe(1200);
    expect(kube.requests('list')).toBe(3);
  });

  it('reads pages, for good, from a server that does not offer WatchList', async () => {
    const asked: boolean[] = [];
    const { reflector, kube, timing, put, names } = start({
      bend: reader => ({
        watch: (type, options: WatchOptions) => {
          asked.push(options.sendInitialEvents ?? false);
          if (options.sendInitialEvents) throw refused(422);
          return reader.watch(type, options);
        },
      }),
    });
    put('a');
    await reflector.waitForSync();
    expect(reflector.stats()).toMatchObject({ restarts: 0, relists: 0 });
    kube.closeWatches();
    put('b');
    kube.compact();
    await timing.advance(2_000);
    expect(names()).toEqual(['a', 'b']);
    expect(asked).toEqual([true, false, false, false]);
  });

  it('asks for bookmarks and a time-out between 5 and 10 minutes', async () => {
    const asked: number[] = [];
    const { kube, timing } = start({
      bend: reader => ({
        watch: (type, options) => {
          asked.push(options.timeoutSeconds);
          return reader.watch(type, options);
        },
      }),
    });
    await settle();
    timing.chance = 0;
    kube.closeWatches();
    await timing.advance(1);
    timing.chance = 0.999;
    kube.closeWatches();
    await timing.advance(1_000);
    expect(asked).toEqual([450, 300, 600]);
  });

  describe('after an interruption', () => {
    it('goes on where it was, without telling anything twice', async () => {
      const { kube, timing, told, put, reflector } = start();
      put('a');
      await settle();
      kube.closeWatches();
      put('b');
      await timing.advance(1_000);
      expect(told).toEqual(['added a', 'added b']);
      expect(reflector.stats()).toMatchObject({ relists: 0, connected: true });
    });

    it.each([
      ['at the start of a watch', 'watchList'],
      ['at the start of a watch', 'pages'],
    ] as const)(
      'relists when its version is forgotten %s (%s), and tells what is gone',
      async (_where, initialState) => {
        const world = start({ initialState });
        const { kube, timing, told, put, remove, reflector } = world;
        put('stays');
        put('goes');
        await settle();
        kube.closeWatches();
        await remove('goes');
        put('comes');
        kube.compact();
        await timing.advance(2_000);
        expect(told.slice(2)).toEqual(['deleted goes', 'added comes']);
        expect(reflector.stats()).toMatchObject({ relists: 1, restarts: 1 });
      },
    );

    it('relists after an ERROR event in the middle of a watch', async () => {
      const { kube, timing, told, put, remove } = start();
      put('goes');
      await settle();
      kube.compact();
      await settle();
      expect(told).toEqual(['added goes']);
      put('late');
      await settle();
      await remove('goes');
      kube.compact();
      await timing.advance(5_000);
      expect(told).toEqual(['added goes', 'added late', 'deleted goes']);
    });

    it('begins the list anew when it expires between two pages', async () => {
      const kube = new InMemoryKube();
      for (let index = 0; index < 700; index += 1) {
        kube.seed(configMaps, configMap({ name: `c-${index}` }));
      }
      let expired = 0;
      const { reflector, timing } = start({
        kube,
        initialState: 'pages',
        bend: reader => ({
          listPage: async (type, options) => {
            if (options.continue && expired === 0) {
              expired += 1;
              throw refused(410);
            }
            return reader.listPage(type, options);
          },
        }),
      });
      await settle();
      expect(reflector.snapshot().complete).toBe(false);
      await timing.advance(1_000);
      expect(reflector.store.size).toBe(700);
      expect(reflector.stats()).toMatchObject({ restarts: 1, relists: 0 });
    });

    it('takes nothing from a WatchList that ended too early', async () => {
      let early = true;
      const { reflector, timing, errors, put, names } = start({
        bend: reader => ({
          async *watch(type, options) {
            for await (const event of reader.watch(type, options)) {
              if (early && event.type === 'BOOKMARK') return;
              yield event;
            }
          },
        }),
      });
      put('a');
      await settle();
      expect(reflector.snapshot()).toMatchObject({ complete: false, seen: [] });
      expect(String(errors[0])).toContain('ended before all of them had come');
      early = false;
      await timing.advance(1_000);
      expect(names()).toEqual(['a']);
    });

    it('tells a new object of an old name as a deletion and an addition', async () => {
      const { kube, timing, told, put, remove } = start();
      put('a');
      await settle();
      kube.closeWatches();
      await remove('a');
      put('a');
      kube.compact();
      await timing.advance(2_000);
      expect(told).toEqual(['added a', 'deleted a', 'added a']);
    });

    it.each([
      ['500', refused(500)],
      ['403', refused(403)],
      ['a broken connection', new KubeError('the connection broke')],
      ['a malformed line', new KubeError('a line that is no JSON')],
      ['anything else', new TypeError('surprise')],
      ['something that is no error', 'surprise'],
    ])('begins again after %s', async (_name, error) => {
      const { reflector, timing, put, names, errors } = start({
        bend: breaking(error),
      });
      put('a');
      await timing.advance(600);
      expect(names()).toEqual(['a']);
      expect(errors).toEqual([error]);
      expect(reflector.stats()).toMatchObject({ restarts: 1, connected: true });
    });

    it('begins again after a list that fails', async () => {
      let failures = 2;
      const { reflector, timing } = start({
        initialState: 'pages',
        bend: reader => ({
          listPage: async (type, options) => {
            failures -= 1;
            if (failures >= 0) throw refused(500);
            return reader.listPage(type, options);
          },
        }),
      });
      await timing.advance(2_000);
      expect(reflector.stats()).toMatchObject({ synced: true, restarts: 2 });
    });
  });

  describe('backing off', () => {
    it('doubles the ceiling from half a second to 30 s, with full jitter', async () => {
      const errors = Array.from({ length: 9 }, () => refused(500));
      const { timing } = start({ bend: breaking(...errors) });
      timing.chance = 1;
      await timing.advance(200_000);
      expect(timing.sleeps).toEqual([
        500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
      ]);
    });

    it('may come back at once by chance, so that many do not come back together', async () => {
      const { timing } = start({ bend: breaking(refused(500), refused(500)) });
      timing.chance = 0;
      await timing.advance(1);
      expect(timing.sleeps).toEqual([0, 0]);
    });

    it('waits at least as long as the server asks for', async () => {
      const { timing } = start({ bend: breaking(refused(429, 7_000)) });
      await timing.advance(10_000);
      expect(timing.sleeps).toEqual([7_250]);
    });

    it('begins small again after progress, not after a mere list', async () => {
      const { kube, timing, put } = start({ initialState: 'pages' });
      timing.chance = 1;
      const interrupt = async () => {
        kube.closeWatches();
        kube.compact();
        put(`other-${timing.sleeps.length}`);
        kube.compact();
        await timing.advance(60_000);
      };
      await settle();
      await interrupt();
      const afterLists = [...timing.sleeps];
      expect(Math.max(...afterLists)).toBeGreaterThan(500);
      put('progress');
      await settle();
      timing.sleeps.length = 0;
      kube.closeWatches();
      await timing.advance(5_000);
      expect(timing.sleeps[0]).toBe(500);
    });

    it('begins small again after a connection that held for long', async () => {
      const { kube, timing } = start({ bend: breaking(refused(500)) });
      timing.chance = 1;
      await timing.advance(1_000);
      await timing.advance(31_000);
      kube.closeWatches();
      await timing.advance(1_000);
      expect(timing.sleeps).toEqual([500, 500]);
    });

    it('never spins on an object that the projection can not take', async () => {
      const { reflector, timing, put } = start({
        project: object => {
          if (object.metadata.name === 'poison') throw new Error('poison');
          return object;
        },
      });
      timing.chance = 1;
      put('a');
      await settle();
      put('poison');
      await timing.advance(20_000);
      expect(reflector.stats().restarts).toBeLessThan(8);
      expect(reflector.stats().trouble).toBe('poison');
      expect(reflector.store.size).toBe(1);
    });

    it('never spins on a server that ends every watch at once', async () => {
      const { timing } = start({
        bend: () => ({
          // eslint-disable-next-line require-yield
          async *watch() {
            return;
          },
        }),
      });
      timing.chance = 1;
      await timing.advance(60_000);
      expect(timing.sleeps.length).toBeLessThan(10);
    });
  });

  describe('when the connection is silent', () => {
    it('gives it up after the watchdog time and goes on', async () => {
      const { reflector, kube, timing, errors } = start({ watchdogMs: 90_000 });
      await settle();
      await timing.advance(60_000);
      kube.bookmark();
      await timing.advance(60_000);
      expect(reflector.stats().restarts).toBe(0);
      await timing.advance(30_000);
      expect(reflector.stats().restarts).toBe(1);
      expect(String(errors[0])).toContain('no sign of life for 90 s');
      await timing.advance(1_000);
      expect(reflector.stats().connected).toBe(true);
    });

    it('counts as stale since the last sign of life', async () => {
      const { reflector, timing } = start({
        watchdogMs: 90_000,
        bend: reader => {
          let first = true;
          return {
            watch: (type, options) => {
              if (!first) throw refused(500);
              first = false;
              return reader.watch(type, options);
            },
          };
        },
      });
      await settle();
      await timing.advance(91_000);
      expect(reflector.stats()).toMatchObject({
        connected: false,
        staleSeconds: 91,
      });
    });
  });

  describe('what it says of itself', () => {
    it('knows before the first list that it knows nothing', async () => {
      const { reflector } = start({ bend: breaking(refused(500)) });
      await settle();
      expect(reflector.snapshot()).toEqual({
        complete: false,
        seen: [],
        missing: ['configmaps have not been listed yet: injected 500'],
      });
      expect(reflector.stats()).toMatchObject({
        synced: false,
        connected: false,
        lastSync: undefined,
        lastEvent: undefined,
      });
    });

    it('has a complete snapshot with its time', async () => {
      const { reflector, put } = start();
      put('a');
      await settle();
      expect(reflector.snapshot()).toMatchObject({
        complete: true,
        at: '2026-01-01T00:00:00.000Z',
        items: [{ metadata: { name: 'a' } }],
      });
    });

    it('counts staleness from the loss of the connection', async () => {
      let broken = false;
      const { reflector, kube, timing } = start({
        bend: reader => ({
          watch: (type, options) => {
            if (broken) throw refused(503);
            return reader.watch(type, options);
          },
        }),
      });
      await timing.advance(10_000);
      expect(reflector.stats()).toMatchObject({
        connected: true,
        staleSeconds: 0,
      });
      broken = true;
      kube.closeWatches();
      await settle();
      await timing.advance(20_000);
      expect(reflector.stats()).toMatchObject({
        connected: false,
        staleSeconds: 20,
        trouble: 'injected 503',
        synced: true,
      });
      broken = false;
      await timing.advance(30_000);
      expect(reflector.stats()).toMatchObject({
        connected: true,
        staleSeconds: 0,
        trouble: undefined,
      });
    });

    it('moves its version by bookmarks', async () => {
      const { reflector, kube, put } = start({ labelSelector: 'none' });
      put('elsewhere');
      await settle();
      kube.bookmark();
      await settle();
      expect(reflector.stats().resourceVersion).toBe(
        (await kube.list(configMaps)).resourceVersion,
      );
      expect(reflector.store.size).toBe(0);
    });

    it('tells of changes of its state', async () => {
      const states: boolean[] = [];
      const world = start({
        onStateChange: () => states.push(world.reflector.stats().connected),
      });
      await settle();
      world.kube.closeWatches();
      await world.timing.advance(1_000);
      expect(states.at(-1)).toBe(true);
      expect(states).toContain(false);
    });

    it('waits for the first list, or until the caller gives up', async () => {
      const { reflector, timing } = start({ bend: breaking(refused(500)) });
      const abort = new AbortController();
      const given = reflector.waitForSync(abort.signal);
      abort.abort(new Error('enough'));
      await expect(given).rejects.toThrow('enough');
      await expect(reflector.waitForSync(abort.signal)).rejects.toThrow(
        'enough',
      );
      const patient = reflector.waitForSync(new AbortController().signal);
      await timing.advance(1_000);
      await expect(patient).resolves.toBeUndefined();
      await expect(reflector.waitForSync()).resolves.toBeUndefined();
    });
  });

  describe('handlers that fail', () => {
    it('are counted and told, and disturb nothing', async () => {
      const { reflector, put, errors, names } = start({
        onEvent: () => {
          throw new Error('handler');
        },
      });
      put('a');
      put('b');
      await settle();
      expect(names()).toEqual(['a', 'b']);
      expect(errors.map(String)).toEqual(['Error: handler', 'Error: handler']);
      expect(reflector.stats()).toMatchObject({
        handlerErrors: 2,
        restarts: 0,
      });
    });

    it('are counted when they reject later', async () => {
      const { reflector, put } = start({
        onEvent: async () => {
          throw new Error('later');
        },
      });
      put('a');
      await settle();
      expect(reflector.stats().handlerErrors).toBe(1);
    });

    it('may fail in telling of failures', async () => {
      const fail = () => {
        throw new Error('again');
      };
      const { reflector, put } = start({
        onEvent: fail,
        onError: fail,
        onStateChange: fail,
      });
      put('a');
      await settle();
      expect(reflector.store.size).toBe(1);
      expect(reflector.stats().restarts).toBe(0);
    });
  });

  it('finds objects by index', async () => {
    const { reflector, put, remove, kube } = start({
      indexers: {
        color: (object: KubeObject) => {
          const data = object.data as Record<string, string> | undefined;
          return data?.color ? [data.color] : [];
        },
      },
    });
    put('a', { color: 'red' });
    put('b', { color: 'red' });
    await settle();
    const red = () =>
      reflector.store.byIndex('color', 'red').map(item => item.metadata.name);
    expect(red()).toEqual(['a', 'b']);
    put('a', { color: 'blue' });
    await remove('b');
    await settle();
    expect(red()).toEqual([]);
    expect(reflector.store.byIndex('color', 'blue')).toHaveLength(1);
    expect(() => reflector.store.byIndex('shape', 'round')).toThrow(
      'there is no index "shape"',
    );
    expect(kube.name).toBe('memory');
  });

  it('ends when told to, in the middle of a watch or of a pause, and leaves no timer', async () => {
    const watching = start();
    await settle();
    await watching.stop();
    expect(watching.timing.pending).toBe(0);
    expect(watching.reflector.stats().trouble).toBe('stopped');

    const pausing = start({ bend: breaking(refused(500)) });
    await settle();
    await pausing.stop();
    expect(pausing.timing.pending).toBe(0);
    expect(pausing.reflector.stats().synced).toBe(false);
  });
});
