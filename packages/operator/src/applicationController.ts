import { realTiming } from '@understage/kube';
import {
  ApplicationStatus,
  DEPLOYER,
  MANAGER,
  PlatformSettings,
} from '@understage/plugin-paas-common';
import {
  applicationType,
  ChartRenderer,
  liveClusterView,
} from '@understage/plugin-paas-node';
import { createController } from './controller';
import { Executor } from './execution/executePlan';
import { ClusterCache } from './observation/clusterCache';
import {
  concernedApplications,
  KnownObjects,
} from './observation/concernedApplications';
import { createServerVersion } from './observation/serverVersion';
import { WaitingList } from './observation/waitingList';
import {
  reconcileApplication,
  Reconciler,
  renderedResource,
} from './reconcileApplication';
import { processTimers } from './reporting/processTimers';
import { StatusWriter } from './reporting/statusWriter';
import {
  ControllerContext,
  RunningController,
  statesOf,
} from './RunningController';
import { Telemetry } from './telemetry';

export interface ApplicationControllerOptions {
  readonly charts: ChartRenderer;
  readonly platform: PlatformSettings;
  readonly releaseHistory: number;
}

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

function deployerUser(namespace: string): string {
  return `system:serviceaccount:${namespace}:${DEPLOYER}`;
}

type Pass = Parameters<NonNullable<Reconciler['onPass']>>[0];

/** Counts what was done and refused in a pass. */
export function countOutcomes(
  { outcomes }: Pick<Pass, 'outcomes'>,
  telemetry: Telemetry,
): void {
  for (const outcome of outcomes) {
    if (outcome.kind === 'done') {
      telemetry.actions.inc({
        action: outcome.action.kind,
        kind: outcome.action.ref.kind,
      });
    } else if (outcome.kind === 'refused') {
      telemetry.refusals.inc({ reason: outcome.reason });
    }
  }
}

/** Writes as the deployer of a namespace; one writer for each. */
function deployerExecutors(
  context: ControllerContext,
): (namespace: string) => Executor {
  const { cluster, writes, fence } = context;
  const executors = new Map<string, Executor>();
  return namespace => {
    const known = executors.get(namespace);
    if (known) return known;
    const executor: Executor = {
      writer: cluster.writer({
        fieldManager: MANAGER,
        impersonate: { user: deployerUser(namespace) },
      }),
      resourceType: renderedResource,
      onWritten: object => writes.remember(object),
      onDeleted: ({ ref, uid }) => writes.rememberDeleted(ref, uid),
      fence,
    };
    executors.set(namespace, executor);
    return executor;
  };
}

/** Reconciles Applications for as long as it may. */
export function startApplicationController(
  context: ControllerContext,
  options: ApplicationControllerOptions,
): RunningController {
  const { cluster, running, writes, telemetry, log } = context;
  const waiting = new WaitingList();
  const statuses = new StatusWriter<ApplicationStatus>({
    writer: context.ownWriter,
    type: applicationType,
    timers: processTimers,
    monotonic: realTiming.monotonic,
    fence: context.fence,
    onWritten: application => {
      writes.remember(application);
      telemetry.statusWrites.inc();
    },
    onError: (application, error) =>
      log('warn', 'status not written', { application, error: String(error) }),
  });
  const cache = new ClusterCache({
    kinds: running.kinds,
    writes,
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
    waitingFor: object => waiting.waitingFor(object),
  };
  const reconciler: Reconciler = {
    ...options,
    cache,
    waiting,
    now: realTiming.now,
    retryRefusedMs: context.retryRefusedMs,
    executorFor: deployerExecutors(context),
    pendingStatus: (namespace, name) => statuses.pending({ namespace, name }),
    submit: (application, report) => {
      const { namespace = '', name, uid = '' } = application.metadata;
      statuses.submit({ namespace, name, uid }, report.status);
      context.events.tell(application, report.transitions);
    },
    onPass: pass => countOutcomes(pass, telemetry),
  };
  const controller = createController({
    what: 'application',
    concurrency: context.concurrency,
    groupOf: key => splitKey(key).namespace,
    mayWork: context.mayWork,
    keys: () => cache.applications().map(({ metadata }) => keyOf(metadata)),
    reconcile: key => {
      const end = telemetry.reconcileSeconds.startTimer();
      return reconcileApplication(splitKey(key), reconciler).finally(end);
    },
    onResult: result => telemetry.reconciles.inc({ result }),
    log,
  });
  return {
    onChange(event) {
      if (event.type === 'deleted' && event.object.kind === 'Application')
        statuses.forget(event.object.metadata);
      concernedApplications(event, known).forEach(controller.add);
    },
    queueAll: controller.queueAll,
    unpark: controller.unpark,
    waiting: () => controller.stats().waiting,
    async settled() {
      await controller.idle();
      await statuses.drained();
    },
    async stop() {
      await controller.shutDown();
      await statuses.drained();
    },
    refresh() {
      telemetry.applications.reset();
      for (const [state, count] of statesOf(cache.applications()))
        telemetry.applications.set({ state }, count);
    },
  };
}
