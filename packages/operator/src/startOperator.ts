import {
  createLeaseElection,
  createWorkQueue,
  KubeCluster,
  LeaseElectionOptions,
  realTiming,
  RequestCount,
} from '@understage/kube';
import {
  DEPLOYER,
  MANAGER,
  PlatformSettings,
} from '@understage/plugin-paas-common';
import {
  applicationType,
  ChartRenderer,
  liveClusterView,
} from '@understage/plugin-paas-node';
import { Executor } from './execution/executePlan';
import { DeposedError, Fence } from './execution/fence';
import { ReadYourWrites } from './execution/readYourWrites';
import { startHttpServer } from './httpServer';
import {
  concernedApplications,
  KnownObjects,
} from './observation/concernedApplications';
import { ClusterCache } from './observation/clusterCache';
import { createServerVersion } from './observation/serverVersion';
import { startCache } from './observation/startCache';
import { WaitingList } from './observation/waitingList';
import {
  reconcileApplication,
  Reconciler,
  renderedResource,
} from './reconcileApplication';
import { StatusWriter } from './reporting/statusWriter';
import { TransitionEvents } from './reporting/transitionEvents';
import { createTelemetry, Telemetry } from './telemetry';

/** A line of the log: a constant message and its keys. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  keys: Readonly<Record<string, unknown>>,
) => void;

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

const keyOf = (object: {
  readonly namespace?: string;
  readonly name: string;
}) => `${object.namespace}/${object.name}`;

function splitKey(key: string): {
  readonly namespace: string;
  readonly name: string;
} {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

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
  readonly #executors = new Map<string, Executor>();
  readonly #waiting = new WaitingList();

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#telemetry = createTelemetry({
      processMetrics: options.processMetrics ?? false,
    });
  }

  async start(): Promise<RunningOperator> {
    const { cluster, log, identity } = this.#options;
    const ownWriter = cluster.writer({ fieldManager: MANAGER });
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
    const statuses = new StatusWriter({
      writer: ownWriter,
      applications: applicationType,
      timers: {
        set: (callback, ms) => setTimeout(callback, ms),
        clear: handle => clearTimeout(handle as NodeJS.Timeout),
      },
      monotonic: realTiming.monotonic,
      fence,
      onWritten: application => {
        this.#writes.remember(application);
        this.#telemetry.statusWrites.inc();
      },
      onError: (application, error) =>
        log('warn', 'status not written', {
          application,
          error: String(error),
        }),
    });
    const events = new TransitionEvents({
      writer: ownWriter,
      component: 'understage-operator',
      now: realTiming.now,
      fence,
      onError: error =>
        log('warn', 'event not written', { error: String(error) }),
    });

    const running = startCache({
      reader: cluster,
      signal: this.#watching.signal,
      onChange: event => {
        if (event.type === 'deleted') this.#writes.seenDeleted(event.object);
        if (event.type === 'deleted' && event.object.kind === 'Application') {
          const { namespace = '', name } = event.object.metadata;
          statuses.forget(namespace, name);
        }
        concernedApplications(event, known).forEach(key => queue.add(key));
      },
      onError: (kind, error) =>
        log('warn', 'watch broke, starting it again', {
          kind,
          error: String(error),
        }),
    });
    const cache = new ClusterCache({
      kinds: running.kinds,
      writes: this.#writes,
      kubeVersion: createServerVersion({
        read: async () => cluster.version?.(),
        monotonic: realTiming.monotonic,
      }),
      live: namespace =>
        liveClusterView(cluster.as({ user: deployerUser(namespace) })),
    });
    const known: KnownObjects = {
      find: ref => cache.find(ref),
      applicationsIn: namespace => cache.applicationsIn(namespace),
      claimantsOf: hosts => cache.claimantsOf(hosts),
      waitingFor: object => this.#waiting.waitingFor(object),
    };
    const reconciler: Reconciler = {
      cache,
      waiting: this.#waiting,
      charts: this.#options.charts,
      platform: this.#options.platform,
      releaseHistory: this.#options.releaseHistory,
      now: realTiming.now,
      retryRefusedMs: this.#options.retryRefusedMs,
      executorFor: namespace => this.#executorFor(namespace, fence),
      pendingStatus: (namespace, name) => statuses.pending(namespace, name),
      submit: (application, report) => {
        const { namespace = '', name, uid = '' } = application.metadata;
        statuses.submit({ namespace, name, uid }, report.status);
        events.tell(application, report.transitions);
      },
      onPass: pass => this.#count(pass),
    };
    // What comes while we may not work is not kept by key: all applications are looked at as soon as we may again.
    let parked = false;
    const mayWork = () => election.isLeader() && running.synced;
    const unlessDeposed = (error: unknown) => {
      if (error instanceof DeposedError) return { kind: 'deposed' } as const;
      throw error;
    };
    const queue = createWorkQueue({
      concurrency: this.#options.concurrency,
      groupOf: key => splitKey(key).namespace,
      onError: (application, error) => {
        this.#telemetry.reconciles.inc({ result: 'failed' });
        log('warn', 'reconcile failed, trying again', {
          application,
          error: String(error),
        });
      },
      work: async key => {
        if (!mayWork()) {
          parked = true;
          return;
        }
        const end = this.#telemetry.reconcileSeconds.startTimer();
        const result = await reconcileApplication(splitKey(key), reconciler)
          .catch(unlessDeposed)
          .finally(end);
        if (result.kind === 'deposed') parked = true;
        this.#telemetry.reconciles.inc({ result: result.kind });
        if (result.kind === 'requeueAfter')
          queue.addAfter(key, result.milliseconds);
      },
    });
    const queueAll = () =>
      cache.applications().forEach(object => queue.add(keyOf(object.metadata)));

    const resync = setInterval(queueAll, this.#options.resyncMs ?? RESYNC_MS);
    resync.unref();
    const unpark = setInterval(() => {
      if (!parked || !mayWork()) return;
      parked = false;
      queueAll();
    }, PARKED_MS);
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
        this.#telemetry.queueDepth.set(queue.stats().waiting);
        for (const { reflector, type } of running.kinds) {
          const stats = reflector.stats();
          this.#telemetry.staleSeconds.set(
            { kind: type.plural },
            stats.staleSeconds,
          );
          this.#telemetry.relists.set({ kind: type.plural }, stats.relists);
          this.#telemetry.restarts.set({ kind: type.plural }, stats.restarts);
        }
        this.#countApplications(cache);
        for (const { method, status, count } of this.#options.requests?.() ??
          []) {
          this.#telemetry.requests.set({ method, status }, count);
        }
      },
    });
    return {
      port: server.port,
      telemetry: this.#telemetry,
      isLeader: () => election.isLeader(),
      ready: () => synced,
      resync: async () => {
        queueAll();
        await queue.idle();
        await statuses.drained();
      },
      stop: async () => {
        clearInterval(resync);
        clearInterval(unpark);
        await queue.shutDown();
        await statuses.drained();
        await events.drained();
        this.#campaign.abort();
        await campaigning;
        this.#watching.abort();
        await running.ended;
        await server.close();
      },
    };
  }

  #executorFor(namespace: string, fence: Fence): Executor {
    const known = this.#executors.get(namespace);
    if (known) return known;
    const executor: Executor = {
      writer: this.#options.cluster.writer({
        fieldManager: MANAGER,
        impersonate: { user: deployerUser(namespace) },
      }),
      resourceType: renderedResource,
      onWritten: object => this.#writes.remember(object),
      onDeleted: ({ ref, uid }) => this.#writes.rememberDeleted(ref, uid),
      fence,
    };
    this.#executors.set(namespace, executor);
    return executor;
  }

  #count({ outcomes }: Parameters<NonNullable<Reconciler['onPass']>>[0]): void {
    for (const outcome of outcomes) {
      if (outcome.kind === 'done') {
        this.#telemetry.actions.inc({
          action: outcome.action.kind,
          kind: outcome.action.ref.kind,
        });
      } else if (outcome.kind === 'refused') {
        this.#telemetry.refusals.inc({ reason: outcome.reason });
      }
    }
  }

  #countApplications(cache: ClusterCache): void {
    this.#telemetry.applications.reset();
    for (const { status } of cache.applications()) {
      const state =
        typeof status === 'object' && status !== null
          ? Reflect.get(status, 'state')
          : undefined;
      this.#telemetry.applications.inc({
        state: typeof state === 'string' ? state : 'Unknown',
      });
    }
  }
}

function deployerUser(namespace: string): string {
  return `system:serviceaccount:${namespace}:${DEPLOYER}`;
}
