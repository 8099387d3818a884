import { KubeObject, warnedUid } from '@understage/plugin-paas-common';

/** Events kept of one object; more of them only repeat themselves. */
const EVENTS_PER_OBJECT = 20;

/** Warnings by the uid of the object that they are about. */
export class EventIndex {
  private readonly byObject = new Map<string, Map<string, KubeObject>>();

  /** Adds or replaces an event; the answer is the uid of what it is about. */
  set(event: KubeObject): string | undefined {
    const about = warnedUid(event);
    if (about === undefined) return undefined;
    const events = this.byObject.get(about) ?? new Map<string, KubeObject>();
    events.delete(event.metadata.name);
    events.set(event.metadata.name, event);
    if (events.size > EVENTS_PER_OBJECT) {
      const [oldest] = events.keys();
      events.delete(oldest);
    }
    this.byObject.set(about, events);
    return about;
  }

  /** Removes an event; the answer is the uid of what it was about. */
  delete(event: KubeObject): string | undefined {
    const about = warnedUid(event);
    if (about === undefined) return undefined;
    const events = this.byObject.get(about);
    events?.delete(event.metadata.name);
    if (events?.size === 0) this.byObject.delete(about);
    return about;
  }

  /** The events about any of these objects. */
  about(uids: Iterable<string | undefined>): KubeObject[] {
    const found: KubeObject[] = [];
    for (const uid of uids) {
      const events = uid === undefined ? undefined : this.byObject.get(uid);
      if (events) found.push(...events.values());
    }
    return found;
  }
}
