import { InMemoryKube } from '../memory/inMemoryKube';
import { KubeObject } from '../objects';
import { WatchOptions } from '../ports';
import { settle } from '../testing/manualTiming';
import { configMap, configMaps } from '../testing/objects';
import {
  breaking,
  refused,
  startReflector as start,
  stopReflectors,
} from '../testing/reflectorWorld';
import { StoreEvent } from './objectStore';

afterEach(stopReflectors);

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
