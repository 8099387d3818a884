import { AwaitReturn } from '../ports';
import { BackoffLimits, jitteredBackoff, Timing } from './timing';

export interface RestartPauseOptions {
  readonly backoff: BackoffLimits;
  readonly timing: Timing;
  /** How to learn that a server which was away is back, for sources that can tell. */
  readonly awaitReturn?: AwaitReturn;
}

/** Why there is a pause. */
export interface Interruption {
  /** False when the server ended the watch in order: then it is there, and nobody needs to look. */
  readonly failed: boolean;
  /** The server asked to be left alone for so long. */
  readonly atLeastMs: number;
}

/** What is known of a server after a failure: it is there all the same, it was away and is back, it is still away. */
type Sighting = 'present' | 'returned' | 'away';

/**
 * The pauses between the attempts of one reflector: back-off with full jitter, cut short when a server that was away is
 * back. A server that is there and fails all the same is never asked sooner than the back-off says.
 */
export class RestartPause {
  readonly #options: RestartPauseOptions;
  /** Interruptions in a row without progress, by a server that was there. */
  #failures = 0;
  /** Attempts in a row that found no server. Counted apart: a long outage says nothing against a server that is back. */
  #absences = 0;

  constructor(options: RestartPauseOptions) {
    this.#options = options;
  }

  /** Something new came: the next interruption is a first one. */
  reset(): void {
    this.#failures = 0;
    this.#absences = 0;
  }

  /** Resolves when it is time to try again, or at once when aborted. */
  async wait(
    { failed, atLeastMs }: Interruption,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const sighting = failed ? await this.#look(atLeastMs, signal) : 'present';
      await this.#waitAfter(sighting, atLeastMs, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Looks for the server, until it is found or the back-off is over. */
  async #look(atLeastMs: number, signal: AbortSignal): Promise<Sighting> {
    const { awaitReturn, timing } = this.#options;
    if (!awaitReturn) return 'present';
    const over = new AbortController();
    const stop = () => over.abort(signal.reason);
    signal.throwIfAborted();
    signal.addEventListener('abort', stop, { once: true });
    const patience = atLeastMs + this.#backoff(this.#absences);
    try {
      return await Promise.race([
        // Whoever can not tell leaves it to the back-off.
        awaitReturn({ signal: over.signal }).catch((): Sighting => 'present'),
        timing.sleep(patience, over.signal).then((): Sighting => 'away'),
      ]);
    } finally {
      signal.removeEventListener('abort', stop);
      over.abort();
    }
  }

  async #waitAfter(
    sighting: Sighting,
    atLeastMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { timing, backoff } = this.#options;
    if (sighting === 'away') {
      this.#absences += 1;
    } else if (sighting === 'returned') {
      this.reset();
      // All watches of a process learn of it in the same moment; they need not ask in the same.
      await timing.sleep(timing.random() * backoff.baseMs, signal);
    } else {
      const pause = atLeastMs + this.#backoff(this.#failures);
      this.#failures += 1;
      this.#absences = 0;
      await timing.sleep(pause, signal);
    }
  }

  #backoff(attempt: number): number {
    const { backoff, timing } = this.#options;
    return jitteredBackoff(attempt, backoff, timing.random);
  }
}
