import { KubeError } from '../errors';
import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  KubeReader,
  ListOptions,
  ListPage,
  PageOptions,
  PodLogReader,
  WatchEvent,
  WatchOptions,
} from '../ports';
import { isRecord, parseAnswer, toKubeObject } from './json';
import { createPodLogReader } from './podLogs';
import { readLines } from './readLines';
import { collectionPath, objectPath, queryText } from './resourcePath';
import { readServerVersion } from './serverVersion';
import { errorOf } from './statusError';
import { RequestHeaders, Transport, connectionError } from './transport';
import { toWatchEvent } from './watchEvent';

const PAGE_SIZE = 500;
/** A list that expires in the middle is begun again this often before it is given up. */
const LIST_ATTEMPTS = 3;
/** A watch without a byte for this long is dead: bookmarks come about once a minute. */
export const WATCH_IDLE_MS = 150_000;

function listQuery(options: ListOptions): Record<string, string | undefined> {
  return {
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
    resourceVersion: options.resourceVersion,
  };
}

function watchQuery(options: WatchOptions) {
  return queryText({
    ...listQuery(options),
    watch: true,
    allowWatchBookmarks: true,
    timeoutSeconds: options.timeoutSeconds,
    ...(options.sendInitialEvents
      ? { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
      : {}),
  });
}

/** A list's JSON as a page. What is no list is an error: read as an empty one, it would say that everything is gone. */
function toPage(value: unknown, type: ResourceType, what: string): ListPage {
  const metadata = isRecord(value) ? value.metadata : undefined;
  if (
    !isRecord(value) ||
    !isRecord(metadata) ||
    typeof metadata.resourceVersion !== 'string' ||
    !Array.isArray(value.items)
  ) {
    throw new KubeError(`${what}: the answer is no list`);
  }
  const next = metadata.continue;
  return {
    items: value.items.map(item => toKubeObject(item, type)),
    resourceVersion: metadata.resourceVersion,
    continue: typeof next === 'string' && next !== '' ? next : undefined,
  };
}

/** Reads of one cluster, in one identity. */
export class HttpReader implements KubeReader {
  readonly #transport: Transport;
  readonly #headers: RequestHeaders;
  readonly logs: PodLogReader;

  constructor(transport: Transport, headers: RequestHeaders = {}) {
    this.#transport = transport;
    this.#headers = headers;
    this.logs = createPodLogReader(transport, headers);
  }

  version({ signal }: { readonly signal?: AbortSignal } = {}) {
    return readServerVersion(this.#transport, {
      headers: this.#headers,
      signal,
    });
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
      verb: 'get',
      path: objectPath(type, key),
      headers: this.#headers,
      signal: options.signal,
    });
    if (response.status === 404) {
      await response.body.text();
      return undefined;
    }
    if (response.status !== 200) throw await errorOf(response, what);
    return toKubeObject(parseAnswer(await response.body.text(), what), type);
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
    const seen = new Set<string>();
    let page: ListPage | undefined;
    do {
      page = await this.listPage(type, {
        ...options,
        limit: PAGE_SIZE,
        continue: page?.continue,
      });
      for (const item of page.items) items.push(item);
      if (page.continue !== undefined && seen.has(page.continue)) {
        throw new KubeError(
          `listing ${type.plural}: the server sent the same page again and again`,
        );
      }
      if (page.continue !== undefined) seen.add(page.continue);
    } while (page.continue !== undefined);
    return { items, resourceVersion: page.resourceVersion };
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
      verb: 'list',
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
    return toPage(parseAnswer(await response.body.text(), what), type, what);
  }

  async *watch(
    type: ResourceType,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent> {
    const what = `watching ${type.plural}`;
    const response = await this.#transport.stream({
      method: 'GET',
      verb: 'watch',
      path: collectionPath(type, options.namespace) + watchQuery(options),
      headers: this.#headers,
      signal: options.signal,
      idleMs: WATCH_IDLE_MS,
    });
    if (response.status !== 200) throw await errorOf(response, what);
    try {
      options.onOpen?.();
      for await (const line of readLines(response.body))
        yield toWatchEvent(line, type);
    } catch (error) {
      throw connectionError(what, error);
    } finally {
      response.body.destroy();
    }
  }
}
