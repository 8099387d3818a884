import { AwaitReturn } from '../ports';
import { ManualTiming, settle } from '../testing/manualTiming';
import { RestartPause } from './restartPause';

const backoff = { baseMs: 500, maxMs: 30_000 };
const failure = { failed: true, atLeastMs: 0 };

/** A server that is there, until it is taken away. */
function world(options: { readonly broken?: boolean } = {}) {
  const timing = new ManualTiming();
  timing.chance = 1;
  let tellReturn: (() => void) | undefined;
  let away = false;
  let asked = 0;
  const awaitReturn: AwaitReturn = async ({ signal }) => {
    asked += 1;
    if (options.broken) throw new Error('the kubeconfig is not there');
    if (!away) return 'present';
    return new Promise((resolve, reject) => {
      tellReturn = () => resolve('returned');
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  };
  const pause = new RestartPause({ backoff, timing, awaitReturn });
  const abort = new AbortController();
  let over = false;
  const wait = (interruption = failure) => {
    over = false;
    const done = pause.wait(interruption, abort.signal).then(() => {
      over = true;
    });
    return done;
  };
  return {
    timing,
    pause,
    wait,
    abort,
    isOver: () => over,
    asked: () => asked,
    leave: () => {
      away = true;
    },
    comeBack: () => {
      away = false;
      tellReturn?.();
    },
    /** Fails so often that the back-off is as long as it gets. */
    async exhaust() {
      for (let count = 0; count < 8; count += 1) {
        const done = wait();
        await timing.advance(backoff.maxMs);
        await done;
      }
      timing.sleeps.length = 0;
    },
  };
}

describe('the pause before a watch is tried again', () => {
  it('is as long as the back-off says while the server is there', async () => {
    const { timing, wait, isOver, exhaust } = world();
    await exhaust();
    const done = wait();
    await timing.advance(29_999);
    expect(isOver()).toBe(false);
    await timing.advance(1);
    await done;
    expect(timing.sleeps.at(-1)).toBe(30_000);
  });

  it('ends half a second after a server is back that was away, at the latest', async () => {
    const { timing, wait, isOver, exhaust, leave, comeBack } = world();
    leave();
    await exhaust();
    const done = wait();
    await timing.advance(5_000);
    expect(isOver()).toBe(false);
    comeBack();
    await timing.advance(500);
    await done;
    expect(timing.sleeps.at(-1)).toBe(500);
  });

  it('does not hold a long outage against a server that is back before anybody looked', async () => {
    const { timing, wait, exhaust, leave, comeBack } = world();
    leave();
    await exhaust();
    comeBack();
    const done = wait();
    await timing.advance(500);
    await done;
  });

  it('ends at different times for watches that lost the same server', async () => {
    const { timing, wait, leave, comeBack, isOver } = world();
    timing.chance = 0.5;
    leave();
    const done = wait({ failed: true, atLeastMs: 60_000 });
    await settle();
    comeBack();
    await timing.advance(249);
    expect(isOver()).toBe(false);
    await timing.advance(1);
    await done;
  });

  it('begins small again after the return', async () => {
    const { timing, wait, exhaust, leave, comeBack } = world();
    await exhaust();
    leave();
    const done = wait();
    await settle();
    comeBack();
    await timing.advance(500);
    await done;
    timing.sleeps.length = 0;
    const next = wait();
    await timing.advance(500);
    await next;
    expect(timing.sleeps.at(-1)).toBe(500);
  });

  it('is never longer than without looking, however long the server is away', async () => {
    const { timing, wait, leave } = world();
    leave();
    const done = wait();
    await timing.advance(500);
    await done;
    expect(timing.pending).toBe(0);
  });

  it('leaves it to the back-off when looking fails', async () => {
    const { timing, wait, exhaust, isOver } = world({ broken: true });
    await exhaust();
    const done = wait();
    await timing.advance(29_999);
    expect(isOver()).toBe(false);
    await timing.advance(1);
    await done;
  });

  it('does not look when the server ended the watch in order', async () => {
    const { timing, wait, asked } = world();
    const done = wait({ failed: false, atLeastMs: 0 });
    await timing.advance(500);
    await done;
    expect(asked()).toBe(0);
  });

  it('ends at once when aborted, and when it was aborted before', async () => {
    const { timing, wait, abort, leave } = world();
    leave();
    const done = wait();
    await settle();
    abort.abort();
    await done;
    await wait();
    expect(timing.pending).toBe(0);
  });
});
