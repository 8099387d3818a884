import { Timing } from '../reflector/timing';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Lets everything that is ready to run do so: promises, and what they start in turn. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
}

/** A clock that stands still until it is moved, and chance that is decided beforehand. */
export class ManualTiming implements Timing {
  #elapsed = 0;
  #alarms: Alarm[] = [];
  readonly #start: number;
  /** Every time somebody slept, in milliseconds. */
  readonly sleeps: number[] = [];
  /** What `random` answers. */
  chance = 0.5;

  constructor(start = new Date('2026-01-01T00:00:00Z')) {
    this.#start = start.getTime();
  }

  readonly now = (): Date => new Date(this.#start + this.#elapsed);

  readonly monotonic = (): number => this.#elapsed;

  readonly random = (): number => this.chance;

  readonly sleep = (
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<void> => {
    this.sleeps.push(milliseconds);
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const over = new AbortController();
      const cancel = this.after(milliseconds, () => {
        over.abort();
        resolve();
      });
      const stop = () => {
        cancel();
        reject(signal.reason);
      };
      signal.addEventListener('abort', stop, {
        once: true,
        signal: over.signal,
      });
    });
  };

  readonly after = (milliseconds: number, callback: () => void) => {
    const alarm = { at: this.#elapsed + milliseconds, ring: callback };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter(other => other !== alarm);
    };
  };

  /** How many timers are set. */
  get pending(): number {
    return this.#alarms.length;
  }

  /** Moves the clock on, ringing in order what is due, with time in between for whoever is woken. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#elapsed + milliseconds;
    await settle();
    for (;;) {
      const [next] = this.#alarms
        .filter(alarm => alarm.at <= until)
        .sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#alarms = this.#alarms.filter(other => other !== next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.ring();
      await settle();
    }
    this.#elapsed = until;
  }

  /** Moves the clock on while nobody gets to run: a process that is frozen, or a machine that sleeps. */
  freeze(milliseconds: number): void {
    this.#elapsed += milliseconds;
  }
}
