import {
  createReflector,
  KubeError,
  realTiming,
  ReflectorStats,
  StoreEvent,
  Timing,
} from '@understage/kube';
import { KubeObject } from '@understage/plugin-paas-common';
import {
  KindWatch,
  StartWatch,
  StartWatchOptions,
  WatchHealth,
} from './KindWatch';

/** Watches end and begin again all the time; only what lasts longer than this is worth saying. */
const GRACE_MS = 2_000;
/** A connection counts as made once something came over it, or once it has lasted this long. */
const STEADY_MS = 1_000;

export interface ReflectorWatchOptions {
  /** What is kept of an object. */
  readonly project: (object: KubeObject) => KubeObject;
  readonly timing?: Timing;
}

interface Loss {
  readonly since: Date;
  /** False while it may still be one of the ordinary interruptions. */
  readonly told: boolean;
}

class ReflectorWatch implements KindWatch {
  private readonly abort = new AbortController();
  private readonly timing: Timing;
  private readonly stats: () => ReflectorStats;
  private readonly running: Promise<void>;
  private loss: Loss | undefined;
  private missing = false;
  private failed = false;
  /** Why no answer came, when none came. */
  private silence: string | undefined;
  private cancelTimer = () => {};

  constructor(
    private readonly start: StartWatchOptions,
    { project, timing = realTiming }: ReflectorWatchOptions,
  ) {
    this.timing = timing;
    const { cluster, kind } = start;
    const reflector = createReflector({
      reader: cluster,
      type: kind.type,
      labelSelector: kind.labelSelector,
      fieldSelector: kind.fieldSelector,
      project,
      timing,
      onEvent: event => this.take(event),
      onError: error => this.note(error),
      onStateChange: () => this.turn(),
    });
    this.stats = () => reflector.stats();
    this.running = reflector.run(this.abort.signal);
  }

  health(): WatchHealth {
    const { synced, trouble, lastEvent } = this.stats();
    if (this.loss?.told || (!synced && this.failed)) {
      return {
        kind: 'failing',
        since: this.loss?.since ?? this.timing.now(),
        why: this.describe(trouble),
        missing: this.missing,
        synced,
      };
    }
    if (!synced) return { kind: 'starting' };
    return { kind: 'synced', at: new Date(lastEvent ?? this.timing.now()) };
  }

  async stop(): Promise<void> {
    this.cancelTimer();
    this.abort.abort();
    await this.running;
  }

  private take(event: StoreEvent) {
    if (event.type === 'deleted') this.start.onRemove(event.object);
    else this.start.onUpsert(event.object);
    if (this.loss) this.recover();
  }

  private note(error: unknown) {
    const answer = error instanceof KubeError ? error : undefined;
    this.missing = answer?.status === 404;
    this.silence = answer?.status === undefined ? answer?.why : undefined;
    this.failed = true;
    this.lose();
    this.start.onHealth();
  }

  private turn() {
    const { connected } = this.stats();
    if (connected && this.loss) this.after(STEADY_MS, () => this.recover());
    if (!connected && this.loss) this.lose();
    this.start.onHealth();
  }

  private lose() {
    this.loss ??= { since: this.timing.now(), told: !this.stats().synced };
    if (this.loss.told) return;
    const left =
      GRACE_MS - (this.timing.now().getTime() - this.loss.since.getTime());
    if (left > 0) this.after(left, () => this.tell());
    else this.tell();
  }

  private tell() {
    if (!this.loss) return;
    this.loss = { ...this.loss, told: true };
    this.start.onHealth();
  }

  private recover() {
    this.cancelTimer();
    this.loss = undefined;
    this.failed = false;
    this.missing = false;
    this.silence = undefined;
    this.start.onHealth();
  }

  private after(milliseconds: number, callback: () => void) {
    this.cancelTimer();
    this.cancelTimer = this.timing.after(milliseconds, callback);
  }

  private describe(trouble: string | undefined): string {
    const { cluster, kind } = this.start;
    const { plural, group } = kind.type;
    if (this.missing && plural === 'applications') {
      return `The cluster ${cluster.name} does not know Applications yet: install the custom resource with "kubectl apply --server-side -f crds/".`;
    }
    if (this.silence) {
      return `The API server of ${cluster.name} does not answer: ${this.silence}`;
    }
    const name = group === '' ? plural : `${plural}.${group}`;
    return `${name} of cluster ${cluster.name} can not be read: ${
      trouble ?? 'no answer'
    }`;
  }
}

/** Watches by reflectors. */
export function startReflectorWatches(
  options: ReflectorWatchOptions,
): StartWatch {
  return start => new ReflectorWatch(start, options);
}
