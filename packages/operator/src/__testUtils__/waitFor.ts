import { setTimeout as delay } from 'node:timers/promises';

/** Asks until there is an answer. A question that throws counts as "not yet"; its error is told when time is up. */
export async function waitFor<T>(
  what: string,
  question: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await question();
      if (answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `waited ${timeoutMs / 1000} s in vain for ${what}${
          last === undefined ? '' : `: ${last}`
        }`,
        { cause: last },
      );
    }
    await delay(50);
  }
}
