import {
  BackoffLimits,
  Timing,
  jitteredBackoff,
  realTiming,
} from '../reflector/timing';

export interface WorkQueueOptions {
  /** Works on one key. A throw means: again, after a back-off. */
  readonly work: (key: string) => Promise<void>;
  /** How many keys at once. */
  readonly concurrency: number;
  /** Keys of one group take turns with those of others, so that a busy group does not hold up a quiet one. */
  readonly groupOf?: (key: string) => string;
  /** Default 0.1 s to 60 s. */
  readonly backoff?: BackoffLimits;
  readonly timing?: Timing;
  readonly onError?: (key: string, error: unknown) => void;
}

export interface WorkQueueStats {
  readonly waiting: number;
  readonly running: number;
  readonly delayed: number;
  readonly retries: number;
  readonly done: number;
  /** How long the key that waits longest has waited, and the work that runs longest has run. */
  readonly longestWaitingMs: number;
  readonly longestRunningMs: number;
  /** Sums over all that was begun and ended, for averages and rates. */
  readonly waitedMs: number;
  readonly workedMs: number;
}

/** Keys to be worked on: each at most once in the queue, never twice at the same time. */
export interface WorkQueue {
  /** Asks for a key; asking again before it is begun changes nothing, asking while it runs makes it run once more. */
  add(key: string): void;
  /** Asks for a key later; of several the earliest counts. */
  addAfter(key: string, milliseconds: number): void;
  /** Forgets the failures of a key. */
  forget(key: string): void;
  stats(): WorkQueueStats;
  /** Takes nothing new; resolves when what runs has ended. */
  shutDown(): Promise<void>;
  /** Resolves when nothing waits and nothing runs; what is delayed does not count. */
  idle(): Promise<void>;
}

const defaultBackoff: BackoffLimits = { baseMs: 100, maxMs: 60_000 };

interface Delayed {
  readonly at: number;
  readonly cancel: () => void;
}

class FairWorkQueue implements WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #timing: Timing;
  /** Groups in the order of their next turn; each with its keys in the order of asking. */
  readonly #groups = new Map<string, Map<string, number>>();
  /** Keys being worked on, and since when. */
  readonly #running = new Map<string, number>();
  readonly #again = new Set<string>();
  readonly #delayed = new Map<string, Delayed>();
  readonly #failures = new Map<string, number>();
  #waiting = 0;
  #retries = 0;
  #done = 0;
  #waitedMs = 0;
  #workedMs = 0;
  #stopped = false;
  #idleWaiters: (() => void)[] = [];

  constructor(options: WorkQueueOptions) {
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
  }

  add(key: string): void {
    if (this.#stopped) return;
    this.#cancelDelay(key);
    if (this.#running.has(key)) {
      this.#again.add(key);
      return;
    }
    const group = this.#options.groupOf?.(key) ?? '';
    const keys = this.#groups.get(group) ?? new Map<string, number>();
    if (!keys.has(key)) {
      keys.set(key, this.#timing.monotonic());
      this.#waiting += 1;
      this.#groups.set(group, keys);
    }
    this.#pump();
  }

  addAfter(key: string, milliseconds: number): void {
    if (this.#stopped) return;
    const at = this.#timing.monotonic() + milliseconds;
    const known = this.#delayed.get(key);
    if (known && known.at <= at) return;
    this.#cancelDelay(key);
    const cancel = this.#timing.after(milliseconds, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { at, cancel });
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  stats(): WorkQueueStats {
    return {
      waiting: this.#waiting,
      running: this.#running.size,
      delayed: this.#delayed.size,
      retries: this.#retries,
      done: this.#done,
      longestWaitingMs: this.#since(
        [...this.#groups.values()].flatMap(keys => {
          const [first] = keys.values();
          return first === undefined ? [] : [first];
        }),
      ),
      longestRunningMs: this.#since([...this.#running.values()]),
      waitedMs: this.#waitedMs,
      workedMs: this.#workedMs,
    };
  }

  async shutDown(): Promise<void> {
    this.#stopped = true;
    this.#groups.clear();
    this.#waiting = 0;
    this.#again.clear();
    for (const key of [...this.#delayed.keys()]) this.#cancelDelay(key);
    await this.idle();
  }

  async idle(): Promise<void> {
    while (this.#waiting > 0 || this.#running.size > 0) {
      await new Promise<void>(resolve => this.#idleWaiters.push(resolve));
    }
  }

  #since(times: readonly number[]): number {
    return times.length === 0
      ? 0
      : this.#timing.monotonic() - Math.min(...times);
  }

  #cancelDelay(key: string): void {
    this.#delayed.get(key)?.cancel();
    this.#delayed.delete(key);
  }

  #next(): string | undefined {
    for (const [group, keys] of this.#groups) {
      const [[key, since]] = keys;
      this.#waitedMs += this.#timing.monotonic() - since;
      keys.delete(key);
      this.#groups.delete(group);
      // Back to the end of the line: the next turn is another group's.
      if (keys.size > 0) this.#groups.set(group, keys);
      this.#waiting -= 1;
      return key;
    }
    return undefined;
  }

  #pump(): void {
    while (this.#running.size < this.#options.concurrency) {
      const key = this.#next();
      if (key === undefined) return;
      void this.#run(key);
    }
  }

  async #run(key: string): Promise<void> {
    const begun = this.#timing.monotonic();
    this.#running.set(key, begun);
    try {
      await this.#options.work(key);
      this.#failures.delete(key);
      this.#done += 1;
    } catch (error) {
      this.#retryLater(key, error);
    }
    this.#workedMs += this.#timing.monotonic() - begun;
    this.#running.delete(key);
    if (this.#again.delete(key)) this.add(key);
    this.#pump();
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    waiters.forEach(resolve => resolve());
  }

  #retryLater(key: string, error: unknown): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#retries += 1;
    try {
      this.#options.onError?.(key, error);
    } catch {
      // Whoever is told of failures must not cause one: the key is tried again in any case.
    }
    const limits = this.#options.backoff ?? defaultBackoff;
    // Half of it is sure: a failing key must not come back at once by chance.
    const ceiling = jitteredBackoff(failures, limits, () => 1);
    this.addAfter(
      key,
      ceiling / 2 + jitteredBackoff(failures, limits, this.#timing.random) / 2,
    );
  }
}

/** Creates a queue; it works as soon as something is added. */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  return new FairWorkQueue(options);
}
