import { BackoffLimits, realTiming, Timing } from '@understage/kube';
import { ManagedProcess } from './managedProcess';

export interface SupervisionOptions {
  /** Starts the process anew, with the same arguments. */
  readonly start: () => ManagedProcess;
  /** Takes a sentence for the person at the terminal. */
  readonly tell: (sentence: string) => void;
  readonly timing?: Timing;
  /** Restarts in a row before it is given up; default 5. */
  readonly attempts?: number;
  /** Time before a restart, doubled each time in a row; default 0.5 to 10 s. */
  readonly backoff?: BackoffLimits;
  /** A process that lived this long is well: its next end is a first one. Default one minute. */
  readonly steadyMs?: number;
}

const LAST_LINES = 15;

class Supervision implements ManagedProcess {
  readonly name: string;
  readonly logFile: string;
  readonly ended: ManagedProcess['ended'];
  readonly #options: SupervisionOptions;
  readonly #timing: Timing;
  readonly #stopping = new AbortController();
  #current: ManagedProcess;
  #exited = false;

  constructor(first: ManagedProcess, options: SupervisionOptions) {
    this.name = first.name;
    this.logFile = first.logFile;
    this.#current = first;
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.ended = this.#watch().finally(() => {
      this.#exited = true;
    });
  }

  get pid(): number {
    return this.#current.pid;
  }

  get exited(): boolean {
    return this.#exited;
  }

  lastLines(count: number): string {
    return this.#current.lastLines(count);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#current.stop();
    await this.ended;
  }

  async #watch(): ManagedProcess['ended'] {
    const { signal } = this.#stopping;
    const { attempts = 5, steadyMs = 60_000, tell } = this.#options;
    let inARow = 0;
    for (;;) {
      const began = this.#timing.monotonic();
      const end = await this.#current.ended;
      if (end.asked || signal.aborted) return { ...end, asked: true };
      if (this.#timing.monotonic() - began >= steadyMs) inARow = 0;
      inARow += 1;
      if (inARow > attempts) {
        tell(this.#givingUp(end.how, attempts));
        return end;
      }
      const pauseMs = this.#pauseBefore(inARow);
      tell(
        `${this.name} ended unexpectedly (${end.how}); starting it again in ${
          pauseMs / 1000
        } s (${inARow} of ${attempts}). Its log: ${this.logFile}`,
      );
      await this.#timing.sleep(pauseMs, signal).catch(() => {});
      if (signal.aborted) return { ...end, asked: true };
      this.#current = this.#options.start();
    }
  }

  #pauseBefore(restart: number): number {
    const { baseMs, maxMs } = this.#options.backoff ?? {
      baseMs: 500,
      maxMs: 10_000,
    };
    return Math.min(maxMs, baseMs * 2 ** (restart - 1));
  }

  #givingUp(how: string, attempts: number): string {
    const told = (verdict: string) =>
      `${this.name} ${verdict} (${how}). Its last lines:\n${this.lastLines(
        LAST_LINES,
      )}`;
    // Where nothing is started again the run ends here, and its folder with it.
    if (attempts === 0) return told('ended unexpectedly');
    return `${told(
      `is not started any more after ${attempts} attempts: it ended again`,
    )}\nThe whole log: ${this.logFile}`;
  }
}

/**
 * Keeps a process running: one that ends by itself is started again after a pause, with one line for the person who
 * watches, until it has ended too often in a row. `stop` ends it for good, also in the middle of a pause.
 */
export function superviseProcess(
  first: ManagedProcess,
  options: SupervisionOptions,
): ManagedProcess {
  return new Supervision(first, options);
}
