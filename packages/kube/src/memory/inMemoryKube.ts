import { KubeObject, ObjectKey, ResourceType } from '../objects';
import {
  Impersonation,
  KubeCluster,
  KubeReader,
  KubeWriter,
  ListOptions,
  ListPage,
  PageOptions,
  WatchEvent,
  WatchOptions,
} from '../ports';
import { MemoryReader } from './memoryReader';
import { MemoryWriter } from './memoryWriter';
import { ObjectTable } from './objectTable';
import { MemoryContext, RequestInfo, Verb } from './requests';

export interface InMemoryKubeOptions {
  readonly name?: string;
  /** RBAC in one function; default allows everything. */
  readonly allow?: (request: RequestInfo) => boolean;
  /** Admission: a sentence refuses the object (quota, policies). */
  readonly admit?: (
    request: RequestInfo,
    object: KubeObject,
  ) => string | undefined;
  /** Faults: throw here to make a request fail before it does anything. */
  readonly fault?: (request: RequestInfo) => void;
  /** Faults: throw here to lose the answer of a write that was carried out. */
  readonly loseAnswer?: (request: RequestInfo) => void;
  readonly now?: () => Date;
  /** How many events a watcher may resume over; older versions answer 410. Default 10,000. */
  readonly history?: number;
}

/**
 * An API server in memory: resource versions, generation, server-side apply with field ownership, garbage collection by
 * owner reference, watches with resume and expiry. Held to the same contract suite as the real one.
 */
export class InMemoryKube implements KubeCluster {
  readonly name: string;
  readonly #options: InMemoryKubeOptions;
  readonly #table: ObjectTable;
  readonly #admin: MemoryReader;
  readonly #writes: RequestInfo[] = [];
  readonly #requests = new Map<Verb, number>();

  constructor(options: InMemoryKubeOptions = {}) {
    this.name = options.name ?? 'memory';
    this.#options = options;
    this.#table = new ObjectTable({
      now: options.now ?? (() => new Date()),
      history: options.history ?? 10_000,
    });
    this.#admin = new MemoryReader(this.#context());
  }

  /** Writes that changed something, in order; dry runs and refusals are not among them. */
  get writes(): readonly RequestInfo[] {
    return this.#writes;
  }

  /** How many requests of a verb were made, refused ones too; an apply of something new counts as patch and as create. */
  requests(verb: Verb): number {
    return this.#requests.get(verb) ?? 0;
  }

  /** Puts an object there as if somebody else had made it, status and all; for test set-up. */
  seed(type: ResourceType, object: KubeObject, manager = 'seed'): KubeObject {
    return this.#table.write(type, {
      object,
      managers: new Map([[manager, new Set<string>()]]),
    });
  }

  /** Forgets the history: every watch from an older version, and every list half read, answers 410. */
  compact(): void {
    this.#table.compact();
  }

  /** Ends every open watch, as a restart of the server does. */
  closeWatches(): void {
    this.#table.closeWatches();
  }

  /** Sends every open watch a bookmark, as the server does about once a minute. */
  bookmark(): void {
    this.#table.bookmark();
  }

  as(identity: Impersonation): KubeReader {
    return new MemoryReader(this.#context(identity));
  }

  get(type: ResourceType, key: ObjectKey): Promise<KubeObject | undefined> {
    return this.#admin.get(type, key);
  }

  list(
    type: ResourceType,
    options?: ListOptions,
  ): Promise<{
    readonly items: readonly KubeObject[];
    readonly resourceVersion: string;
  }> {
    return this.#admin.list(type, options);
  }

  listPage(type: ResourceType, options: PageOptions): Promise<ListPage> {
    return this.#admin.listPage(type, options);
  }

  watch(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent> {
    return this.#admin.watch(type, options);
  }

  writer(options: {
    readonly fieldManager: string;
    readonly impersonate?: Impersonation;
    readonly dryRun?: boolean;
  }): KubeWriter {
    return new MemoryWriter(this.#context(options.impersonate), {
      manager: options.fieldManager,
      dryRun: options.dryRun ?? false,
    });
  }

  #context(identity?: Impersonation): MemoryContext {
    const { fault, allow, admit, loseAnswer } = this.#options;
    return {
      table: this.#table,
      identity,
      check: request => {
        this.#requests.set(request.verb, this.requests(request.verb) + 1);
        fault?.(request);
        return allow?.(request) ?? true;
      },
      admit: (request, object) => admit?.(request, object),
      committed: request => {
        this.#writes.push(request);
        loseAnswer?.(request);
      },
    };
  }
}
