import { LoggerService } from '@backstage/backend-plugin-api';
import { PaasClientError } from '@understage/plugin-paas-common';
import { setTimeout as delay } from 'node:timers/promises';

/** What one look found: done, or what there is to wait for. */
export type Look =
  | { readonly done: true; readonly message: string }
  | { readonly done: false; readonly message: string };

export interface FollowOptions {
  /** What is waited for, as the end of a sentence: `application shop/checkout to be Ready`. */
  readonly what: string;
  readonly timeoutSeconds: number;
  readonly logger: Pick<LoggerService, 'info'>;
  readonly signal?: AbortSignal;
  readonly intervalMs?: number;
}

const FIRST_LOOK_MS = 500;
const INTERVAL_MS = 2_000;

const SERVER_FAILED = 500;

/** A look that got no answer: the portal's backend may be starting again. An answer in an unknown form stays as it is. */
function lookAgain(error: unknown): Look {
  if (!(error instanceof PaasClientError)) throw error;
  const { kind, status = SERVER_FAILED, message } = error;
  if (kind !== 'busy' && status < SERVER_FAILED) throw error;
  return { done: false, message };
}

/**
 * Looks until it is done, and logs what changed in between. Ends at once when `signal` aborts. What was waited for goes on
 * in the cluster either way, so a rerun finds it further on.
 */
export async function follow(
  look: () => Promise<Look>,
  options: FollowOptions,
): Promise<void> {
  const { what, timeoutSeconds, logger, signal } = options;
  const { intervalMs = INTERVAL_MS } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  logger.info(`Waiting for ${what}, up to ${timeoutSeconds} s.`);
  let last = '';
  await delay(Math.min(FIRST_LOOK_MS, intervalMs), undefined, { signal });
  for (;;) {
    signal?.throwIfAborted();
    const { done, message } = await look().catch(lookAgain);
    if (message !== last) logger.info(message);
    last = message;
    if (done) return;
    if (Date.now() >= deadline) {
      throw new Error(
        `Waited ${timeoutSeconds} s for ${what}. The last state was: ${last} It is not undone: run the template again once the cause is mended, or look at its page.`,
      );
    }
    await delay(intervalMs, undefined, { signal });
  }
}
