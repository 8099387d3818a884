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
import { Matches } from './changeLog';
import { forbidden, MemoryContext, RequestInfo } from './requests';
import { matchesFields, matchesLabels } from './selectors';

function matcher(options: ListOptions): Matches {
  const { namespace, labelSelector, fieldSelector } = options;
  return object =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    matchesLabels(object, labelSelector) &&
    matchesFields(object, fieldSelector);
}

/** A continue token: which list, from which item on, at which version. */
function readToken(text: string) {
  const [list, start, version] = text.split('/');
  return { list, start: Number(start), version };
}

/** Reads of an in-memory cluster, in one identity. */
export class MemoryReader implements KubeReader {
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
    const { table } = this.#context;
    return {
      items: table.list(type, matcher(options)),
      resourceVersion: table.version,
    };
  }

  async listPage(type: ResourceType, options: PageOptions): Promise<ListPage> {
    const { table } = this.#context;
    this.#require({ verb: 'list', type, namespace: options.namespace });
    const from =
      options.continue === undefined ? undefined : readToken(options.continue);
    const items = from
      ? table.keptList(from.list)
      : table.list(type, matcher(options));
    const version = from?.version ?? table.version;
    const start = from?.start ?? 0;
    const end = start + options.limit;
    if (end >= items.length) {
      return { items: items.slice(start), resourceVersion: version };
    }
    const list = from?.list ?? table.keepList(items);
    return {
      items: items.slice(start, end),
      resourceVersion: version,
      continue: `${list}/${end}/${version}`,
    };
  }

  async *watch(
    type: ResourceType,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent> {
    this.#require({ verb: 'watch', type, namespace: options.namespace });
    const { table } = this.#context;
    const matches = matcher(options);
    const { signal, sendInitialEvents } = options;
    options.onOpen?.();
    let since = options.resourceVersion;
    if (sendInitialEvents || since === '' || since === '0') {
      since = table.version;
      for (const object of table.list(type, matches))
        yield { type: 'ADDED', object };
      if (sendInitialEvents)
        yield {
          type: 'BOOKMARK',
          resourceVersion: since,
          initialEventsEnd: true,
        };
    }
    yield* table.follow(type, { since, matches, signal });
  }

  #require(request: RequestInfo): void {
    const full = { ...request, identity: this.#context.identity };
    if (this.#context.check(full)) return;
    throw new KubeError(forbidden(full), { status: 403, reason: 'Forbidden' });
  }
}
