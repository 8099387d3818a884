import * as fc from 'fast-check';
import { ManualTiming, settle } from '../testing/manualTiming';
import { createWorkQueue, WorkQueueOptions } from './workQueue';

/** A queue whose work ends when the test says so. */
function start(options: Partial<WorkQueueOptions> = {}) {
  const timing = new ManualTiming();
  const begun: string[] = [];
  const open = new Map<string, { end: () => void; fail: (e: Error) => void }>();
  const errors: string[] = [];
  const queue = createWorkQueue({
    concurrency: 2,
    timing,
    onError: (key, error) => errors.push(`${key}: ${error}`),
    work: key => {
      begun.push(key);
      return new Promise<void>((resolve, reject) => {
        open.set(key, { end: resolve, fail: reject });
      });
    },
    ...options,
  });
  const end = async (key: string) => {
    open.get(key)?.end();
    await settle();
  };
  const fail = async (key: string) => {
    open.get(key)?.fail(new Error('broken'));
    await settle();
  };
  return { queue, timing, begun, errors, end, fail };
}

describe('createWorkQueue', () => {
  it('works on a key once, however often it is asked for before', async () => {
    const { queue, begun, end } = start({ concurrency: 1 });
    queue.add('first');
    queue.add('a');
    queue.add('a');
    queue.add('a');
    expect(queue.stats()).toMatchObject({ waiting: 1, running: 1 });
    await end('first');
    await end('a');
    expect(begun).toEqual(['first', 'a']);
    expect(queue.stats()).toMatchObject({ waiting: 0, running: 0, done: 2 });
  });

  it('works on a key once more when it is asked for meanwhile, never twice at the same time', async () => {
    const { queue, begun, end } = start();
    queue.add('a');
    queue.add('a');
    queue.add('a');
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'a']);
    await end('a');
    expect(begun).toEqual(['a', 'a']);
  });

  it('works on so many keys at once and no more', async () => {
    const { queue, begun, end } = start({ concurrency: 2 });
    ['a', 'b', 'c', 'd'].forEach(key => queue.add(key));
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('lets groups take turns, so that a busy one does not hold up a quiet one', async () => {
    const { queue, begun, end } = start({
      concurrency: 1,
      groupOf: key => key.split('/')[0],
    });
    for (let index = 0; index < 100; index += 1) queue.add(`noisy/${index}`);
    queue.add('quiet/1');
    queue.add('quiet/2');
    queue.add('calm/1');
    for (let turn = 0; turn < 7; turn += 1) await end(begun[begun.length - 1]);
    expect(begun).toEqual([
      'noisy/0',
      'noisy/1',
      'quiet/1',
      'calm/1',
      'noisy/2',
      'quiet/2',
      'noisy/3',
      'noisy/4',
    ]);
  });

  it('tries a failed key again after 0.1 s to 60 s, doubling, with half of it by chance', async () => {
    const { queue, timing, begun, fail, errors } = start();
    timing.chance = 1;
    queue.add('a');
    const waits: number[] = [];
    for (let round = 1; round <= 12; round += 1) {
      await fail('a');
      const before = timing.monotonic();
      while (begun.length === round) await timing.advance(50);
      waits.push(timing.monotonic() - before);
    }
    expect(waits).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 60_000,
      60_000,
    ]);
    expect(queue.stats().retries).toBe(12);
    expect(errors[0]).toBe('a: Error: broken');
  });

  it('waits at least half of the back-off', async () => {
    const { queue, timing, begun, fail } = start();
    timing.chance = 0;
    queue.add('a');
    await fail('a');
    await timing.advance(49);
    expect(begun).toHaveLength(1);
    await timing.advance(1);
    expect(begun).toHaveLength(2);
  });

  it('begins small again after a success, or when the failures are forgotten', async () => {
    const { queue, timing, begun, fail, end } = start();
    timing.chance = 1;
    queue.add('a');
    await fail('a');
    await timing.advance(100);
    await fail('a');
    await timing.advance(200);
    await end('a');
    queue.add('a');
    await fail('a');
    await timing.advance(100);
    expect(begun).toHaveLength(5);
    await fail('a');
    queue.forget('a');
    await timing.advance(200);
    await fail('a');
    await timing.advance(100);
    expect(begun).toHaveLength(7);
  });

  it('waits for one key while it works on others', async () => {
    const { queue, timing, begun, fail, end } = start({ concurrency: 1 });
    queue.add('bad');
    queue.add('good');
    await fail('bad');
    expect(begun).toEqual(['bad', 'good']);
    await end('good');
    await timing.advance(100);
    expect(begun).toEqual(['bad', 'good', 'bad']);
  });

  it('works on a key later, at the earliest time of several', async () => {
    const { queue, timing, begun } = start();
    queue.addAfter('a', 500);
    queue.addAfter('a', 200);
    queue.addAfter('a', 900);
    expect(queue.stats()).toMatchObject({ delayed: 1, waiting: 0 });
    await timing.advance(199);
    expect(begun).toEqual([]);
    await timing.advance(1);
    expect(begun).toEqual(['a']);
    await timing.advance(1_000);
    expect(begun).toEqual(['a']);
  });

  it('does not work later on what was asked for at once in between', async () => {
    const { queue, timing, begun, end } = start();
    queue.addAfter('a', 500);
    queue.add('a');
    await end('a');
    await timing.advance(1_000);
    expect(begun).toEqual(['a']);
    expect(timing.pending).toBe(0);
  });

  it('says how long keys wait and how long work takes', async () => {
    const { queue, timing, end } = start({ concurrency: 1 });
    queue.add('a');
    queue.add('b');
    await timing.advance(300);
    expect(queue.stats()).toMatchObject({
      longestWaitingMs: 300,
      longestRunningMs: 300,
    });
    await end('a');
    await timing.advance(50);
    await end('b');
    expect(queue.stats()).toMatchObject({
      longestWaitingMs: 0,
      longestRunningMs: 0,
      waitedMs: 300,
      workedMs: 350,
    });
  });

  it('is idle when nothing waits and nothing runs', async () => {
    const { queue, end } = start({ concurrency: 1 });
    await queue.idle();
    queue.add('a');
    queue.add('b');
    let idle = false;
    const waiting = queue.idle().then(() => {
      idle = true;
    });
    await end('a');
    expect(idle).toBe(false);
    await end('b');
    await waiting;
    expect(idle).toBe(true);
  });

  it('finishes what runs when it is shut down, and begins nothing more', async () => {
    const { queue, timing, begun, end } = start({ concurrency: 1 });
    queue.add('a');
    queue.add('b');
    queue.add('a');
    queue.addAfter('c', 100);
    let down = false;
    const closing = queue.shutDown().then(() => {
      down = true;
    });
    await timing.advance(1_000);
    expect(down).toBe(false);
    await end('a');
    await closing;
    queue.add('d');
    queue.addAfter('d', 1);
    await timing.advance(1_000);
    expect(begun).toEqual(['a']);
    expect(timing.pending).toBe(0);
  });

  it('does not retry after it was shut down', async () => {
    const { queue, timing, fail, begun } = start();
    queue.add('a');
    const closing = queue.shutDown();
    await fail('a');
    await closing;
    await timing.advance(60_000);
    expect(begun).toEqual(['a']);
  });

  it('survives whoever it tells of failures', async () => {
    const { queue, timing, begun, fail } = start({
      onError: () => {
        throw new Error('teller');
      },
    });
    queue.add('a');
    await fail('a');
    await timing.advance(100);
    expect(begun).toEqual(['a', 'a']);
  });

  it('takes work that throws at once for a failure like any other', async () => {
    let calls = 0;
    const { queue, timing, errors } = start({
      work: () => {
        calls += 1;
        throw new Error('at once');
      },
    });
    expect(() => queue.add('a')).not.toThrow();
    await timing.advance(100);
    expect(calls).toBeGreaterThan(1);
    expect(errors[0]).toBe('a: Error: at once');
  });

  it('sees the last state of every key, whatever the order of asking, failing and waiting', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constantFrom('change' as const, 'later' as const),
        key: fc.constantFrom('x/a', 'x/b', 'y/a', 'y/b', 'z/a'),
      }),
      fc.record({
        kind: fc.constantFrom('wait' as const, 'breakOnce' as const),
        key: fc.constant(''),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, concurrency) => {
          const timing = new ManualTiming();
          const state = new Map<string, number>();
          const seen = new Map<string, number>();
          const running = new Set<string>();
          let most = 0;
          let failures = 0;
          const queue = createWorkQueue({
            concurrency,
            timing,
            groupOf: key => key.split('/')[0],
            work: async key => {
              expect(running).not.toContain(key);
              running.add(key);
              most = Math.max(most, running.size);
              const version = state.get(key) ?? 0;
              await timing.sleep(10, new AbortController().signal);
              running.delete(key);
              if (failures > 0) {
                failures -= 1;
                throw new Error('broken');
              }
              seen.set(key, version);
            },
          });
          for (const { kind, key } of steps) {
            if (kind === 'wait') await timing.advance(15);
            else if (kind === 'breakOnce') failures += 1;
            else {
              state.set(key, (state.get(key) ?? 0) + 1);
              if (kind === 'change') queue.add(key);
              else queue.addAfter(key, 50);
            }
          }
          await timing.advance(600_000);
          expect(seen).toEqual(state);
          expect(most).toBeLessThanOrEqual(concurrency);
          expect(queue.stats()).toMatchObject({
            waiting: 0,
            running: 0,
            delayed: 0,
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
