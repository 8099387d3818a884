import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  KubeReader,
  ListOptions,
  ListPage,
  PageOptions,
  WatchEvent,
  WatchOptions,
} from '../ports';
import { readLines } from './readLines';
import { collectionPath, objectPath, queryText } from './resourcePath';
import { errorOf, statusBodyOf } from './statusError';
import {
  RequestHeaders,
  Transport,
  TransportResponse,
  connectionError,
} from './transport';

const PAGE_SIZE = 500;
/** A list that expires in the middle is begun again this often before it is given up. */
const LIST_ATTEMPTS = 3;
/** A watch without a byte for this long is dead: bookmarks come about once a minute. */
export const WATCH_IDLE_MS = 150_000;

type Json = Readonly<Record<string, unknown>>;

function asRecord(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined;
}

/** True for what has the shape of a Kubernetes object; anything else in an answer is an error, never an object. */
export function isKubeObject(value: unknown): value is KubeObject {
  const object = asRecord(value);
  const metadata = asRecord(object?.metadata);
  return typeof metadata?.name === 'string';
}

function toObject(value: unknown, type: ResourceType): KubeObject {
  if (!isKubeObject(value)) {
    throw new KubeError(`the server sent something that is no ${type.kind}`);
  }
  // Items of a list do not carry their kind; everything that leaves this file does.
  if (value.kind !== undefined && value.apiVersion !== undefined) return value;
  return {
    ...value,
    apiVersion:
      type.group === '' ? type.version : `${type.group}/${type.version}`,
    kind: type.kind,
  };
}

function listQuery(options: ListOptions): Record<string, string | undefined> {
  return {
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
    resourceVersion: options.resourceVersion,
  };
}

async function parseJson(
  response: TransportResponse,
  what: string,
): Promise<unknown> {
  let body: string;
  try {
    body = await response.body.text();
  } catch (error) {
    throw connectionError(what, error);
  }
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new KubeError(`${what}: the answer is no JSON`, { cause: error });
  }
}

function toWatchEvent(line: string, type: ResourceType): WatchEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new KubeError(
      `a watch of ${type.plural} held a line that is no JSON`,
      { cause: error },
    );
  }
  const event = asRecord(value);
  const object = asRecord(event?.object);
  switch (event?.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type: event.type, object: toObject(object, type) };
    case 'BOOKMARK': {
      const metadata = asRecord(object?.metadata);
      const annotations = asRecord(metadata?.annotations);
      return {
        type: 'BOOKMARK',
        resourceVersion: String(metadata?.resourceVersion ?? ''),
        initialEventsEnd: annotations?.['k8s.io/initial-events-end'] === 'true',
      };
    }
    case 'ERROR': {
      const status = statusBodyOf(
        object,
        `a watch of ${type.plural} ended with an error`,
      );
      throw new KubeError(
        `a watch of ${type.plural} ended: ${status.message}`,
        {
          status: status.code,
          reason: status.reason,
          retryAfterMs:
            status.retryAfterSeconds === undefined
              ? undefined
              : status.retryAfterSeconds * 1000,
        },
      );
    }
    default:
      throw new KubeError(
        `a watch of ${
          type.plural
        } held an event of unknown type ${JSON.stringify(event?.type)}`,
      );
  }
}

/** Reads of one cluster, in one identity. */
export class HttpReader implements KubeReader {
  readonly #transport: Transport;
  readonly #headers: RequestHeaders;

  constructor(transport: Transport, headers: RequestHeaders = {}) {
    this.#transport = transport;
    this.#headers = headers;
  }

  async get(
    type: ResourceType,
    key: ObjectKey,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<KubeObject | undefined> {
    const what = `reading ${type.kind} ${
      key.namespace ? `${key.namespace}/` : ''
    }${key.name}`;
    const response = await this.#transport.send({
      method: 'GET',
      path: objectPath(type, key),
      headers: this.#headers,
      signal: options.signal,
    });
    if (response.status === 404) {
      await response.body.text();
      return undefined;
    }
    if (response.status !== 200) throw await errorOf(response, what);
    return toObject(await parseJson(response, what), type);
  }

  async list(
    type: ResourceType,
    options: ListOptions = {},
  ): Promise<{
    readonly items: readonly KubeObject[];
    readonly resourceVersion: string;
  }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#listOnce(type, options);
      } catch (error) {
        const expired = error instanceof KubeError && error.status === 410;
        if (!expired || attempt >= LIST_ATTEMPTS) throw error;
      }
    }
  }

  async #listOnce(
    type: ResourceType,
    options: ListOptions,
  ): Promise<{
    readonly items: readonly KubeObject[];
    readonly resourceVersion: string;
  }> {
    const items: KubeObject[] = [];
    let next: string | undefined;
    let resourceVersion: string;
    do {
      const page: ListPage = await this.listPage(type, {
        ...options,
        limit: PAGE_SIZE,
        continue: next,
      });
      items.push(...page.items);
      resourceVersion = page.resourceVersion;
      next = page.continue;
    } while (next);
    return { items, resourceVersion };
  }

  async listPage(type: ResourceType, options: PageOptions): Promise<ListPage> {
    const what = `listing ${type.plural}${
      options.namespace ? ` of ${options.namespace}` : ''
    }`;
    // A continued list is at the version of its first page; naming one again is refused.
    const version =
      options.continue === undefined ? options.resourceVersion : undefined;
    const response = await this.#transport.send({
      method: 'GET',
      path:
        collectionPath(type, options.namespace) +
        queryText({
          ...listQuery(options),
          resourceVersion: version,
          limit: options.limit,
          continue: options.continue,
        }),
      headers: this.#headers,
      signal: options.signal,
    });
    if (response.status !== 200) throw await errorOf(response, what);
    const list = asRecord(await parseJson(response, what));
    const metadata = asRecord(list?.metadata);
    if (typeof metadata?.resourceVersion !== 'string') {
      throw new KubeError(`${what}: the answer is no list`);
    }
    const items = Array.isArray(list?.items) ? list.items : [];
    return {
      items: items.map(item => toObject(item, type)),
      resourceVersion: metadata.resourceVersion,
      continue:
        typeof metadata.continue === 'string' && metadata.continue !== ''
          ? metadata.continue
          : undefined,
    };
  }

  async *watch(
    type: ResourceType,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent> {
    const what = `watching ${type.plural}`;
    const response = await this.#transport.stream({
      method: 'GET',
      path:
        collectionPath(type, options.namespace) +
        queryText({
          ...listQuery(options),
          watch: true,
          allowWatchBookmarks: true,
          timeoutSeconds: options.timeoutSeconds,
          ...(options.sendInitialEvents
            ? { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
            : {}),
        }),
      headers: this.#headers,
      signal: options.signal,
      idleMs: WATCH_IDLE_MS,
    });
    if (response.status !== 200) throw await errorOf(response, what);
    try {
      for await (const line of readLines(response.body))
        yield toWatchEvent(line, type);
    } catch (error) {
      throw connectionError(what, error);
    } finally {
      response.body.destroy();
    }
  }
}
