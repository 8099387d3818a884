import { ApplicationChange } from '@understage/plugin-paas-node';

/** Changes by key: the state before the first and after the last of them. */
export type PendingChanges = Map<string, ApplicationChange>;

/** Adds a change to others of its application, so that both are told as one. */
export function mergeChange(
  pending: PendingChanges,
  { key, before, after }: ApplicationChange,
): void {
  const earlier = pending.get(key);
  pending.set(key, { key, before: earlier ? earlier.before : before, after });
}

/** The last changes with their numbers, for readers who were away for a moment. */
export class ChangeLog {
  private readonly entries: (readonly ApplicationChange[])[] = [];
  private size = 0;
  /** Number of the newest entry; the first one is 1. */
  private newest = 0;

  /** `capacity` counts changes of applications. */
  constructor(private readonly capacity: number) {}

  get sequence(): number {
    return this.newest;
  }

  append(changes: readonly ApplicationChange[]): void {
    this.newest += 1;
    this.entries.push(changes);
    this.size += changes.length;
    while (this.size > this.capacity && this.entries.length > 0) {
      this.size -= this.entries.shift()?.length ?? 0;
    }
  }

  /** Everything after an entry; `undefined` when it is too long ago, or never was. */
  since(sequence: number): PendingChanges | undefined {
    const oldest = this.newest - this.entries.length;
    if (sequence < oldest || sequence > this.newest) return undefined;
    const pending: PendingChanges = new Map();
    for (const changes of this.entries.slice(sequence - oldest)) {
      changes.forEach(change => mergeChange(pending, change));
    }
    return pending;
  }
}
