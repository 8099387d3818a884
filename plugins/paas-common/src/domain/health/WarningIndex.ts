import { KubeObject } from '../kubernetes';
import { EventReading, readEvent, warnedUid } from './readEvent';

/** An older event is about a trouble that is over: whatever persists is reported again within this time. */
const RELEVANT_MS = 15 * 60 * 1000;

/** Warnings by the object that they are about, newest first. */
export class WarningIndex {
  readonly #events = new Map<string, EventReading[]>();

  constructor(events: readonly KubeObject[], now: Date) {
    const readings = events
      .filter(event => warnedUid(event) !== undefined)
      .map(readEvent)
      .filter(
        event =>
          event.lastSeen === '' ||
          now.getTime() - Date.parse(event.lastSeen) <= RELEVANT_MS,
      )
      .sort(newestFirst);
    for (const event of readings) {
      const key = event.about.uid ?? '';
      const known = this.#events.get(key);
      if (known) known.push(event);
      else this.#events.set(key, [event]);
    }
  }

  /** What was said about an object, newest first; optionally only for some reasons. */
  about(object: KubeObject, ...reasons: string[]): readonly EventReading[] {
    const all = this.#events.get(object.metadata.uid ?? '') ?? [];
    return reasons.length === 0
      ? all
      : all.filter(event => reasons.includes(event.reason));
  }
}

function newestFirst(left: EventReading, right: EventReading): number {
  if (left.lastSeen !== right.lastSeen) {
    return left.lastSeen < right.lastSeen ? 1 : -1;
  }
  return left.message < right.message ? -1 : 1;
}
