import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is true; rejects with the sentence when it never is. For tests that wait for a real server. */
export async function eventually(
  what: string,
  question: () => boolean | Promise<boolean>,
  { timeoutMs = 15_000, everyMs = 10 } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await question())) {
    if (performance.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s in vain for: ${what}`);
    }
    await delay(everyMs);
  }
}
