import {
  ManagedProcess,
  ManagedProcessOptions,
  startManagedProcess,
} from './managedProcess';
import { superviseProcess } from './superviseProcess';
import { GiveUpError, waitFor } from './waitFor';

export interface ServerOptions extends ManagedProcessOptions {
  /** Answers 2xx when the process is ready for its users. */
  readonly readyUrl: string;
  readonly timeoutMs: number;
  /** Takes a sentence when the process ends by itself later. */
  readonly tell: (sentence: string) => void;
  /** How often in a row it is started again; default 5. */
  readonly restarts?: number;
  readonly signal?: AbortSignal;
}

const LAST_LINES = 25;

/**
 * Starts a process of ours that serves HTTP, waits until it is ready, and keeps it running from then on. Rejects with the
 * last lines of its log when it does not get that far; then nothing of it is left.
 */
export async function startServer(
  options: ServerOptions,
): Promise<ManagedProcess> {
  const { name, readyUrl, timeoutMs, tell, signal } = options;
  const first = startManagedProcess(options);
  const ready = async () => {
    if (first.exited) {
      throw new GiveUpError(
        `the ${name} ended (${(await first.ended).how}) before it was ready`,
      );
    }
    const response = await fetch(readyUrl, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? true : undefined;
  };
  try {
    const what = `the ${name} to be ready at ${readyUrl}`;
    await waitFor(ready, { what, timeoutMs, signal });
  } catch (error) {
    await first.stop();
    const sentence = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${sentence}. Its last lines:\n${first.lastLines(LAST_LINES)}`,
      { cause: error },
    );
  }
  return superviseProcess(first, {
    start: () => startManagedProcess(options),
    tell,
    attempts: options.restarts,
  });
}
