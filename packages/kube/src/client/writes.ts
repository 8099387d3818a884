import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  ApplyOptions,
  DeleteOutcome,
  KubeWriter,
  WriteOutcome,
} from '../ports';
import { isKubeObject } from './reads';
import { collectionPath, objectPath, queryText } from './resourcePath';
import { StatusBody, readStatus, retryAfterMs } from './statusError';
import {
  RequestHeaders,
  Transport,
  TransportRequest,
  TransportResponse,
  connectionError,
} from './transport';

export interface HttpWriterOptions {
  readonly fieldManager: string;
  readonly headers: RequestHeaders;
  /** Query parameters of every write: what makes a dry run one. */
  readonly parameters: Readonly<Record<string, string>>;
}

const describe = (type: ResourceType, key: ObjectKey) =>
  `${type.kind} ${key.namespace ? `${key.namespace}/` : ''}${key.name}`;

/** `conflict with "kubectl" using apps/v1: .spec.replicas` names the other manager. */
function managersOf(status: StatusBody): readonly string[] {
  const texts = [status.message, ...status.causes.map(cause => cause.message)];
  const found = texts.flatMap(message =>
    [...message.matchAll(/conflicts? with "([^"]+)"/g)].map(match => match[1]),
  );
  return [...new Set(found)];
}

function isRetryable(status: number): boolean {
  return status === 429 || status >= 500 || status === 401 || status === 408;
}

function invalid(status: StatusBody): WriteOutcome {
  return {
    kind: 'invalid',
    message: status.message,
    fields: status.causes
      .map(cause => cause.field)
      .filter(field => field !== ''),
  };
}

function refusalOf(
  httpStatus: number,
  status: StatusBody,
): WriteOutcome | undefined {
  switch (httpStatus) {
    case 403:
      return { kind: 'forbidden', message: status.message };
    case 404:
    case 410:
      return { kind: 'missing', message: status.message };
    case 409:
      // A uid or resourceVersion that does not match is a precondition, another manager's field is a conflict.
      return status.reason === 'Conflict' &&
        managersOf(status).length === 0 &&
        /uid|precondition/i.test(status.message)
        ? { kind: 'missing', message: status.message }
        : {
            kind: 'conflict',
            message: status.message,
            managers: managersOf(status),
          };
    case 422:
      // An object of that name exists, and it is another one: the uid that was sent is a precondition.
      if (status.causes.some(cause => cause.field === 'metadata.uid')) {
        return { kind: 'missing', message: status.message };
      }
      return invalid(status);
    case 400:
    case 413:
    case 415:
      return invalid(status);
    default:
      return undefined;
  }
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
    { type, force, subresource, signal }: ApplyOptions,
  ): Promise<WriteOutcome> {
    return this.#write(`applying ${describe(type, object.metadata)}`, object, {
      method: 'PATCH',
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
      path: objectPath(type, key) + queryText(this.#options.parameters),
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: options.uid },
        propagationPolicy: options.propagation ?? 'Background',
      }),
      signal: options.signal,
    });
    if (response.status === 200 || response.status === 202) {
      await response.body.text();
      return { kind: 'deleted' };
    }
    const status = await readStatus(response, what);
    if (response.status === 404) return { kind: 'absent' };
    if (response.status === 409)
      return { kind: 'preconditionFailed', message: status.message };
    if (response.status === 403)
      return { kind: 'forbidden', message: status.message };
    throw this.#error(response, what, status);
  }

  #query(extra: Readonly<Record<string, boolean>>): string {
    return queryText({
      fieldManager: this.#options.fieldManager,
      ...this.#options.parameters,
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
    const refusal = isRetryable(response.status)
      ? undefined
      : refusalOf(response.status, status);
    if (refusal) return refusal;
    throw this.#error(response, what, status);
  }

  async #written(
    what: string,
    sent: KubeObject,
    response: TransportResponse,
  ): Promise<WriteOutcome> {
    let value: unknown;
    try {
      value = JSON.parse(await response.body.text());
    } catch (error) {
      throw connectionError(what, error);
    }
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

  #error(
    response: TransportResponse,
    what: string,
    status: StatusBody,
  ): KubeError {
    return new KubeError(`${what}: ${status.message}`, {
      status: response.status,
      reason: status.reason,
      retryAfterMs: retryAfterMs(response.headers['retry-after'], new Date()),
    });
  }
}
