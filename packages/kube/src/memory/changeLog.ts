import { KubeError } from '../errors';
import { KubeObject } from '../objects';
import { WatchEvent } from '../ports';

export interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  readonly previous?: KubeObject;
}

export type Matches = (object: KubeObject) => boolean;

/** A selector makes changes look like arrivals and departures. */
function visible(change: Change, matches: Matches): WatchEvent | undefined {
  const is = matches(change.object);
  const was = change.previous !== undefined && matches(change.previous);
  if (change.type === 'DELETED')
    return was || is ? { type: 'DELETED', object: change.object } : undefined;
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: change.object };
  return was ? { type: 'DELETED', object: change.object } : undefined;
}

/** Changes of one kind in order, as far back as they are kept. */
export class ChangeLog {
  readonly #changes: Change[] = [];
  readonly #limit: number;
  readonly #wake = new Set<() => void>();
  #oldest = 0;
  /** Counts what ends every open watch. */
  #epoch = 0;
  #bookmark = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(change: Change): void {
    this.#changes.push(change);
    if (this.#changes.length > this.#limit) {
      this.#oldest = this.#changes.shift()?.version ?? 0;
    }
    this.#notify();
  }

  /** Forgets everything up to a version: who wants to go on from before it is told so. */
  compact(version: number): void {
    this.#oldest = version;
    this.#changes.length = 0;
    this.#notify();
  }

  closeWatches(): void {
    this.#epoch += 1;
    this.#notify();
  }

  /** Tells every open watch the version at which it is. */
  bookmark(version: number): void {
    this.#bookmark = version;
    this.#notify();
  }

  /** Changes after a version, as they come, until aborted or closed. Throws `KubeError` 410 when it is too old. */
  async *follow(
    since: number,
    matches: Matches,
    signal?: AbortSignal,
  ): AsyncGenerator<WatchEvent> {
    const epoch = this.#epoch;
    let position = since;
    let told = this.#bookmark;
    while (!signal?.aborted && epoch === this.#epoch) {
      this.#requireKept(position);
      for (const change of this.#after(position)) {
        position = change.version;
        const event = visible(change, matches);
        if (event) yield event;
      }
      // What happened while the last event was being looked at: more events, or that they were forgotten.
      if (this.#after(position).length > 0 || position < this.#oldest) continue;
      if (told < this.#bookmark) {
        told = this.#bookmark;
        position = Math.max(position, told);
        yield {
          type: 'BOOKMARK',
          resourceVersion: String(told),
          initialEventsEnd: false,
        };
      } else {
        await this.#nextChange(signal);
      }
    }
  }

  #requireKept(version: number): void {
    if (version >= this.#oldest) return;
    throw new KubeError(
      `too old resource version: ${version} (${this.#oldest})`,
      { status: 410, reason: 'Expired' },
    );
  }

  #after(version: number): readonly Change[] {
    let from = 0;
    let to = this.#changes.length;
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (this.#changes[middle].version <= version) from = middle + 1;
      else to = middle;
    }
    return this.#changes.slice(from);
  }

  #nextChange(signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        this.#wake.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  #notify(): void {
    [...this.#wake].forEach(wake => wake());
  }
}
