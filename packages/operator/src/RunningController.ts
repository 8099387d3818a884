import {
  KubeCluster,
  KubeObject,
  KubeWriter,
  StoreEvent,
} from '@understage/kube';
import { Log } from './controller';
import { Fence } from './execution/fence';
import { ReadYourWrites } from './execution/readYourWrites';
import { RunningCache } from './observation/startCache';
import { TransitionEvents } from './reporting/transitionEvents';
import { Telemetry } from './telemetry';

/** What the controllers of one operator share: eyes, hands, and the term in which these may be used. */
export interface ControllerContext {
  readonly cluster: KubeCluster;
  readonly running: RunningCache;
  readonly writes: ReadYourWrites;
  /** Writes as the operator itself: status, events, finalizers. */
  readonly ownWriter: KubeWriter;
  readonly fence: Fence;
  /** True while this replica leads and its caches are filled. */
  readonly mayWork: () => boolean;
  readonly events: TransitionEvents;
  readonly telemetry: Telemetry;
  readonly concurrency: number;
  readonly retryRefusedMs?: number;
  readonly log: Log;
}

/** A controller at work, as the process sees it. */
export interface RunningController {
  onChange(event: StoreEvent): void;
  /** Looks at everything there is. */
  queueAll(): void;
  unpark(): void;
  /** How many keys wait. */
  waiting(): number;
  /** Resolves when everything asked for is done and told. */
  settled(): Promise<void>;
  /** Takes nothing new; resolves when what is under way is done and told. */
  stop(): Promise<void>;
  /** Brings its gauges up to date. */
  refresh(): void;
}

/** How objects are spread over the states that their status says. */
export function statesOf(
  objects: readonly KubeObject[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of objects) {
    const state: unknown =
      typeof status === 'object' && status !== null
        ? Reflect.get(status, 'state')
        : undefined;
    const key = typeof state === 'string' ? state : 'Unknown';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
