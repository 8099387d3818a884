import { KubeObject, ResourceType } from '@understage/kube';
import {
  Application,
  applyFindings,
  ApplicationStatus,
  assessHealth,
  checkApplication,
  kindOf,
  Outcome,
  Plan,
  planFindings,
  PlatformSettings,
  Problem,
  readStatus,
  Report,
  reportStatus,
  statusEquals,
} from '@understage/plugin-paas-common';
import {
  ChartRenderer,
  planFor,
  PlannedApplication,
} from '@understage/plugin-paas-node';
import { ReconcileResult } from './controller';
import { executePlan, Executor } from './execution/executePlan';
import { keepRelease, pruneReleases } from './execution/keepReleases';
import { ClusterCache } from './observation/clusterCache';
import { obstaclesOf, WaitingList } from './observation/waitingList';

/** What reconciling needs of the outside. */
export interface Reconciler {
  readonly cache: ClusterCache;
  readonly charts: ChartRenderer;
  readonly platform: PlatformSettings;
  readonly releaseHistory: number;
  readonly now: () => Date;
  /** How long until what was refused is tried again. Default one minute. */
  readonly retryRefusedMs?: number;
  /** Writes as the deployer of a namespace. */
  readonly executorFor: (namespace: string) => Executor;
  /** The status that will be in the cluster once everything submitted is written. */
  readonly pendingStatus: (
    namespace: string,
    name: string,
  ) => ApplicationStatus | undefined;
  /** Told what stands in the way of an application. */
  readonly waiting: WaitingList;
  readonly submit: (application: Application, report: Report) => void;
  readonly onPass?: (pass: {
    readonly plan?: Plan;
    readonly outcomes: readonly Outcome[];
    readonly status: ApplicationStatus;
  }) => void;
}

/** Charts and refused writes are looked at again this often: what refused them may have changed where no watch sees it. */
const RETRY_REFUSED_MS = 60_000;
const done: ReconcileResult = { kind: 'done' };

/** One application by key, from state alone: observe, plan, execute, report. */
export async function reconcileApplication(
  key: { readonly namespace: string; readonly name: string },
  reconciler: Reconciler,
): Promise<ReconcileResult> {
  const object = reconciler.cache.application(key.namespace, key.name);
  // Gone, or going: children carry an owner reference and are Kubernetes' to remove.
  if (!object || object.metadata.deletionTimestamp) {
    reconciler.waiting.note(`${key.namespace}/${key.name}`, []);
    return done;
  }
  const checked = checkApplication(object);
  if (!checked.ok) {
    return reportProblems(object, checked.problems, reconciler);
  }
  return reconcileChecked(checked.value, reconciler);
}

async function reconcileChecked(
  application: Application,
  reconciler: Reconciler,
): Promise<ReconcileResult> {
  const namespace = application.metadata.namespace ?? '';
  const { cache, charts, platform, now } = reconciler;
  const planned = await planFor({
    view: cache,
    application,
    namespace,
    charts,
    platform,
    now,
  });
  const executor = reconciler.executorFor(namespace);
  const pass = await execute(application, planned, { executor, cache });
  reconciler.waiting.note(
    `${namespace}/${application.metadata.name}`,
    obstaclesOf(planned, pass.outcomes),
  );
  if (pass.kept && !application.spec.paused) {
    await pruneOld(application, planned, { reconciler, executor });
  }
  return report(application, planned, { ...pass, reconciler });
}

/** What became of a plan, and whether the release that it brings about is kept. */
interface Pass {
  readonly outcomes: readonly Outcome[];
  readonly kept: boolean;
}

async function execute(
  application: Application,
  planned: PlannedApplication,
  { executor, cache }: { executor: Executor; cache: ClusterCache },
): Promise<Pass> {
  const { release, plan } = planned;
  if (release.kind === 'new' && !application.spec.paused) {
    const refused = await keepRelease(release.release, {
      application,
      executor,
      find: (type, key) => cache.get(type, key),
    });
    if (refused) return { outcomes: [refused], kept: false };
  }
  const outcomes = await executePlan(plan, executor);
  const kept =
    release.kind === 'kept' ||
    (release.kind === 'new' && !application.spec.paused);
  return { outcomes, kept };
}

/** The release of the status; undefined leaves what the last report said. */
function releaseOf(
  planned: PlannedApplication,
  options: {
    readonly ready: boolean;
    readonly kept: boolean;
    readonly previous: ApplicationStatus | undefined;
  },
): ApplicationStatus['release'] {
  if (!options.kept || planned.release.kind === 'none') return undefined;
  const current = planned.release.release.revision;
  const available = options.ready
    ? current
    : options.previous?.release?.available;
  return { current, ...(available === undefined ? {} : { available }) };
}

function report(
  application: Application,
  planned: PlannedApplication,
  pass: Pass & { readonly reconciler: Reconciler },
): ReconcileResult {
  const { reconciler, outcomes } = pass;
  const { cache, now } = reconciler;
  const { desired, plan } = planned;
  const { namespace = '', name } = application.metadata;
  const objects = cache.related(namespace, name);
  const health = assessHealth({
    application,
    objects,
    events: cache.warnings(namespace, objects),
    components: desired.components,
    now: now(),
  });
  // A component that was refused does not make its release available, however well its older version runs.
  const found = applyFindings(
    application,
    health,
    planFindings({ plan, outcomes }),
  );
  const previous = statusOf(application, reconciler);
  const reported = reportStatus({
    application,
    desired,
    plan,
    outcomes,
    health,
    previous,
    release: releaseOf(planned, {
      ready: found.state === 'Ready',
      kept: pass.kept,
      previous,
    }),
    now: now(),
  });
  submitIfChanged(application, reported, { previous, reconciler });
  reconciler.onPass?.({ plan, outcomes, status: reported.status });
  return next(planned, { outcomes, reconciler });
}

function submitIfChanged(
  application: Application,
  reported: Report,
  {
    previous,
    reconciler,
  }: {
    readonly previous: ApplicationStatus | undefined;
    readonly reconciler: Reconciler;
  },
): void {
  if (!statusEquals(previous, reported.status))
    reconciler.submit(application, reported);
}

/** The status that our last report led to: submitted, or in the cluster. */
function statusOf(
  application: Application,
  reconciler: Reconciler,
): ApplicationStatus | undefined {
  const { namespace = '', name } = application.metadata;
  const pending = reconciler.pendingStatus(namespace, name);
  if (pending) return pending;
  const live: unknown = reconciler.cache.application(namespace, name)?.status;
  return readStatus(live);
}

function next(
  planned: PlannedApplication,
  {
    outcomes,
    reconciler,
  }: { readonly outcomes: readonly Outcome[]; readonly reconciler: Reconciler },
): ReconcileResult {
  const failed = outcomes.find(outcome => outcome.kind === 'failed');
  if (failed) {
    throw new Error(
      `writing failed and is tried again: ${
        failed.kind === 'failed' ? failed.message : ''
      }`,
    );
  }
  if (planned.problems.length > 0) {
    return {
      kind: 'requeueAfter',
      milliseconds: 5_000,
      why: planned.problems[0],
    };
  }
  const refused = outcomes.find(outcome => outcome.kind === 'refused');
  const blocked = planned.desired.components.find(
    component => component.blocked,
  );
  if (refused || blocked) {
    return {
      kind: 'requeueAfter',
      milliseconds: reconciler.retryRefusedMs ?? RETRY_REFUSED_MS,
      why: 'something was refused',
    };
  }
  return done;
}

function reportProblems(
  object: KubeObject,
  problems: readonly Problem[],
  reconciler: Reconciler,
): ReconcileResult {
  const application = asApplication(object);
  const { namespace = '', name } = application.metadata;
  const objects = reconciler.cache.related(namespace, name);
  const health = assessHealth({
    application,
    objects,
    events: [],
    now: reconciler.now(),
  });
  const previous = statusOf(application, reconciler);
  const reported = reportStatus({
    application,
    problems,
    health,
    previous,
    now: reconciler.now(),
  });
  submitIfChanged(application, reported, { previous, reconciler });
  reconciler.onPass?.({ outcomes: [], status: reported.status });
  return done;
}

/** An Application whose specification does not hold: enough of it to report on. */
function asApplication(object: KubeObject): Application {
  return {
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Application',
    metadata: object.metadata,
    spec: {
      components: [],
      dependencies: [],
      links: [],
      deletionPolicy: 'Retain',
      paused: false,
    },
  };
}

async function pruneOld(
  application: Application,
  planned: PlannedApplication,
  options: { readonly reconciler: Reconciler; readonly executor: Executor },
): Promise<void> {
  if (!planned.snapshot.complete || planned.release.kind === 'none') return;
  const { cache, releaseHistory } = options.reconciler;
  const { release, kind } = planned.release;
  const available = statusOf(application, options.reconciler)?.release
    ?.available;
  await pruneReleases({
    application,
    releases:
      kind === 'new' ? [release, ...planned.releases] : planned.releases,
    limit: releaseHistory,
    keep: new Set([
      release.revision,
      ...(available === undefined ? [] : [available]),
    ]),
    find: (type, key) => cache.get(type, key),
    executor: options.executor,
  });
}

/** The API resource of what may be rendered. */
export function renderedResource(
  apiVersion: string,
  kind: string,
): ResourceType | undefined {
  return kindOf(apiVersion, kind);
}
