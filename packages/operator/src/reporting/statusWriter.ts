import {
  KubeError,
  KubeObject,
  KubeWriter,
  ResourceType,
} from '@understage/kube';
import { apiVersionOf } from '@understage/plugin-paas-common';
import { Fence } from '../execution/fence';

/** Timers as a port, so that tests need no waiting. */
export interface Timers {
  set(callback: () => void, milliseconds: number): unknown;
  clear(handle: unknown): void;
}

export interface StatusWriterOptions {
  /** Writes as the operator itself; it may write nothing but status. */
  readonly writer: KubeWriter;
  /** What has the status. */
  readonly type: ResourceType;
  readonly timers: Timers;
  /** Monotonic clock in milliseconds. */
  readonly monotonic: () => number;
  /** Of the term that may write; a status of a term that is over is dropped. */
  readonly fence: Fence;
  /** How many status writes may be under way at once. Default 4: reports must not slow down the work. */
  readonly concurrency?: number;
  /** Told of the object as the server returned it. */
  readonly onWritten?: (object: KubeObject) => void;
  readonly onError?: (key: string, error: unknown) => void;
}

export interface StatusTarget {
  /** Absent for what lives in no namespace. */
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
}

interface Entry<S extends object> {
  readonly target: StatusTarget;
  status: S;
  /** Earliest next write, monotonic milliseconds. */
  notBefore: number;
  waiting: boolean;
  /** On its way to the server, or undefined. */
  sending: S | undefined;
  timer: unknown;
}

const MIN_INTERVAL_MS = 1000;

function keyOf({ namespace, name }: Omit<StatusTarget, 'uid'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function newEntry<S extends object>(target: StatusTarget, status: S): Entry<S> {
  return {
    target,
    status,
    notBefore: 0,
    waiting: false,
    sending: undefined,
    timer: undefined,
  };
}

/**
 * Writes statuses: the newest wins, at most one a second an object, a few at a time. What is superseded before it
 * was written is never written.
 */
export class StatusWriter<S extends object> {
  readonly #options: StatusWriterOptions;
  readonly #entries = new Map<string, Entry<S>>();
  readonly #ready: string[] = [];
  #running = 0;
  #idle: (() => void)[] = [];

  constructor(options: StatusWriterOptions) {
    this.#options = options;
  }

  /** Asks for a status to be written; returns at once. */
  submit(target: StatusTarget, status: S): void {
    const key = keyOf(target);
    const known = this.#entries.get(key);
    if (known?.timer && known.target.uid !== target.uid) {
      this.#options.timers.clear(known.timer);
    }
    const entry: Entry<S> =
      known && known.target.uid === target.uid
        ? known
        : newEntry(target, status);
    entry.status = status;
    this.#entries.set(key, entry);
    if (entry.waiting) return;
    entry.waiting = true;
    const delay = entry.notBefore - this.#options.monotonic();
    if (delay > 0) {
      entry.timer = this.#options.timers.set(() => this.#enqueue(key), delay);
    } else {
      this.#enqueue(key);
    }
  }

  /** The status that is on its way, if any: it stands for what is in the cluster already. */
  pending(target: Omit<StatusTarget, 'uid'>): S | undefined {
    const entry = this.#entries.get(keyOf(target));
    return entry?.waiting ? entry.status : entry?.sending;
  }

  /** Forgets an object that is gone. */
  forget(target: Omit<StatusTarget, 'uid'>): void {
    const key = keyOf(target);
    const entry = this.#entries.get(key);
    if (entry?.timer) this.#options.timers.clear(entry.timer);
    this.#entries.delete(key);
  }

  /** Resolves when nothing is waiting to be written. */
  async drained(): Promise<void> {
    const busy = () =>
      this.#running > 0 ||
      [...this.#entries.values()].some(entry => entry.waiting);
    while (busy()) {
      await new Promise<void>(resolve => this.#idle.push(resolve));
    }
  }

  #enqueue(key: string): void {
    this.#ready.push(key);
    this.#pump();
  }

  #pump(): void {
    while (this.#running < (this.#options.concurrency ?? 4)) {
      const key = this.#ready.shift();
      if (key === undefined) return;
      const entry = this.#entries.get(key);
      if (entry?.waiting) this.#start(key, entry);
    }
  }

  #start(key: string, entry: Entry<S>): void {
    this.#running += 1;
    entry.waiting = false;
    entry.timer = undefined;
    entry.sending = entry.status;
    entry.notBefore = this.#options.monotonic() + MIN_INTERVAL_MS;
    this.#write(entry.target, entry.status)
      .catch(error => this.#retry(key, entry, error))
      .finally(() => {
        this.#running -= 1;
        entry.sending = undefined;
        this.#pump();
        const waiters = this.#idle;
        this.#idle = [];
        waiters.forEach(resolve => resolve());
      });
  }

  #retry(key: string, entry: Entry<S>, error: unknown): void {
    this.#options.onError?.(key, error);
    const transient = error instanceof KubeError;
    if (transient && this.#entries.get(key) === entry && !entry.waiting) {
      this.submit(entry.target, entry.status);
    }
  }

  async #write(target: StatusTarget, status: S): Promise<void> {
    const signal = this.#options.fence();
    if (!signal) return;
    const { type } = this.#options;
    const { namespace, name, uid } = target;
    const outcome = await this.#options.writer.apply(
      {
        apiVersion: apiVersionOf(type),
        kind: type.kind,
        // The uid makes a status of a deleted object miss its successor of the same name.
        metadata: {
          name,
          ...(namespace === undefined ? {} : { namespace }),
          uid,
        },
        status,
      },
      {
        type,
        subresource: 'status',
        force: true,
        signal,
      },
    );
    if (outcome.kind === 'written') {
      this.#options.onWritten?.(outcome.object);
    } else if (outcome.kind !== 'missing' && outcome.kind !== 'conflict') {
      throw new Error(
        `the status of ${type.kind} ${keyOf(target)} could not be written: ${
          outcome.message
        }`,
      );
    }
  }
}
