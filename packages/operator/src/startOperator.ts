import {
  createLeaseElection,
  KubeCluster,
  LeaseElectionOptions,
  realTiming,
  RequestCount,
  StoreEvent,
} from '@understage/kube';
import { MANAGER, PlatformSettings } from '@understage/plugin-paas-common';
import { ChartRenderer } from '@understage/plugin-paas-node';
import { startApplicationController } from './applicationController';
import { Log } from './controller';
import { Fence } from './execution/fence';
import { ReadYourWrites } from './execution/readYourWrites';
import { startHttpServer } from './httpServer';
import { RunningCache, startCache } from './observation/startCache';
import { TransitionEvents } from './reporting/transitionEvents';
import { ControllerContext, RunningController } from './RunningController';
import { createTelemetry, Telemetry } from './telemetry';
import { startTenantController } from './tenantController';

export type { Log } from './controller';

export interface OperatorOptions {
  readonly cluster: KubeCluster;
  readonly charts: ChartRenderer;
  readonly platform: PlatformSettings;
  readonly releaseHistory: number;
  /** Name in the leader election, unique among replicas. */
  readonly identity: string;
  readonly leaderElectionNamespace: string;
  readonly concurrency: number;
  readonly http: { readonly host: string; readonly port: number };
  readonly log: Log;
  /** Every application is looked at again this often, changed or not; default 10 minutes. */
  readonly resyncMs?: number;
  /** What was refused is tried again after this long; default one minute. */
  readonly retryRefusedMs?: number;
  /** How fast a successor takes over; defaults of the election. */
  readonly lease?: Pick<
    LeaseElectionOptions,
    'leaseMs' | 'renewDeadlineMs' | 'retryMs'
  >;
  /** Requests made so far, for the metrics. */
  readonly requests?: () => readonly RequestCount[];
  readonly processMetrics?: boolean;
}

export interface RunningOperator {
  /** Port of metrics and health. */
  readonly port: number;
  readonly telemetry: Telemetry;
  isLeader(): boolean;
  /** Resolves when all caches are filled. */
  ready(): Promise<void>;
  /** Looks at every application again; resolves when that is done. */
  resync(): Promise<void>;
  /** Finishes what is under way, gives the lease back and ends. */
  stop(): Promise<void>;
}

const RESYNC_MS = 600_000;
const PARKED_MS = 1_000;

/** Starts an operator: watches, campaigns for the lease, and reconciles while it holds it. */
export async function startOperator(
  options: OperatorOptions,
): Promise<RunningOperator> {
  return new OperatorProcess(options).start();
}

class OperatorProcess {
  readonly #options: OperatorOptions;
  readonly #telemetry: Telemetry;
  readonly #writes = new ReadYourWrites({ monotonic: realTiming.monotonic });
  /** Ends the campaign first, the watches last: what is under way still needs them. */
  readonly #campaign = new AbortController();
  readonly #watching = new AbortController();
  #controllers: readonly RunningController[] = [];

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#telemetry = createTelemetry({
      processMetrics: options.processMetrics ?? false,
    });
  }

  async start(): Promise<RunningOperator> {
    const { cluster, log, identity } = this.#options;
    const ownWriter = cluster.writer({ fieldManager: MANAGER });
    const queueAll = () => this.#controllers.forEach(each => each.queueAll());
    const election = createLeaseElection({
      ...this.#options.lease,
      reader: cluster,
      writer: ownWriter,
      namespace: this.#options.leaderElectionNamespace,
      name: 'understage-operator',
      identity,
      onStartedLeading: () => {
        log('info', 'started leading', { identity });
        queueAll();
      },
      onStoppedLeading: () => log('info', 'stopped leading', { identity }),
      onError: error =>
        log('warn', 'leader election failed, trying again', {
          error: String(error),
        }),
    });
    const fence: Fence = () =>
      election.isLeader() ? election.fence() : undefined;
    const events = new TransitionEvents({
      writer: ownWriter,
      component: 'understage-operator',
      now: realTiming.now,
      fence,
      onError: error =>
        log('warn', 'event not written', { error: String(error) }),
    });
    const running = this.#watch();
    this.#controllers = this.#startControllers({
      cluster,
      running,
      writes: this.#writes,
      ownWriter,
      fence,
      mayWork: () => election.isLeader() && running.synced,
      events,
      telemetry: this.#telemetry,
      concurrency: this.#options.concurrency,
      retryRefusedMs: this.#options.retryRefusedMs,
      log,
    });

    const resync = setInterval(queueAll, this.#options.resyncMs ?? RESYNC_MS);
    resync.unref();
    const unpark = setInterval(
      () => this.#controllers.forEach(each => each.unpark()),
      PARKED_MS,
    );
    unpark.unref();
    const synced = running.waitForSync(this.#watching.signal).then(queueAll);
    synced.catch(() => {});
    const campaigning = election.run(this.#campaign.signal);
    const server = await startHttpServer({
      ...this.#options.http,
      telemetry: this.#telemetry,
      healthy: () => true,
      ready: () => running.synced,
      refresh: () => {
        this.#telemetry.leader.set(election.isLeader() ? 1 : 0);
        this.#refresh(running);
      },
    });
    const all = (what: 'settled' | 'stop') =>
      Promise.all(this.#controllers.map(each => each[what]()));
    return {
      port: server.port,
      telemetry: this.#telemetry,
      isLeader: () => election.isLeader(),
      ready: () => synced,
      resync: async () => {
        queueAll();
        await all('settled');
      },
      stop: async () => {
        clearInterval(resync);
        clearInterval(unpark);
        await all('stop');
        await events.drained();
        this.#campaign.abort();
        await campaigning;
        this.#watching.abort();
        await running.ended;
        await server.close();
      },
    };
  }

  #watch(): RunningCache {
    const { cluster, log } = this.#options;
    const onChange = (event: StoreEvent) => {
      if (event.type === 'deleted') this.#writes.seenDeleted(event.object);
      else this.#writes.seen(event.object);
      this.#controllers.forEach(each => each.onChange(event));
    };
    return startCache({
      reader: cluster,
      signal: this.#watching.signal,
      onChange,
      onError: (kind, error) =>
        log('warn', 'watch broke, starting it again', {
          kind,
          error: String(error),
        }),
    });
  }

  #startControllers(context: ControllerContext): readonly RunningController[] {
    const { charts, platform, releaseHistory } = this.#options;
    return [
      startTenantController(context),
      startApplicationController(context, { charts, platform, releaseHistory }),
    ];
  }

  #refresh(running: RunningCache): void {
    const telemetry = this.#telemetry;
    const waiting = this.#controllers.map(each => each.waiting());
    telemetry.queueDepth.set(waiting.reduce((sum, each) => sum + each, 0));
    for (const { reflector, type } of running.kinds) {
      const stats = reflector.stats();
      const kind = type.plural;
      telemetry.staleSeconds.set({ kind }, stats.staleSeconds);
      telemetry.relists.set({ kind }, stats.relists);
      telemetry.restarts.set({ kind }, stats.restarts);
    }
    this.#controllers.forEach(each => each.refresh());
    for (const { method, status, count } of this.#options.requests?.() ?? [])
      telemetry.requests.set({ method, status }, count);
  }
}
