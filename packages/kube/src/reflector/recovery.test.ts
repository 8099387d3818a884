import { KubeError } from '../errors';
import { InMemoryKube } from '../memory/inMemoryKube';
import { settle } from '../testing/manualTiming';
import { configMap, configMaps } from '../testing/objects';
import {
  breaking,
  refused,
  startReflector as start,
  stopReflectors,
} from '../testing/reflectorWorld';

afterEach(stopReflectors);

describe('a reflector', () => {
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

    it('ends when a server that was away is back', async () => {
      let tellReturn = () => {};
      const away = Array.from({ length: 9 }, () => refused(500));
      const { reflector, timing } = start({
        bend: reader => ({
          ...breaking(...away)(reader),
          awaitReturn: () =>
            new Promise(resolve => {
              tellReturn = () => resolve('returned');
            }),
        }),
      });
      timing.chance = 1;
      await timing.advance(100_000);
      expect(reflector.stats()).toMatchObject({
        connected: false,
        restarts: 9,
      });
      tellReturn();
      await timing.advance(500);
      expect(reflector.stats()).toMatchObject({ connected: true, restarts: 9 });
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
});
