/**
 * What was observed, and whether all of it was. A planner may delete only by a complete snapshot: the incomplete form
 * has `seen`, not `items`, so code that forgets the difference does not compile.
 */
export type Snapshot<T> = CompleteSnapshot<T> | IncompleteSnapshot<T>;

/** Everything of the kinds asked for, as of `at` (RFC 3339). */
export interface CompleteSnapshot<T> {
  readonly complete: true;
  readonly items: readonly T[];
  readonly at: string;
}

/** Some of it; `missing` says in sentences what could not be read and why. */
export interface IncompleteSnapshot<T> {
  readonly complete: false;
  readonly seen: readonly T[];
  readonly missing: readonly string[];
}

/** The items of either form, for readers that never delete. */
export function observedItems<T>(snapshot: Snapshot<T>): readonly T[] {
  return snapshot.complete ? snapshot.items : snapshot.seen;
}
