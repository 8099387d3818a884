import { KubeObject, ResourceType } from '@understage/kube';
import {
  Application,
  ApplicationStatus,
  applicationStatusSchema,
  assessHealth,
  checkApplication,
  fromRevision,
  kindOf,
  Outcome,
  Plan,
  PlatformSettings,
  Problem,
  refOf,
  Release,
  releaseKind,
  releasesToPrune,
  Report,
  reportStatus,
  revisionName,
  statusEquals,
  toRevision,
} from '@understage/plugin-paas-common';
import {
  ChartRenderer,
  planFor,
  PlannedApplication,
} from '@understage/plugin-paas-node';
import { executePlan, Executor } from './execution/executePlan';
import { ClusterCache } from './observation/clusterCache';

/** How a pass ended. A throw means: again, with back-off. */
export type ReconcileResult =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'requeueAfter';
      readonly milliseconds: number;
      readonly why: string;
    };

/** What reconciling needs of the outside. */
export interface Reconciler {
  readonly cache: ClusterCache;
  readonly charts: ChartRenderer;
  readonly platform: PlatformSettings;
  readonly kubeVersion?: string;
  readonly releaseHistory: number;
  readonly now: () => Date;
  /** Writes as the deployer of a namespace. */
  readonly executorFor: (namespace: string) => Executor;
  /** The status that will be in the cluster once everything submitted is written. */
  readonly pendingStatus: (
    namespace: string,
    name: string,
  ) => ApplicationStatus | undefined;
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
  if (!object || object.metadata.deletionTimestamp) return done;
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
  const { cache, charts, platform, kubeVersion, now } = reconciler;
  const planned = await planFor({
    view: cache,
    application,
    namespace,
    charts,
    platform,
    kubeVersion,
    now,
  });
  const executor = reconciler.executorFor(namespace);
  const paused = application.spec.paused;
  const recorded = paused
    ? undefined
    : await keepRelease(application, planned, executor);
  const outcomes =
    recorded === 'refused' ? [] : await executePlan(planned.plan, executor);
  if (!paused)
    await pruneReleases(application, planned, { reconciler, executor });
  const result = report(application, planned, { outcomes, reconciler });
  return result;
}

function report(
  application: Application,
  planned: PlannedApplication,
  {
    outcomes,
    reconciler,
  }: { readonly outcomes: readonly Outcome[]; readonly reconciler: Reconciler },
): ReconcileResult {
  const { cache, now } = reconciler;
  const { namespace = '', name } = application.metadata;
  const objects = cache.related(namespace, name);
  const health = assessHealth({
    application,
    objects,
    events: cache.warnings(namespace, objects),
    now: now(),
  });
  const previous = statusOf(application, reconciler);
  const { release } =
    planned.release.kind === 'none' ? { release: undefined } : planned.release;
  const available =
    health.state === 'Ready' ? release?.revision : previous?.release?.available;
  const reported = reportStatus({
    application,
    desired: planned.desired,
    plan: planned.plan,
    outcomes,
    health,
    previous,
    release: release
      ? {
          current: release.revision,
          ...(available === undefined ? {} : { available }),
        }
      : undefined,
    now: now(),
  });
  submitIfChanged(application, reported, { previous, reconciler });
  reconciler.onPass?.({
    plan: planned.plan,
    outcomes,
    status: reported.status,
  });
  return next(planned, outcomes);
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
  const parsed = applicationStatusSchema.safeParse(live);
  return parsed.success ? parsed.data : undefined;
}

function next(
  planned: PlannedApplication,
  outcomes: readonly Outcome[],
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
      milliseconds: RETRY_REFUSED_MS,
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

/** Writes the release before what it releases, so that what runs can always be told from what is kept. */
async function keepRelease(
  application: Application,
  planned: PlannedApplication,
  executor: Executor,
): Promise<'kept' | 'refused'> {
  if (planned.release.kind !== 'new') return 'kept';
  const namespace = application.metadata.namespace ?? '';
  const revision = toRevision(planned.release.release, application, namespace);
  const outcome = await executor.writer.apply(revision, {
    type: releaseKind,
    force: true,
  });
  if (outcome.kind === 'written') executor.onWritten?.(outcome.object);
  // The same account writes everything else: executing says in detail what it may not.
  return 'kept';
}

async function pruneReleases(
  application: Application,
  planned: PlannedApplication,
  {
    reconciler,
    executor,
  }: { readonly reconciler: Reconciler; readonly executor: Executor },
): Promise<void> {
  if (!planned.snapshot.complete) return;
  const available = statusOf(application, reconciler)?.release?.available;
  const current =
    planned.release.kind === 'none' ? [] : [planned.release.release.revision];
  const keep = new Set([
    ...current,
    ...(available === undefined ? [] : [available]),
  ]);
  for (const release of releasesToPrune(
    planned.releases,
    reconciler.releaseHistory,
    keep,
  )) {
    await dropRevision(
      { release, application: application.metadata.name, planned },
      executor,
    );
  }
}

async function dropRevision(
  target: {
    readonly release: Release;
    readonly application: string;
    readonly planned: PlannedApplication;
  },
  executor: Executor,
): Promise<void> {
  const { snapshot, desired } = target.planned;
  const name = revisionName(target.application, target.release.revision);
  const object = snapshot.complete
    ? snapshot.items.find(
        item => item.kind === releaseKind.kind && item.metadata.name === name,
      )
    : undefined;
  if (!object?.metadata.uid || !fromRevision(object).ok) return;
  await executor.writer.delete(
    releaseKind,
    { namespace: desired.namespace, name },
    { uid: object.metadata.uid },
  );
  executor.onDeleted?.({
    kind: 'delete',
    ref: refOf(object),
    uid: object.metadata.uid,
    why: 'release history',
  });
}

/** The API resource of what may be rendered. */
export function renderedResource(
  apiVersion: string,
  kind: string,
): ResourceType | undefined {
  return kindOf(apiVersion, kind);
}
