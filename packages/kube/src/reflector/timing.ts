import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance as arguments, so that tests decide them. */
export interface Timing {
  /** Wall clock. */
  now(): Date;
  /** Milliseconds that never run backwards. */
  monotonic(): number;
  /** From 0 up to, but not, 1. */
  random(): number;
  /** Resolves after the time, rejects when aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Calls back once after the time; the answer cancels. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const realTiming: Timing = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  random: Math.random,
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, { signal });
  },
  after: (milliseconds, callback) => {
    const handle = setTimeout(callback, milliseconds);
    handle.unref();
    return () => clearTimeout(handle);
  },
};

export interface BackoffLimits {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** Full jitter: anything between 0 and `base * 2^attempt`, capped (AWS architecture blog, "Exponential Backoff And Jitter"). */
export function jitteredBackoff(
  attempt: number,
  limits: BackoffLimits,
  random: () => number,
): number {
  const ceiling = Math.min(
    limits.maxMs,
    limits.baseMs * 2 ** Math.min(attempt, 30),
  );
  return random() * ceiling;
}
