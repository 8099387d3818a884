import { createWorkQueue, WorkQueueStats } from '@understage/kube';
import { DeposedError } from './execution/fence';

/** A line of the log: a constant message and its keys. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  keys: Readonly<Record<string, unknown>>,
) => void;

/** How a pass ended. A throw means: again, with back-off. */
export type ReconcileResult =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'requeueAfter';
      readonly milliseconds: number;
      readonly why: string;
    };

export interface ControllerOptions {
  /** What a key names, for the log. */
  readonly what: string;
  readonly concurrency: number;
  readonly groupOf?: (key: string) => string;
  /** True while this replica leads and its caches are filled. */
  readonly mayWork: () => boolean;
  /** Keys of everything there is. */
  readonly keys: () => readonly string[];
  readonly reconcile: (key: string) => Promise<ReconcileResult>;
  /** Told how each pass ended: done, requeueAfter, deposed, failed. */
  readonly onResult?: (result: string) => void;
  readonly log: Log;
}

/** Works on keys of one kind from state, a number of them at a time, for as long as it may. */
export interface Controller {
  add(key: string): void;
  addAfter(key: string, milliseconds: number): void;
  /** Looks at everything there is. */
  queueAll(): void;
  /** Looks at everything if something came while work was not allowed. */
  unpark(): void;
  stats(): WorkQueueStats;
  idle(): Promise<void>;
  shutDown(): Promise<void>;
}

const unlessDeposed = (error: unknown) => {
  if (error instanceof DeposedError) return { kind: 'deposed' } as const;
  throw error;
};

export function createController(options: ControllerOptions): Controller {
  const { what, mayWork, log } = options;
  // What comes while we may not work is not kept by key: everything is looked at as soon as we may again.
  let parked = false;
  const queue = createWorkQueue({
    concurrency: options.concurrency,
    groupOf: options.groupOf,
    onError: (key, error) => {
      options.onResult?.('failed');
      log('warn', 'reconcile failed, trying again', {
        [what]: key,
        error: String(error),
      });
    },
    work: async key => {
      if (!mayWork()) {
        parked = true;
        return;
      }
      const result = await options.reconcile(key).catch(unlessDeposed);
      if (result.kind === 'deposed') parked = true;
      options.onResult?.(result.kind);
      if (result.kind === 'requeueAfter')
        queue.addAfter(key, result.milliseconds);
    },
  });
  const queueAll = () => options.keys().forEach(key => queue.add(key));
  return {
    add: key => queue.add(key),
    addAfter: (key, milliseconds) => queue.addAfter(key, milliseconds),
    queueAll,
    unpark() {
      if (!parked || !mayWork()) return;
      parked = false;
      queueAll();
    },
    stats: () => queue.stats(),
    idle: () => queue.idle(),
    shutDown: () => queue.shutDown(),
  };
}
