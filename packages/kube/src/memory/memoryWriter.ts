import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  ApplyOptions,
  DeleteOutcome,
  KubeWriter,
  WriteOutcome,
} from '../ports';
import { Stored } from './objectTable';
import { forbidden, MemoryContext, RequestInfo, Verb } from './requests';
import {
  applyFields,
  conflictsWith,
  replaceFields,
  Writing,
} from './serverSideApply';

const named = (type: ResourceType, key: ObjectKey) =>
  `${type.plural}${type.group ? `.${type.group}` : ''} "${key.name}"`;

const notFound = (type: ResourceType, key: ObjectKey): WriteOutcome => ({
  kind: 'missing',
  message: `${named(type, key)} not found`,
});

const exists = (
  type: ResourceType,
  { metadata }: KubeObject,
): WriteOutcome => ({
  kind: 'conflict',
  message: `${named(type, metadata)} already exists`,
  managers: [],
});

/** A uid or resourceVersion that was sent and does not fit. */
function precondition(
  type: ResourceType,
  object: KubeObject,
  live: Stored | undefined,
): WriteOutcome | undefined {
  const { uid, resourceVersion } = object.metadata;
  const found = live?.object.metadata;
  if (uid !== undefined && uid !== found?.uid) {
    return {
      kind: 'missing',
      message: `Operation cannot be fulfilled on ${named(
        type,
        object.metadata,
      )}: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${
        found?.uid ?? ''
      }`,
    };
  }
  if (
    found &&
    resourceVersion !== undefined &&
    resourceVersion !== found.resourceVersion
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
  return undefined;
}

/** What an apply without force answers when others own what it wants to change. */
function conflict(
  object: KubeObject,
  live: Stored | undefined,
  writing: Writing,
): WriteOutcome | undefined {
  if (!live || writing.force) return undefined;
  const found = conflictsWith(live, object, writing);
  if (found.length === 0) return undefined;
  const list = found
    .map(({ manager, field }) => `conflict with "${manager}": ${field}`)
    .join(', ');
  return {
    kind: 'conflict',
    message: `Apply failed with ${found.length} conflict${
      found.length > 1 ? 's' : ''
    }: ${list}`,
    managers: [...new Set(found.map(({ manager }) => manager))],
    fields: found.map(({ manager, field }) => ({ manager, field })),
  };
}

/** What of an apply does not fit what is there. */
function unmetBy(
  live: Stored | undefined,
  object: KubeObject,
  { type, writing, ifAbsent }: ApplyOptions & { readonly writing: Writing },
): WriteOutcome | undefined {
  return (
    precondition(type, object, live) ??
    conflict(object, live, writing) ??
    (live && ifAbsent ? exists(type, object) : undefined)
  );
}

/** Writes of an in-memory cluster: one manager, one identity, for good or as a dry run. */
export class MemoryWriter implements KubeWriter {
  readonly #context: MemoryContext;
  readonly #manager: string;
  readonly #dryRun: boolean;

  constructor(
    context: MemoryContext,
    options: { readonly manager: string; readonly dryRun: boolean },
  ) {
    this.#context = context;
    this.#manager = options.manager;
    this.#dryRun = options.dryRun;
  }

  async apply(
    object: KubeObject,
    { type, force = false, ifAbsent, subresource, signal }: ApplyOptions,
  ): Promise<WriteOutcome> {
    signal?.throwIfAborted();
    const live = this.#context.table.get(type, object.metadata);
    const patch = this.#request('patch', { type, object, subresource });
    // An apply that creates needs both rights.
    const refusal =
      this.#refusal(patch, object) ??
      (live ? undefined : this.#refusal({ ...patch, verb: 'create' }, object));
    if (refusal) return refusal;
    if (!live && subresource) return notFound(type, object.metadata);
    const writing: Writing = {
      manager: this.#manager,
      operation: 'Apply',
      force,
      subresource,
    };
    const unmet = unmetBy(live, object, { type, writing, ifAbsent });
    if (unmet) return unmet;
    const request: RequestInfo = { ...patch, verb: live ? 'patch' : 'create' };
    return this.#store(request, live, applyFields(live, object, writing));
  }

  async create(
    object: KubeObject,
    {
      type,
      signal,
    }: { readonly type: ResourceType; readonly signal?: AbortSignal },
  ): Promise<WriteOutcome> {
    signal?.throwIfAborted();
    const request = this.#request('create', { type, object });
    const refusal = this.#refusal(request, object);
    if (refusal) return refusal;
    if (this.#context.table.get(type, object.metadata)) {
      return exists(type, object);
    }
    const next = replaceFields(undefined, object, {
      manager: this.#manager,
      operation: 'Update',
    });
    return this.#store(request, undefined, next);
  }

  async update(
    object: KubeObject,
    {
      type,
      subresource,
      signal,
    }: {
      readonly type: ResourceType;
      readonly subresource?: 'status';
      readonly signal?: AbortSignal;
    },
  ): Promise<WriteOutcome> {
    signal?.throwIfAborted();
    const request = this.#request('update', { type, object, subresource });
    const refusal = this.#refusal(request, object);
    if (refusal) return refusal;
    const live = this.#context.table.get(type, object.metadata);
    if (!live) return notFound(type, object.metadata);
    const unmet = precondition(type, object, live);
    if (unmet) return unmet;
    const next = replaceFields(live, object, {
      manager: this.#manager,
      operation: 'Update',
      subresource,
    });
    return this.#store(request, live, next);
  }

  async delete(
    type: ResourceType,
    key: ObjectKey,
    options: {
      readonly uid: string;
      readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
      readonly signal?: AbortSignal;
    },
  ): Promise<DeleteOutcome> {
    options.signal?.throwIfAborted();
    const { table, identity, check, committed } = this.#context;
    const { namespace, name } = key;
    const request: RequestInfo = {
      verb: 'delete',
      type,
      namespace,
      name,
      identity,
    };
    if (!check(request))
      return { kind: 'forbidden', message: forbidden(request) };
    const live = table.get(type, key);
    if (!live) return { kind: 'absent' };
    const { uid } = live.object.metadata;
    if (uid !== options.uid) {
      return {
        kind: 'preconditionFailed',
        message: `Precondition failed: UID in precondition: ${options.uid}, UID in object meta: ${uid}`,
      };
    }
    if (this.#dryRun) return { kind: 'deleted' };
    table.remove(type, key, options.propagation === 'Orphan');
    committed(request);
    return { kind: 'deleted' };
  }

  #request(
    verb: Verb,
    about: {
      readonly type: ResourceType;
      readonly object: KubeObject;
      readonly subresource?: string;
    },
  ): RequestInfo {
    const { namespace, name } = about.object.metadata;
    const { type, subresource } = about;
    const { identity } = this.#context;
    return { verb, type, namespace, name, subresource, identity };
  }

  #refusal(request: RequestInfo, object: KubeObject): WriteOutcome | undefined {
    if (!this.#context.check(request)) {
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

  #store(
    request: RequestInfo,
    live: Stored | undefined,
    next: Stored,
  ): WriteOutcome {
    const before = live?.object.metadata.resourceVersion;
    const object = this.#context.table.write(request.type, next, {
      dryRun: this.#dryRun,
    });
    const changed = object.metadata.resourceVersion !== before;
    if (changed && !this.#dryRun) this.#context.committed(request);
    return { kind: 'written', object, created: !live, changed };
  }
}
