import { isDeepStrictEqual } from 'node:util';
import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ObjectMeta, ResourceType } from '../objects';
import { WatchEvent } from '../ports';
import { storeKey } from '../reflector/objectStore';
import { Change, ChangeLog, Matches } from './changeLog';
import { hasGeneration } from './kindRules';

/** An object and which manager owns which of its fields. */
export interface Stored {
  readonly object: KubeObject;
  readonly managers: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Kind {
  readonly type: ResourceType;
  readonly objects: Map<string, Stored>;
  readonly log: ChangeLog;
}

/** How many lists may be read on page by page at the same time. */
const OPEN_LISTS = 100;

function contentOf(object: KubeObject): KubeObject {
  const {
    resourceVersion: _version,
    generation: _generation,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

function wantedOf(object: KubeObject): unknown {
  const { metadata: _metadata, status: _status, ...wanted } = object;
  return wanted;
}

function finalizersOf(object: KubeObject): readonly string[] {
  return object.metadata.finalizers ?? [];
}

/** As JSON carries it: a copy, without what is `undefined`. */
function asSent(object: KubeObject): KubeObject {
  return JSON.parse(JSON.stringify(object));
}

/** All objects of an in-memory cluster, with their history. */
export class ObjectTable {
  readonly #now: () => Date;
  readonly #history: number;
  readonly #kinds = new Map<string, Kind>();
  readonly #lists = new Map<string, readonly KubeObject[]>();
  readonly #living = new Set<string>();
  #version = 100;
  #uids = 0;
  #listCount = 0;

  constructor(options: { readonly now: () => Date; readonly history: number }) {
    this.#now = options.now;
    this.#history = options.history;
  }

  get version(): string {
    return String(this.#version);
  }

  get(type: ResourceType, key: ObjectKey): Stored | undefined {
    return this.#kind(type).objects.get(storeKey(key));
  }

  list(type: ResourceType, matches: Matches): readonly KubeObject[] {
    return [...this.#kind(type).objects.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, stored]) => stored.object)
      .filter(matches);
  }

  hasNamespace(name: string): boolean {
    return this.#kinds.get('/namespaces')?.objects.has(name) ?? false;
  }

  /** Keeps a list as it is now, to be read on with the token that is answered. */
  keepList(items: readonly KubeObject[]): string {
    this.#listCount += 1;
    const token = `${this.#version}-${this.#listCount}`;
    this.#lists.set(token, items);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > OPEN_LISTS) this.#lists.delete(oldest);
    return token;
  }

  /** A list kept before. Throws `KubeError` 410 when it is no more. */
  keptList(token: string): readonly KubeObject[] {
    const items = this.#lists.get(token);
    if (items) return items;
    throw new KubeError(
      'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.',
      { status: 410, reason: 'Expired' },
    );
  }

  /** Puts an object in; one without a change keeps its version. */
  write(
    type: ResourceType,
    next: Stored,
    options: { readonly dryRun?: boolean } = {},
  ): KubeObject {
    const kind = this.#kind(type);
    const wanted = asSent(next.object);
    const key = storeKey(wanted.metadata);
    const live = kind.objects.get(key);
    if (live && isDeepStrictEqual(contentOf(live.object), contentOf(wanted))) {
      if (!options.dryRun)
        kind.objects.set(key, { object: live.object, managers: next.managers });
      return live.object;
    }
    const version = this.#version + 1;
    const object = this.#stamp(wanted, live?.object, version);
    if (options.dryRun) return object;
    this.#version = version;
    if (
      object.metadata.deletionTimestamp &&
      finalizersOf(object).length === 0
    ) {
      this.#drop(kind, object);
      return object;
    }
    kind.objects.set(key, { object, managers: next.managers });
    if (object.metadata.uid) this.#living.add(object.metadata.uid);
    kind.log.add({
      version,
      type: live ? 'MODIFIED' : 'ADDED',
      object,
      previous: live?.object,
    });
    return object;
  }

  /** Deletes; dependents go too unless they are to be orphaned. A finalizer only marks. */
  remove(type: ResourceType, key: ObjectKey, orphan: boolean): void {
    const kind = this.#kind(type);
    const stored = kind.objects.get(storeKey(key));
    if (!stored) return;
    if (orphan) this.#orphan(stored.object.metadata.uid);
    if (finalizersOf(stored.object).length > 0) {
      this.#markDeleted(kind, stored);
    } else {
      this.#version += 1;
      this.#drop(kind, stored.object);
    }
  }

  compact(): void {
    this.#lists.clear();
    for (const kind of this.#kinds.values()) kind.log.compact(this.#version);
  }

  closeWatches(): void {
    for (const kind of this.#kinds.values()) kind.log.closeWatches();
  }

  bookmark(): void {
    for (const kind of this.#kinds.values()) kind.log.bookmark(this.#version);
  }

  follow(
    type: ResourceType,
    options: {
      readonly since: string;
      readonly matches: Matches;
      readonly signal?: AbortSignal;
    },
  ): AsyncGenerator<WatchEvent> {
    const { since, matches, signal } = options;
    return this.#kind(type).log.follow(Number(since), matches, signal);
  }

  #stamp(
    object: KubeObject,
    live: KubeObject | undefined,
    version: number,
  ): KubeObject {
    const before = live?.metadata.generation ?? 1;
    const changed =
      live !== undefined &&
      !isDeepStrictEqual(wantedOf(live), wantedOf(object));
    const metadata: ObjectMeta = {
      ...object.metadata,
      uid: live?.metadata.uid ?? this.#nextUid(),
      creationTimestamp:
        live?.metadata.creationTimestamp ?? this.#now().toISOString(),
      resourceVersion: String(version),
      ...(hasGeneration(object.kind)
        ? { generation: changed ? before + 1 : before }
        : {}),
    };
    return { ...object, metadata };
  }

  #nextUid(): string {
    this.#uids += 1;
    return `00000000-0000-4000-8000-${String(this.#uids).padStart(12, '0')}`;
  }

  #markDeleted(kind: Kind, { object, managers }: Stored): void {
    if (object.metadata.deletionTimestamp) return;
    const { generation } = object.metadata;
    this.#version += 1;
    const marked: KubeObject = {
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: String(this.#version),
        deletionTimestamp: this.#now().toISOString(),
        ...(generation === undefined ? {} : { generation: generation + 1 }),
      },
    };
    const key = storeKey(object.metadata);
    kind.objects.set(key, { object: marked, managers });
    const version = this.#version;
    kind.log.add({
      version,
      type: 'MODIFIED',
      object: marked,
      previous: object,
    });
  }

  #drop(kind: Kind, object: KubeObject): void {
    kind.objects.delete(storeKey(object.metadata));
    const { uid, name } = object.metadata;
    const gone: Change = {
      version: this.#version,
      type: 'DELETED',
      object: {
        ...object,
        metadata: {
          ...object.metadata,
          resourceVersion: String(this.#version),
        },
      },
      previous: object,
    };
    kind.log.add(gone);
    if (uid) {
      this.#living.delete(uid);
      this.#collect(uid);
    }
    if (kind.type.plural === 'namespaces') this.#emptyNamespace(name);
  }

  /** Garbage collection: whoever has no living owner left goes too. */
  #collect(uid: string): void {
    this.#forEachObject((kind, { object }) => {
      const owners = object.metadata.ownerReferences ?? [];
      const concerned = owners.some(owner => owner.uid === uid);
      if (concerned && !owners.some(owner => this.#living.has(owner.uid))) {
        this.remove(kind.type, object.metadata, false);
      }
    });
  }

  /** Dependents that are to stay lose the reference. */
  #orphan(uid: string | undefined): void {
    this.#forEachObject((kind, { object, managers }) => {
      const owners = object.metadata.ownerReferences ?? [];
      const kept = owners.filter(owner => owner.uid !== uid);
      if (kept.length === owners.length) return;
      const metadata = {
        ...object.metadata,
        ownerReferences: kept.length > 0 ? kept : undefined,
      };
      this.write(kind.type, { object: { ...object, metadata }, managers });
    });
  }

  #emptyNamespace(namespace: string): void {
    this.#forEachObject((kind, { object }) => {
      if (object.metadata.namespace === namespace)
        this.remove(kind.type, object.metadata, false);
    });
  }

  #forEachObject(visit: (kind: Kind, stored: Stored) => void): void {
    for (const kind of [...this.#kinds.values()]) {
      for (const stored of [...kind.objects.values()]) visit(kind, stored);
    }
  }

  #kind(type: ResourceType): Kind {
    const key = `${type.group}/${type.plural}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const fresh: Kind = {
      type,
      objects: new Map(),
      log: new ChangeLog(this.#history),
    };
    this.#kinds.set(key, fresh);
    return fresh;
  }
}
