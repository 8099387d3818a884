import { Action } from '../../action';
import { isRecord } from '../../jsonValue';
import { KubeObject, refKey, refOf } from '../../kubernetes';

/** What of an object is whose: ours as we sent it last, and what others set. */
interface Stored {
  readonly uid: string;
  readonly sent: KubeObject | undefined;
  readonly others: KubeObject | undefined;
}

function merge(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above ?? below;
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    merged[key] = merge(merged[key], value);
  }
  return merged;
}

/**
 * A cluster as small as can be: objects by name, server-side apply that forgets what is no longer sent and keeps what
 * others set, uids that are never used twice, deletion by uid. Fills in a default, as an API server does.
 */
export class InMemoryWorld {
  readonly #objects = new Map<string, Stored>();
  #uids = 0;
  /** Names of the objects written, for tests that count. */
  readonly writes: string[] = [];

  /** Puts an object of somebody else there; it replaces one of that name. */
  put(object: KubeObject): void {
    this.#store(object, { sent: undefined, others: object });
  }

  /** Removes an object as somebody else would. */
  remove(key: string): void {
    this.#objects.delete(key);
  }

  /** Changes what we sent, as somebody else would. */
  tamper(key: string, change: (object: KubeObject) => KubeObject): void {
    const stored = this.#objects.get(key);
    if (stored?.sent) {
      this.#objects.set(key, { ...stored, sent: change(stored.sent) });
    }
  }

  items(): readonly KubeObject[] {
    return [...this.#objects.values()].map(stored => this.#live(stored));
  }

  keys(): readonly string[] {
    return [...this.#objects.keys()];
  }

  /** Everything that counts in the end: objects without the numbers that the server hands out. */
  contents(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      [...this.#objects]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, { sent, others }]) => [key, { sent, others }]),
    );
  }

  copy(): InMemoryWorld {
    const world = new InMemoryWorld();
    for (const [key, stored] of this.#objects) world.#objects.set(key, stored);
    world.#uids = this.#uids;
    return world;
  }

  /** The single writes that an action consists of, to be stopped after any of them. */
  steps(action: Action): readonly (() => void)[] {
    switch (action.kind) {
      case 'create':
        return [() => this.#create(action.object)];
      case 'update':
        return [() => this.#apply(action.object)];
      case 'delete':
        return [() => this.#delete(action)];
      case 'replace':
        return [() => this.#delete(action), () => this.#create(action.object)];
      default:
        return [];
    }
  }

  #live({ uid, sent, others }: Stored): KubeObject {
    const object = merge(others, sent) as KubeObject;
    const spec = isRecord(object.spec)
      ? { spec: { defaultedByServer: 'yes', ...object.spec } }
      : {};
    return { ...object, ...spec, metadata: { ...object.metadata, uid } };
  }

  #store(object: KubeObject, content: Pick<Stored, 'sent' | 'others'>): void {
    const key = refKey(refOf(object));
    const uid = this.#objects.get(key)?.uid ?? `uid-${(this.#uids += 1)}`;
    this.#objects.set(key, { uid, ...content });
  }

  #create(object: KubeObject): void {
    const key = refKey(refOf(object));
    if (this.#objects.has(key)) throw new Error(`${key} exists already`);
    this.writes.push(`create ${key}`);
    this.#store(object, { sent: object, others: undefined });
  }

  #apply(object: KubeObject): void {
    const key = refKey(refOf(object));
    const others = this.#objects.get(key)?.others;
    this.writes.push(`update ${key}`);
    this.#store(object, { sent: object, others });
  }

  #delete(action: Action & { readonly kind: 'delete' | 'replace' }): void {
    const key = refKey(action.ref);
    if (this.#objects.get(key)?.uid !== action.uid) {
      throw new Error(`${key} has another uid than ${action.uid}`);
    }
    this.writes.push(`delete ${key}`);
    this.#objects.delete(key);
  }
}
