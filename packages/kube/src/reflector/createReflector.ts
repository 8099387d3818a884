import { KubeError } from '../errors';
import { KubeObject, ResourceType } from '../objects';
import { KubeReader, WatchEvent } from '../ports';
import { ConnectionState } from './connectionState';
import { InitialState, listInPages } from './initialState';
import { Indexer, ObjectStore, StoreEvent, storeKey } from './objectStore';
import { Interruption, RestartPause } from './restartPause';
import { BackoffLimits, Timing, realTiming } from './timing';
import { startWatchdog } from './watchdog';

export interface ReflectorOptions {
  readonly reader: KubeReader;
  readonly type: ResourceType;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** What is kept of an object. Runs at parse time, for lists and watches alike; must keep `metadata` name, namespace, uid and resourceVersion. */
  readonly project?: (object: KubeObject) => KubeObject;
  readonly indexers?: Readonly<Record<string, Indexer>>;
  /** Told of each change after the store holds it. What it throws or rejects with is counted and does not stop anything. */
  readonly onEvent?: (event: StoreEvent) => void;
  /** Told of each failure, with what it means; the reflector goes on by itself. */
  readonly onError?: (error: unknown) => void;
  /** Told when the connection state changes: after each sync, loss and recovery. */
  readonly onStateChange?: () => void;
  readonly timing?: Timing;
  /** Default 0.5 s to 30 s. */
  readonly backoff?: BackoffLimits;
  /** A watch without a sign of life for this long is given up. Default 150 s, bookmarks come about every minute. */
  readonly watchdogMs?: number;
  /**
   * How the state is read at first and after an expiry. `watchList` (default) asks for it as events of the watch, which
   * never holds more than one object as text, and falls back to `pages` for good when the server does not offer that.
   */
  readonly initialState?: 'watchList' | 'pages';
}

export interface ReflectorStats {
  readonly synced: boolean;
  readonly connected: boolean;
  readonly resourceVersion: string | undefined;
  /** Times of the last complete list and the last sign of life, ISO 8601. */
  readonly lastSync: string | undefined;
  readonly lastEvent: string | undefined;
  /** Failures that were recovered from. */
  readonly restarts: number;
  /** Complete lists beyond the first. */
  readonly relists: number;
  readonly handlerErrors: number;
  /** Events taken from watches, bookmarks not counted. */
  readonly events: number;
  readonly objects: number;
  /** 0 while connected; else seconds since we last knew that nothing was missing. */
  readonly staleSeconds: number;
  /** Why it is not connected. */
  readonly trouble: string | undefined;
}

/** A copy of all objects of one kind, kept up to date until the signal says stop. */
export interface Reflector {
  readonly type: ResourceType;
  readonly store: ObjectStore;
  stats(): ReflectorStats;
  /** Begins; resolves when the signal aborted and nothing is under way any more. */
  run(signal: AbortSignal): Promise<void>;
  /** Resolves once the first list is in the store. */
  waitForSync(signal?: AbortSignal): Promise<void>;
  /** Everything, or what is there with the reason why it may not be everything. */
  snapshot():
    | {
        readonly complete: true;
        readonly items: readonly KubeObject[];
        readonly at: string;
      }
    | {
        readonly complete: false;
        readonly seen: readonly KubeObject[];
        readonly missing: readonly string[];
      };
}

const defaultBackoff: BackoffLimits = { baseMs: 500, maxMs: 30_000 };
const DEFAULT_WATCHDOG_MS = 150_000;

/** A watch that was given up because nothing came. */
class Silence extends KubeError {}

class ListWatchReflector implements Reflector {
  readonly type: ResourceType;
  readonly store: ObjectStore;
  readonly #options: ReflectorOptions;
  readonly #timing: Timing;
  readonly #connection: ConnectionState;
  readonly #backoff: BackoffLimits;
  #watchList: boolean;
  #version: string | undefined;
  /** Objects of a WatchList of which the end has not come yet. */
  #arriving: Map<string, KubeObject> | undefined;
  #lastSync: string | undefined;
  #restarts = 0;
  #lists = 0;
  #events = 0;
  #handlerErrors = 0;
  readonly #pause: RestartPause;
  readonly #waiting = new Set<() => void>();

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.#backoff = options.backoff ?? defaultBackoff;
    this.#watchList = options.initialState !== 'pages';
    this.#connection = new ConnectionState(this.#timing, () =>
      this.#isolated(() => options.onStateChange?.()),
    );
    this.#pause = new RestartPause({
      backoff: this.#backoff,
      timing: this.#timing,
      awaitReturn: options.reader.awaitReturn,
    });
    this.type = options.type;
    this.store = new ObjectStore(options.indexers);
  }

  get #synced(): boolean {
    return this.#lists > 0;
  }

  stats(): ReflectorStats {
    return {
      synced: this.#synced,
      connected: this.#connection.connected,
      resourceVersion: this.#version,
      lastSync: this.#lastSync,
      lastEvent: this.#connection.lastEvent,
      restarts: this.#restarts,
      relists: Math.max(0, this.#lists - 1),
      handlerErrors: this.#handlerErrors,
      events: this.#events,
      objects: this.store.size,
      staleSeconds: this.#connection.staleSeconds,
      trouble: this.#connection.trouble,
    };
  }

  snapshot(): ReturnType<Reflector['snapshot']> {
    const { lastEvent, trouble } = this.#connection;
    if (this.#synced && lastEvent) {
      return { complete: true, items: this.store.list(), at: lastEvent };
    }
    return {
      complete: false,
      seen: this.store.list(),
      missing: [
        `${this.type.plural} have not been listed yet${
          trouble ? `: ${trouble}` : ''
        }`,
      ],
    };
  }

  waitForSync(signal?: AbortSignal): Promise<void> {
    if (this.#synced) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const settled = new AbortController();
      const done = () => {
        settled.abort();
        resolve();
      };
      this.#waiting.add(done);
      signal?.addEventListener(
        'abort',
        () => {
          this.#waiting.delete(done);
          reject(signal.reason);
        },
        { once: true, signal: settled.signal },
      );
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let interruption: Interruption = { failed: false, atLeastMs: 0 };
      try {
        await this.#follow(signal);
        this.#ended('the server ended the watch');
      } catch (error) {
        if (signal.aborted) break;
        if (this.#refusesWatchList(error)) continue;
        interruption = { failed: true, atLeastMs: this.#failed(error) };
      }
      await this.#pause.wait(interruption, signal);
    }
    this.#ended('stopped');
  }

  /** From the state, or from where we were, to the end of one watch. */
  async #follow(signal: AbortSignal): Promise<void> {
    if (this.#version === undefined && !this.#watchList) {
      const { reader, type } = this.#options;
      const state = await listInPages(reader, type, {
        ...this.#selection(),
        project: object => this.#project(object),
        signal,
      });
      this.#replace(state);
    }
    await this.#watch(signal);
  }

  #selection() {
    const { namespace, labelSelector, fieldSelector } = this.#options;
    return { namespace, labelSelector, fieldSelector };
  }

  /** A server without WatchList says so with 422 (or 400, older ones); then pages are read, now and later. */
  #refusesWatchList(error: unknown): boolean {
    const refused =
      this.#watchList &&
      this.#version === undefined &&
      error instanceof KubeError &&
      (error.status === 422 || error.status === 400);
    if (refused) this.#watchList = false;
    return refused;
  }

  /** Notes a failure; answers how long the server wants to be left alone. */
  #failed(error: unknown): number {
    this.#restarts += 1;
    const why = error instanceof Error ? error.message : String(error);
    this.#ended(why, error instanceof Silence);
    this.#isolated(() => this.#options.onError?.(error));
    if (!(error instanceof KubeError)) return 0;
    if (error.status === 410 || error.reason === 'Expired') {
      this.#version = undefined;
    }
    return error.retryAfterMs ?? 0;
  }

  #ended(why: string, silent = false): void {
    // A connection that held longer than any pause made sense, even if nothing happened on it.
    if (this.#connection.connectedMs >= this.#backoff.maxMs)
      this.#pause.reset();
    this.#arriving = undefined;
    this.#connection.lost(why, silent);
  }

  /** The state as it is now: what is not in it any more is told as deleted. */
  #replace({ objects, resourceVersion }: InitialState): void {
    this.#version = resourceVersion;
    const events = this.store.replace(objects);
    this.#connection.alive();
    this.#lastSync = this.#connection.lastEvent;
    this.#lists += 1;
    events.forEach(event => this.#tell(event));
    this.#waiting.forEach(resolve => resolve());
    this.#waiting.clear();
    this.#isolated(() => this.#options.onStateChange?.());
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { reader, type } = this.#options;
    const own = new AbortController();
    const stop = () => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const patienceMs = this.#options.watchdogMs ?? DEFAULT_WATCHDOG_MS;
    const watchdog = startWatchdog(this.#timing, patienceMs, () =>
      own.abort(
        new Silence(
          `a watch of ${type.plural} showed no sign of life for ${
            patienceMs / 1000
          } s`,
        ),
      ),
    );
    this.#arriving = this.#version === undefined ? new Map() : undefined;
    try {
      const events = reader.watch(type, {
        ...this.#selection(),
        resourceVersion: this.#version ?? '',
        sendInitialEvents: this.#arriving ? true : undefined,
        timeoutSeconds: Math.round(300 + this.#timing.random() * 300),
        signal: own.signal,
        onOpen: () => this.#opened(),
      });
      for await (const event of events) {
        watchdog.feed();
        this.#opened();
        this.#take(event);
      }
      if (own.signal.aborted) throw own.signal.reason;
      if (this.#arriving) {
        throw new KubeError(
          `a watch of ${type.plural} ended before all of them had come`,
        );
      }
    } catch (error) {
      throw own.signal.aborted ? own.signal.reason : error;
    } finally {
      watchdog.cancel();
      signal.removeEventListener('abort', stop);
    }
  }

  #opened(): void {
    // While the state is still coming, the cache is as old as it was.
    if (!this.#arriving) this.#connection.opened();
  }

  #take(event: WatchEvent): void {
    this.#connection.alive();
    if (this.#arriving) this.#arrive(event, this.#arriving);
    else if (event.type === 'BOOKMARK') this.#advance(event.resourceVersion);
    else this.#change(event.type, this.#project(event.object));
  }

  /** Only something new from the stream says that trying again made sense: a replayed event, or a list, does not. */
  #advance(version: string | undefined): void {
    if (version === undefined || version === '') return;
    if (version !== this.#version) this.#pause.reset();
    this.#version = version;
  }

  #arrive(event: WatchEvent, arriving: Map<string, KubeObject>): void {
    if (event.type !== 'BOOKMARK') {
      const object = this.#project(event.object);
      if (event.type === 'DELETED') arriving.delete(storeKey(object.metadata));
      else arriving.set(storeKey(object.metadata), object);
    } else if (event.initialEventsEnd && event.resourceVersion !== '') {
      this.#arriving = undefined;
      this.#replace({
        objects: arriving,
        resourceVersion: event.resourceVersion,
      });
      this.#connection.opened();
    }
  }

  #change(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void {
    this.#events += 1;
    const changes =
      type === 'DELETED'
        ? this.store.remove(object.metadata)
        : this.store.put(object);
    this.#advance(object.metadata.resourceVersion);
    changes.forEach(change => this.#tell(change));
  }

  #project(object: KubeObject): KubeObject {
    return this.#options.project ? this.#options.project(object) : object;
  }

  #tell(event: StoreEvent): void {
    const failure = this.#isolated(() => this.#options.onEvent?.(event));
    if (failure) this.#isolated(() => this.#options.onError?.(failure.error));
  }

  /** Calls out; what is thrown there is counted and must not end the watch. */
  #isolated(call: () => unknown): { readonly error: unknown } | undefined {
    const count = () => {
      this.#handlerErrors += 1;
    };
    try {
      const answer = call();
      if (answer instanceof Promise) answer.catch(count);
      return undefined;
    } catch (error) {
      count();
      return { error };
    }
  }
}

/** Creates a reflector; nothing is read before `run`. */
export function createReflector(options: ReflectorOptions): Reflector {
  return new ListWatchReflector(options);
}
