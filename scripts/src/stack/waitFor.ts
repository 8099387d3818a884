import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** What is waited for, for the sentence when it does not come. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

/** Thrown by a probe: asking again is of no use. */
export class GiveUpError extends Error {
  readonly name = 'GiveUpError';
}

/**
 * Asks again until `probe` answers with something, and gives that back. What the last probe said or threw becomes part
 * of the sentence when the time is up.
 */
export async function waitFor<T>(
  probe: () => Promise<T | undefined>,
  { what, timeoutMs, intervalMs = 200, signal }: WaitOptions,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last = 'no answer yet';
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      if (error instanceof GiveUpError) throw error;
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(intervalMs, undefined, { signal });
  }
  throw new Error(
    `waited ${Math.round(timeoutMs / 1000)} s for ${what}; last: ${last}`,
  );
}
