import { KubeError } from '../errors';
import { KubeObject, ResourceType } from '../objects';
import { KubeReader, WatchEvent } from '../ports';
import { Indexer, ObjectStore, StoreEvent, storeKey } from './objectStore';
import { BackoffLimits, Timing, jitteredBackoff, realTiming } from './timing';

export interface ReflectorOptions {
  readonly reader: KubeReader;
  readonly type: ResourceType;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** What is kept of an object. Runs at parse time, for lists and watches alike; must keep `metadata` name, namespace, uid and resourceVersion. */
  readonly project?: (object: KubeObject) => KubeObject;
  readonly indexers?: Readonly<Record<string, Indexer>>;
  /** Told of each change after the store holds it. What it throws is counted and does not stop anything. */
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
  /** 0 while connected; else seconds since the last sign of life. */
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

const PAGE_SIZE = 500;
const defaultBackoff: BackoffLimits = { baseMs: 500, maxMs: 30_000 };
const DEFAULT_WATCHDOG_MS = 150_000;

/** Creates a reflector; nothing is read before `run`. */
export function createReflector(options: ReflectorOptions): Reflector {
  return new ListWatchReflector(options);
}

class ListWatchReflector implements Reflector {
  readonly type: ResourceType;
  readonly store: ObjectStore;
  readonly #options: ReflectorOptions;
  readonly #timing: Timing;
  #version: string | undefined;
  #synced = false;
  #connected = false;
  #lastSync: string | undefined;
  #lastEvent: string | undefined;
  #lastContact: number | undefined;
  #restarts = 0;
  #lists = 0;
  #handlerErrors = 0;
  #trouble: string | undefined;
  /** Failures in a row without progress. */
  #attempt = 0;
  readonly #waiting = new Set<() => void>();

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#timing = options.timing ?? realTiming;
    this.type = options.type;
    this.store = new ObjectStore(options.indexers);
  }

  stats(): ReflectorStats {
    const since = this.#lastContact ?? this.#timing.monotonic();
    return {
      synced: this.#synced,
      connected: this.#connected,
      resourceVersion: this.#version,
      lastSync: this.#lastSync,
      lastEvent: this.#lastEvent,
      restarts: this.#restarts,
      relists: Math.max(0, this.#lists - 1),
      handlerErrors: this.#handlerErrors,
      staleSeconds: this.#connected
        ? 0
        : (this.#timing.monotonic() - since) / 1000,
      trouble: this.#connected ? undefined : this.#trouble,
    };
  }

  snapshot(): ReturnType<Reflector['snapshot']> {
    if (this.#synced && this.#lastEvent) {
      return { complete: true, items: this.store.list(), at: this.#lastEvent };
    }
    return {
      complete: false,
      seen: this.store.list(),
      missing: [
        `${this.type.plural} have not been listed yet${
          this.#trouble ? `: ${this.#trouble}` : ''
        }`,
      ],
    };
  }

  waitForSync(signal?: AbortSignal): Promise<void> {
    if (this.#synced) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = () => {
        this.#waiting.delete(done);
        reject(signal?.reason);
      };
      if (signal?.aborted) stop();
      else {
        signal?.addEventListener('abort', stop, { once: true });
        this.#waiting.add(done);
      }
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let retryAfterMs = 0;
      try {
        if (this.#version === undefined) await this.#list(signal);
        await this.#watch(signal);
        this.#disconnected('the server ended the watch');
      } catch (error) {
        if (signal.aborted) break;
        retryAfterMs = this.#failed(error);
      }
      if (!signal.aborted) await this.#pause(retryAfterMs, signal);
    }
    this.#disconnected('stopped');
  }

  /** Notes a failure; answers how long the server wants to be left alone. */
  #failed(error: unknown): number {
    this.#restarts += 1;
    this.#disconnected(error instanceof Error ? error.message : String(error));
    if (
      error instanceof KubeError &&
      (error.status === 410 || error.reason === 'Expired')
    ) {
      this.#version = undefined;
    }
    try {
      this.#options.onError?.(error);
    } catch {
      this.#handlerErrors += 1;
    }
    return error instanceof KubeError ? error.retryAfterMs ?? 0 : 0;
  }

  async #pause(atLeastMs: number, signal: AbortSignal): Promise<void> {
    const limits = this.#options.backoff ?? defaultBackoff;
    const wait = Math.max(
      atLeastMs,
      this.#attempt === 0
        ? 0
        : jitteredBackoff(this.#attempt - 1, limits, this.#timing.random),
    );
    this.#attempt += 1;
    if (wait === 0) return;
    try {
      await this.#timing.sleep(wait, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { reader, type, namespace, labelSelector, fieldSelector } =
      this.#options;
    const found = new Map<string, KubeObject>();
    let version: string;
    let next: string | undefined;
    do {
      const page = await reader.listPage(type, {
        namespace,
        labelSelector,
        fieldSelector,
        limit: PAGE_SIZE,
        continue: next,
        signal,
      });
      for (const item of page.items) {
        const kept = this.#project(item);
        found.set(storeKey(kept.metadata), kept);
      }
      version = page.resourceVersion;
      next = page.continue;
    } while (next !== undefined);
    this.#lists += 1;
    this.#version = version;
    const events = this.store.replace(found);
    this.#alive();
    this.#lastSync = this.#lastEvent;
    this.#synced = true;
    events.forEach(event => this.#tell(event));
    this.#waiting.forEach(resolve => resolve());
    this.#waiting.clear();
    this.#stateChanged();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { reader, type, namespace, labelSelector, fieldSelector } =
      this.#options;
    const version = this.#version;
    if (version === undefined) return;
    const own = new AbortController();
    const stop = () => own.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    let cancelWatchdog = () => {};
    const feedWatchdog = () => {
      cancelWatchdog();
      const patience = this.#options.watchdogMs ?? DEFAULT_WATCHDOG_MS;
      cancelWatchdog = this.#timing.after(patience, () =>
        own.abort(
          new KubeError(
            `a watch of ${type.plural} showed no sign of life for ${
              patience / 1000
            } s`,
          ),
        ),
      );
    };
    feedWatchdog();
    try {
      const events = reader.watch(type, {
        namespace,
        labelSelector,
        fieldSelector,
        resourceVersion: version,
        timeoutSeconds: Math.round(300 + this.#timing.random() * 300),
        signal: own.signal,
      });
      this.#setConnected();
      for await (const event of events) {
        feedWatchdog();
        this.#take(event);
      }
      if (own.signal.aborted) throw own.signal.reason;
    } catch (error) {
      throw own.signal.aborted ? own.signal.reason : error;
    } finally {
      cancelWatchdog();
      signal.removeEventListener('abort', stop);
    }
  }

  #take(event: WatchEvent): void {
    // Progress: only a sign of life from the stream itself says that trying again made sense.
    this.#attempt = 0;
    this.#alive();
    if (event.type === 'BOOKMARK') {
      if (event.resourceVersion !== '') this.#version = event.resourceVersion;
      return;
    }
    const object = this.#project(event.object);
    this.#version = object.metadata.resourceVersion ?? this.#version;
    const changes =
      event.type === 'DELETED'
        ? this.store.remove(object.metadata)
        : this.store.put(object);
    changes.forEach(change => this.#tell(change));
  }

  #project(object: KubeObject): KubeObject {
    return this.#options.project ? this.#options.project(object) : object;
  }

  #tell(event: StoreEvent): void {
    try {
      this.#options.onEvent?.(event);
    } catch (error) {
      this.#handlerErrors += 1;
      this.#options.onError?.(error);
    }
  }

  #alive(): void {
    this.#lastEvent = this.#timing.now().toISOString();
    this.#lastContact = this.#timing.monotonic();
  }

  #setConnected(): void {
    if (this.#connected) return;
    this.#connected = true;
    this.#trouble = undefined;
    this.#stateChanged();
  }

  #disconnected(why: string): void {
    this.#trouble = why;
    if (!this.#connected) {
      this.#stateChanged();
      return;
    }
    this.#connected = false;
    this.#stateChanged();
  }

  #stateChanged(): void {
    try {
      this.#options.onStateChange?.();
    } catch {
      this.#handlerErrors += 1;
    }
  }
}
