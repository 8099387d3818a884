import { mergeChange, PendingChanges, StreamChange } from './StreamChange';

/** The last changes with their numbers, for readers who were away for a moment. */
export class ChangeLog {
  private readonly entries: (readonly StreamChange[])[] = [];
  private size = 0;
  /** Number of the newest entry; the first one is 1. */
  private newest = 0;

  /** `capacity` counts changes of single things. */
  constructor(private readonly capacity: number) {}

  get sequence(): number {
    return this.newest;
  }

  append(changes: readonly StreamChange[]): void {
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
