import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ResourceType } from '../objects';
import { WatchEvent } from '../ports';
import { storeKey } from '../reflector/objectStore';

/** An object and which manager owns which of its fields. */
export interface Stored {
  readonly object: KubeObject;
  readonly managers: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  readonly previous?: KubeObject;
}

interface Kind {
  readonly objects: Map<string, Stored>;
  readonly changes: Change[];
}

export interface WatchRequest {
  readonly since: string;
  readonly matches: (object: KubeObject) => boolean;
  readonly signal?: AbortSignal;
}

/** Kinds whose objects change as one: no generation is counted for them. */
const withoutGeneration = new Set([
  'Service',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Namespace',
  'Event',
  'Lease',
]);

function contentOf(object: KubeObject): string {
  const {
    resourceVersion: _version,
    generation: _generation,
    ...metadata
  } = object.metadata;
  return JSON.stringify({ ...object, metadata });
}

function specOf(object: KubeObject): string {
  const { metadata: _metadata, status: _status, ...rest } = object;
  return JSON.stringify(rest);
}

/** All objects of an in-memory cluster, with their history. */
export class ObjectTable {
  readonly #now: () => Date;
  readonly #history: number;
  readonly #kinds = new Map<string, Kind>();
  #version = 100;
  #oldest = 0;
  #uids = 0;
  #wake = new Set<() => void>();
  #epoch = 0;

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

  list(type: ResourceType): readonly KubeObject[] {
    return [...this.#kind(type).objects.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, stored]) => stored.object);
  }

  hasNamespace(name: string): boolean {
    return this.#kinds.get('/namespaces')?.objects.has(name) ?? false;
  }

  /** Puts an object in; one without a change keeps its version. */
  write(
    type: ResourceType,
    next: Stored,
    options: { readonly dryRun?: boolean; readonly subresource?: string } = {},
  ): KubeObject {
    const kind = this.#kind(type);
    const key = storeKey(next.object.metadata);
    const live = kind.objects.get(key);
    if (live && contentOf(live.object) === contentOf(next.object)) {
      if (!options.dryRun)
        kind.objects.set(key, { object: live.object, managers: next.managers });
      return live.object;
    }
    const version = this.#version + 1;
    const object = this.#stamp(next.object, live?.object, version);
    if (options.dryRun) return object;
    this.#version = version;
    if (
      object.metadata.deletionTimestamp &&
      (object.metadata.finalizers ?? []).length === 0
    ) {
      this.#drop(type, object);
      return object;
    }
    kind.objects.set(key, { object, managers: next.managers });
    this.#record(kind, {
      version,
      type: live ? 'MODIFIED' : 'ADDED',
      object,
      previous: live?.object,
    });
    return object;
  }

  /** Deletes; dependents go too unless they are to be orphaned. A finalizer only marks. */
  remove(type: ResourceType, key: ObjectKey, orphan: boolean): void {
    const stored = this.#kind(type).objects.get(storeKey(key));
    if (!stored) return;
    if ((stored.object.metadata.finalizers ?? []).length > 0) {
      const metadata = {
        ...stored.object.metadata,
        deletionTimestamp: this.#now().toISOString(),
      };
      this.write(type, {
        object: { ...stored.object, metadata },
        managers: stored.managers,
      });
      return;
    }
    this.#version += 1;
    this.#drop(type, stored.object);
    if (!orphan && stored.object.metadata.uid)
      this.#collect(stored.object.metadata.uid);
    if (type.plural === 'namespaces') this.#emptyNamespace(key.name);
  }

  compact(): void {
    this.#oldest = this.#version;
    for (const kind of this.#kinds.values()) kind.changes.length = 0;
  }

  closeWatches(): void {
    this.#epoch += 1;
    this.#notify();
  }

  async *watch(
    type: ResourceType,
    { since, matches, signal }: WatchRequest,
  ): AsyncGenerator<WatchEvent> {
    const kind = this.#kind(type);
    const epoch = this.#epoch;
    let position = Number(since);
    while (!signal?.aborted && epoch === this.#epoch) {
      if (position < this.#oldest) {
        throw new KubeError(
          `too old resource version: ${position} (${this.#oldest})`,
          { status: 410, reason: 'Expired' },
        );
      }
      const changes = kind.changes.filter(change => change.version > position);
      for (const change of changes) {
        position = change.version;
        const event = visible(change, matches);
        if (event) yield event;
      }
      if (changes.length === 0) await this.#nextChange(signal);
    }
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

  #stamp(
    object: KubeObject,
    live: KubeObject | undefined,
    version: number,
  ): KubeObject {
    const counted = !withoutGeneration.has(object.kind);
    const before = live?.metadata.generation ?? 1;
    const generation =
      live && specOf(live) !== specOf(object) ? before + 1 : before;
    if (!live) this.#uids += 1;
    return {
      ...object,
      metadata: {
        ...object.metadata,
        uid:
          live?.metadata.uid ??
          `00000000-0000-4000-8000-${String(this.#uids).padStart(12, '0')}`,
        creationTimestamp:
          live?.metadata.creationTimestamp ?? this.#now().toISOString(),
        resourceVersion: String(version),
        ...(counted ? { generation } : {}),
      },
    };
  }

  #drop(type: ResourceType, object: KubeObject): void {
    const kind = this.#kind(type);
    kind.objects.delete(storeKey(object.metadata));
    const metadata = {
      ...object.metadata,
      resourceVersion: String(this.#version),
    };
    this.#record(kind, {
      version: this.#version,
      type: 'DELETED',
      object: { ...object, metadata },
      previous: object,
    });
  }

  /** Garbage collection: whoever has no living owner left goes too. */
  #collect(uid: string): void {
    for (const [key, kind] of this.#kinds) {
      for (const { object } of [...kind.objects.values()]) {
        const owners = object.metadata.ownerReferences ?? [];
        if (owners.length > 0 && owners.every(owner => owner.uid === uid)) {
          this.remove(typeOfKey(key, object), object.metadata, false);
        }
      }
    }
  }

  #emptyNamespace(namespace: string): void {
    for (const [key, kind] of this.#kinds) {
      for (const { object } of [...kind.objects.values()]) {
        if (object.metadata.namespace === namespace)
          this.remove(typeOfKey(key, object), object.metadata, true);
      }
    }
  }

  #kind(type: ResourceType): Kind {
    const key = `${type.group}/${type.plural}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const fresh: Kind = { objects: new Map(), changes: [] };
    this.#kinds.set(key, fresh);
    return fresh;
  }

  #record(kind: Kind, change: Change): void {
    kind.changes.push(change);
    if (kind.changes.length > this.#history) {
      const dropped = kind.changes.splice(
        0,
        kind.changes.length - this.#history,
      );
      this.#oldest = Math.max(this.#oldest, dropped.at(-1)?.version ?? 0);
    }
    this.#notify();
  }

  #notify(): void {
    [...this.#wake].forEach(wake => wake());
  }
}

function typeOfKey(key: string, object: KubeObject): ResourceType {
  const [group, plural] = key.split('/');
  return {
    group,
    plural,
    kind: object.kind,
    version: object.apiVersion.split('/').at(-1) ?? 'v1',
    namespaced: object.metadata.namespace !== undefined,
  };
}

/** A selector makes changes look like arrivals and departures. */
function visible(
  change: Change,
  matches: (object: KubeObject) => boolean,
): WatchEvent | undefined {
  const is = matches(change.object);
  const was = change.previous !== undefined && matches(change.previous);
  if (change.type === 'DELETED')
    return was || is ? { type: 'DELETED', object: change.object } : undefined;
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: change.object };
  return was ? { type: 'DELETED', object: change.object } : undefined;
}
