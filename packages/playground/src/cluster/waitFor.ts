import { setTimeout as delay } from 'node:timers/promises';

/** The thing waited for can not happen any more. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}

/** What is waited for, and for how long. */
export interface WaitOptions {
  /** Completes the sentence "... did not happen within n s": "kube-apiserver ready at https://...". */
  readonly what: string;
  readonly timeoutMs: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks until the answer is true. A question that fails counts as "not yet"; its error is the cause when time is up.
 * A question that rejects with a `GiveUp` ends the wait at once.
 */
export async function waitFor(
  question: () => Promise<boolean>,
  options: WaitOptions,
): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      if (await question()) return;
    } catch (error) {
      if (error instanceof GiveUp) throw error;
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `Waited ${options.timeoutMs / 1000} s in vain for ${options.what}.${
          last instanceof Error ? ` Last answer: ${last.message}` : ''
        }`,
        { cause: last },
      );
    }
    await delay(options.everyMs ?? 50, undefined, { signal: options.signal });
  }
}
