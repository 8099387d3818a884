import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  ApplyOptions,
  DeleteOutcome,
  KubeWriter,
  WriteOutcome,
} from '../ports';
import { isKubeObject, parseAnswer } from './json';
import { collectionPath, objectPath, queryText } from './resourcePath';
import { refusedWith, readStatus } from './statusError';
import {
  RequestHeaders,
  Transport,
  TransportRequest,
  TransportResponse,
} from './transport';
import { isPrecondition, refusalOf } from './writeRefusal';

export interface HttpWriterOptions {
  readonly fieldManager: string;
  readonly headers: RequestHeaders;
  /** The server does everything but store the result. */
  readonly dryRun: boolean;
}

const describe = (type: ResourceType, key: ObjectKey) =>
  `${type.kind} ${key.namespace ? `${key.namespace}/` : ''}${key.name}`;

/**
 * What makes an apply one that only creates. The server compares a resourceVersion with that of an object that is there,
 * and looks at none where there is nothing; no object has the first revision of the store.
 */
function onlyIfAbsent(object: KubeObject): KubeObject {
  const metadata = { ...object.metadata, resourceVersion: '1' };
  return { ...object, metadata };
}

/** Writes of one cluster: one field manager, one identity, for good or as a dry run. */
export class HttpWriter implements KubeWriter {
  readonly #transport: Transport;
  readonly #options: HttpWriterOptions;

  constructor(transport: Transport, options: HttpWriterOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  apply(
    object: KubeObject,
    { type, force, ifAbsent, subresource, signal }: ApplyOptions,
  ): Promise<WriteOutcome> {
    const sent = ifAbsent ? onlyIfAbsent(object) : object;
    return this.#write(`applying ${describe(type, object.metadata)}`, sent, {
      method: 'PATCH',
      verb: 'apply',
      path:
        objectPath(type, object.metadata, subresource) +
        this.#query({ force: force ?? false }),
      contentType: 'application/apply-patch+yaml',
      signal,
    });
  }

  create(
    object: KubeObject,
    {
      type,
      signal,
    }: { readonly type: ResourceType; readonly signal?: AbortSignal },
  ): Promise<WriteOutcome> {
    return this.#write(`creating ${describe(type, object.metadata)}`, object, {
      method: 'POST',
      verb: 'create',
      path: collectionPath(type, object.metadata.namespace) + this.#query({}),
      signal,
    });
  }

  update(
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
    return this.#write(`updating ${describe(type, object.metadata)}`, object, {
      method: 'PUT',
      verb: 'update',
      path: objectPath(type, object.metadata, subresource) + this.#query({}),
      signal,
    });
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
    const what = `deleting ${describe(type, key)}`;
    const response = await this.#send({
      method: 'DELETE',
      verb: 'delete',
      path: objectPath(type, key),
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: options.uid },
        propagationPolicy: options.propagation ?? 'Background',
        // Of a DELETE with a body the server ignores the query: without this a dry run would delete.
        ...(this.#options.dryRun ? { dryRun: ['All'] } : {}),
      }),
      signal: options.signal,
    });
    if (response.status === 200 || response.status === 202) {
      await response.body.text();
      return { kind: 'deleted' };
    }
    const status = await readStatus(response, what);
    if (response.status === 404) return { kind: 'absent' };
    if (response.status === 409 && isPrecondition(status))
      return { kind: 'preconditionFailed', message: status.message };
    if (response.status === 403)
      return { kind: 'forbidden', message: status.message };
    throw refusedWith(response, what, status);
  }

  #query(extra: Readonly<Record<string, boolean>>): string {
    return queryText({
      fieldManager: this.#options.fieldManager,
      dryRun: this.#options.dryRun ? 'All' : undefined,
      ...extra,
    });
  }

  #send(request: TransportRequest): Promise<TransportResponse> {
    return this.#transport.send({ ...request, headers: this.#options.headers });
  }

  async #write(
    what: string,
    object: KubeObject,
    request: TransportRequest,
  ): Promise<WriteOutcome> {
    const response = await this.#send({
      ...request,
      body: JSON.stringify(object),
    });
    if (response.status === 200 || response.status === 201) {
      return this.#written(what, object, response);
    }
    const status = await readStatus(response, what);
    const refusal = refusalOf(response.status, status);
    if (refusal) return refusal;
    throw refusedWith(response, what, status);
  }

  async #written(
    what: string,
    sent: KubeObject,
    response: TransportResponse,
  ): Promise<WriteOutcome> {
    const value = parseAnswer(await response.body.text(), what);
    if (!isKubeObject(value))
      throw new KubeError(
        `${what}: the server answered with something that is no object`,
      );
    const created = response.status === 201;
    // The server does not say whether anything changed; a caller that knew the version before can tell.
    const before = sent.metadata.resourceVersion;
    const changed =
      created ||
      before === undefined ||
      before !== value.metadata.resourceVersion;
    return { kind: 'written', object: value, created, changed };
  }
}
