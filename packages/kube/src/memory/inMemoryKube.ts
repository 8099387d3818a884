import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  ApplyOptions,
  DeleteOutcome,
  Impersonation,
  KubeCluster,
  KubeReader,
  KubeWriter,
  ListOptions,
  ListPage,
  PageOptions,
  WatchEvent,
  WatchOptions,
  WriteOutcome,
} from '../ports';
import { ObjectTable, Stored } from './objectTable';
import { conflictsWith, applyFields } from './serverSideApply';
import { matchesFields, matchesLabels } from './selectors';

export type Verb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'patch'
  | 'update'
  | 'delete';

/** One request, as hooks see it. */
export interface RequestInfo {
  readonly verb: Verb;
  readonly type: ResourceType;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** Who asks; `undefined` is the cluster's own administrator. */
  readonly identity?: Impersonation;
}

export interface InMemoryKubeOptions {
  readonly name?: string;
  /** RBAC in one function; default allows everything. */
  readonly allow?: (request: RequestInfo) => boolean;
  /** Admission: a sentence refuses the object (quota, policies). */
  readonly admit?: (
    request: RequestInfo,
    object: KubeObject,
  ) => string | undefined;
  /** Faults: throw here to make a request fail. */
  readonly fault?: (request: RequestInfo) => void;
  readonly now?: () => Date;
  /** How many events a watcher may resume over; older versions answer 410. Default 10,000. */
  readonly history?: number;
}

const named = (type: ResourceType, key: ObjectKey) =>
  `${type.plural}${type.group ? `.${type.group}` : ''} "${key.name}"`;

/**
 * An API server in memory: resource versions, generation, server-side apply with field ownership, garbage collection by
 * owner reference, watches with resume and expiry. Held to the same contract suite as the real one.
 */
export class InMemoryKube implements KubeCluster {
  readonly name: string;
  readonly #options: InMemoryKubeOptions;
  readonly #table: ObjectTable;
  readonly #writes: RequestInfo[] = [];

  constructor(options: InMemoryKubeOptions = {}) {
    this.name = options.name ?? 'memory';
    this.#options = options;
    this.#table = new ObjectTable({
      now: options.now ?? (() => new Date()),
      history: options.history ?? 10_000,
    });
  }

  /** Writes that changed something, in order; dry runs and refusals are not among them. */
  get writes(): readonly RequestInfo[] {
    return this.#writes;
  }

  /** Puts an object there as if somebody else had made it; for test set-up. */
  seed(type: ResourceType, object: KubeObject, manager = 'seed'): KubeObject {
    return this.#table.write(type, {
      object,
      managers: new Map([[manager, new Set<string>()]]),
    });
  }

  /** Forgets the history: every watch from an older version answers 410. */
  compact(): void {
    this.#table.compact();
  }

  /** Ends every open watch, as a restart of the server does. */
  closeWatches(): void {
    this.#table.closeWatches();
  }

  as(identity: Impersonation): KubeReader {
    return new MemoryReader(this.#context(identity));
  }

  get(type: ResourceType, key: ObjectKey): Promise<KubeObject | undefined> {
    return new MemoryReader(this.#context()).get(type, key);
  }

  list(
    type: ResourceType,
    options?: ListOptions,
  ): Promise<{
    readonly items: readonly KubeObject[];
    readonly resourceVersion: string;
  }> {
    return new MemoryReader(this.#context()).list(type, options);
  }

  listPage(type: ResourceType, options: PageOptions): Promise<ListPage> {
    return new MemoryReader(this.#context()).listPage(type, options);
  }

  watch(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent> {
    return new MemoryReader(this.#context()).watch(type, options);
  }

  writer(options: {
    readonly fieldManager: string;
    readonly impersonate?: Impersonation;
    readonly dryRun?: boolean;
  }): KubeWriter {
    const context = this.#context(options.impersonate);
    return new MemoryWriter(
      context,
      options.fieldManager,
      options.dryRun ? () => {} : request => this.#writes.push(request),
      options.dryRun ?? false,
    );
  }

  #context(identity?: Impersonation): MemoryContext {
    return {
      table: this.#table,
      identity,
      check: request => {
        this.#options.fault?.(request);
        return this.#options.allow?.(request) ?? true;
      },
      admit: (request, object) => this.#options.admit?.(request, object),
    };
  }
}

interface MemoryContext {
  readonly table: ObjectTable;
  readonly identity?: Impersonation;
  readonly check: (request: RequestInfo) => boolean;
  readonly admit: (
    request: RequestInfo,
    object: KubeObject,
  ) => string | undefined;
}

function forbidden(request: RequestInfo): string {
  const who = request.identity?.user ?? 'admin';
  const what = `${request.type.plural}${
    request.name ? ` "${request.name}"` : ''
  } is forbidden`;
  return `${what}: User "${who}" cannot ${request.verb} resource "${
    request.type.plural
  }" in API group "${request.type.group}"${
    request.namespace
      ? ` in the namespace "${request.namespace}"`
      : ' at the cluster scope'
  }`;
}

class MemoryReader implements KubeReader {
  readonly #context: MemoryContext;

  constructor(context: MemoryContext) {
    this.#context = context;
  }

  async get(
    type: ResourceType,
    key: ObjectKey,
  ): Promise<KubeObject | undefined> {
    this.#require({ verb: 'get', type, ...key });
    return this.#context.table.get(type, key)?.object;
  }

  async list(
    type: ResourceType,
    options: ListOptions = {},
  ): Promise<{
    readonly items: readonly KubeObject[];
    readonly resourceVersion: string;
  }> {
    this.#require({ verb: 'list', type, namespace: options.namespace });
    return {
      items: this.#select(type, options),
      resourceVersion: this.#context.table.version,
    };
  }

  async listPage(type: ResourceType, options: PageOptions): Promise<ListPage> {
    const { items, resourceVersion } = await this.list(type, options);
    const start = Number(options.continue ?? 0);
    const end = start + options.limit;
    return {
      items: items.slice(start, end),
      resourceVersion,
      continue: end < items.length ? String(end) : undefined,
    };
  }

  async *watch(
    type: ResourceType,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent> {
    this.#require({ verb: 'watch', type, namespace: options.namespace });
    const matches = (object: KubeObject) =>
      (options.namespace === undefined ||
        object.metadata.namespace === options.namespace) &&
      matchesLabels(object, options.labelSelector) &&
      matchesFields(object, options.fieldSelector);
    yield* this.#context.table.watch(type, {
      since: options.resourceVersion,
      matches,
      signal: options.signal,
    });
  }

  #require(request: RequestInfo): void {
    const full = { ...request, identity: this.#context.identity };
    if (!this.#context.check(full))
      throw new KubeError(forbidden(full), {
        status: 403,
        reason: 'Forbidden',
      });
  }

  #select(type: ResourceType, options: ListOptions): readonly KubeObject[] {
    return this.#context.table
      .list(type)
      .filter(
        object =>
          (options.namespace === undefined ||
            object.metadata.namespace === options.namespace) &&
          matchesLabels(object, options.labelSelector) &&
          matchesFields(object, options.fieldSelector),
      );
  }
}

class MemoryWriter implements KubeWriter {
  readonly #context: MemoryContext;
  readonly #manager: string;
  readonly #count: (request: RequestInfo) => void;
  readonly #dryRun: boolean;

  // eslint-disable-next-line max-params
  constructor(
    context: MemoryContext,
    manager: string,
    count: (request: RequestInfo) => void,
    dryRun: boolean,
  ) {
    this.#context = context;
    this.#manager = manager;
    this.#count = count;
    this.#dryRun = dryRun;
  }

  async apply(
    object: KubeObject,
    { type, force, subresource }: ApplyOptions,
  ): Promise<WriteOutcome> {
    const live = this.#context.table.get(type, object.metadata);
    const request = this.#request(live ? 'patch' : 'create', {
      type,
      object,
      subresource,
    });
    const refusal = this.#refusal(
      request,
      { ...request, verb: 'patch' },
      object,
    );
    if (refusal) return refusal;
    if (!live && subresource)
      return {
        kind: 'missing',
        message: `${named(type, object.metadata)} not found`,
      };
    const precondition = this.#precondition(type, object, live);
    if (precondition) return precondition;
    const conflicts =
      live && !force ? conflictsWith(live, object, this.#manager) : [];
    if (conflicts.length > 0) {
      const managers = [
        ...new Set(conflicts.map(conflict => conflict.manager)),
      ];
      return {
        kind: 'conflict',
        message: `Apply failed with ${conflicts.length} conflict${
          conflicts.length > 1 ? 's' : ''
        }: ${conflicts
          .map(({ manager, field }) => `conflict with "${manager}": ${field}`)
          .join(', ')}`,
        managers,
      };
    }
    return this.#store(
      request,
      live,
      applyFields(live, object, {
        manager: this.#manager,
        force: force ?? false,
        subresource,
      }),
    );
  }

  async create(
    object: KubeObject,
    { type }: { readonly type: ResourceType },
  ): Promise<WriteOutcome> {
    const request = this.#request('create', { type, object });
    const refusal = this.#refusal(request, request, object);
    if (refusal) return refusal;
    if (this.#context.table.get(type, object.metadata)) {
      return {
        kind: 'conflict',
        message: `${named(type, object.metadata)} already exists`,
        managers: [],
      };
    }
    return this.#store(
      request,
      undefined,
      applyFields(undefined, object, { manager: this.#manager, force: true }),
    );
  }

  async update(
    object: KubeObject,
    {
      type,
      subresource,
    }: { readonly type: ResourceType; readonly subresource?: 'status' },
  ): Promise<WriteOutcome> {
    const request = this.#request('update', { type, object, subresource });
    const refusal = this.#refusal(request, request, object);
    if (refusal) return refusal;
    const live = this.#context.table.get(type, object.metadata);
    if (!live)
      return {
        kind: 'missing',
        message: `${named(type, object.metadata)} not found`,
      };
    const expected = object.metadata.resourceVersion;
    if (
      expected !== undefined &&
      expected !== live.object.metadata.resourceVersion
    ) {
      return {
        kind: 'conflict',
        message: `Operation cannot be fulfilled on ${named(
          type,
          object.metadata,
        )}: the object has been modified; please apply your changes to the latest version and try again`,
        managers: [],
      };
    }
    const replaced = subresource
      ? { ...live.object, status: object.status }
      : { ...object, status: live.object.status ?? object.status };
    return this.#store(request, live, {
      object: replaced,
      managers: live.managers,
    });
  }

  async delete(
    type: ResourceType,
    key: ObjectKey,
    options: {
      readonly uid: string;
      readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
    },
  ): Promise<DeleteOutcome> {
    const request: RequestInfo = {
      verb: 'delete',
      type,
      ...key,
      identity: this.#context.identity,
    };
    if (!this.#context.check(request))
      return { kind: 'forbidden', message: forbidden(request) };
    const live = this.#context.table.get(type, key);
    if (!live) return { kind: 'absent' };
    if (live.object.metadata.uid !== options.uid) {
      return {
        kind: 'preconditionFailed',
        message: `the uid in the precondition (${options.uid}) does not match the uid of the object (${live.object.metadata.uid})`,
      };
    }
    if (this.#dryRun) return { kind: 'deleted' };
    this.#count(request);
    this.#context.table.remove(type, key, options.propagation === 'Orphan');
    return { kind: 'deleted' };
  }

  #request(
    verb: Verb,
    {
      type,
      object,
      subresource,
    }: {
      readonly type: ResourceType;
      readonly object: KubeObject;
      readonly subresource?: string;
    },
  ): RequestInfo {
    const { namespace, name } = object.metadata;
    return {
      verb,
      type,
      namespace,
      name,
      subresource,
      identity: this.#context.identity,
    };
  }

  #refusal(
    request: RequestInfo,
    needed: RequestInfo,
    object: KubeObject,
  ): WriteOutcome | undefined {
    if (
      !this.#context.check(request) ||
      (needed.verb !== request.verb && !this.#context.check(needed))
    ) {
      return { kind: 'forbidden', message: forbidden(request) };
    }
    const { type, namespace } = request;
    if (
      type.namespaced &&
      namespace !== undefined &&
      !this.#context.table.hasNamespace(namespace)
    ) {
      return {
        kind: 'missing',
        message: `namespaces "${namespace}" not found`,
      };
    }
    const sentence = this.#context.admit(request, object);
    return sentence === undefined
      ? undefined
      : { kind: 'forbidden', message: sentence };
  }

  #precondition(
    type: ResourceType,
    object: KubeObject,
    live: Stored | undefined,
  ): WriteOutcome | undefined {
    const { uid } = object.metadata;
    return uid !== undefined && uid !== live?.object.metadata.uid
      ? {
          kind: 'missing',
          message: `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${
            live?.object.metadata.uid ?? ''
          } (${named(type, object.metadata)})`,
        }
      : undefined;
  }

  #store(
    request: RequestInfo,
    live: Stored | undefined,
    next: Stored,
  ): WriteOutcome {
    const before = live?.object.metadata.resourceVersion;
    const object = this.#context.table.write(request.type, next, {
      dryRun: this.#dryRun,
      subresource: request.subresource,
    });
    const changed = object.metadata.resourceVersion !== before;
    if (changed) this.#count(request);
    return { kind: 'written', object, created: !live, changed };
  }
}
