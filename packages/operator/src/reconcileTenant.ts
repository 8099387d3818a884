import { KubeObject } from '@understage/kube';
import {
  Action,
  checkTenant,
  departingTenant,
  isOffboarded,
  Outcome,
  Problem,
  readTenantStatus,
  reportTenant,
  Tenant,
  TenantReport,
  TenantReportInput,
  TenantStatus,
  tenantStatusEquals,
} from '@understage/plugin-paas-common';
import { PlannedTenant, planTenantFor } from '@understage/plugin-paas-node';
import { ReconcileResult } from './controller';
import { Executor, isWrite } from './execution/executePlan';
import {
  executeOffboarding,
  executeTenantPlan,
} from './execution/executeTenantPlan';
import { TenantCache } from './observation/tenantCache';
import {
  FinalizerOptions,
  holdTenant,
  isHeld,
  releaseTenant,
} from './tenantFinalizer';
import { VerificationLog, Verified } from './verification/VerificationLog';

/** What reconciling tenants needs of the outside. */
export interface TenantReconciler {
  readonly cache: TenantCache;
  readonly now: () => Date;
  /** How long until what was refused is tried again. Default one minute. */
  readonly retryRefusedMs?: number;
  /** Writes as the provisioner. */
  readonly executor: Executor;
  /** Writes as the operator itself. */
  readonly finalizers: FinalizerOptions;
  /** The status that will be in the cluster once everything submitted is written. */
  readonly pendingStatus: (name: string) => TenantStatus | undefined;
  readonly submit: (tenant: KubeObject, report: TenantReport) => void;
  readonly verification: VerificationLog;
  /** Asks for the probes of a tenant whose bundle is there. */
  readonly verify: (name: string) => void;
  /** Told whether a tenant waits for something that somebody else has. */
  readonly onWaiting: (name: string, waits: boolean) => void;
  readonly onPass?: (pass: { readonly outcomes: readonly Outcome[] }) => void;
}

/** Refused writes are looked at again this often: what refused them may have changed where no watch sees it. */
const RETRY_REFUSED_MS = 60_000;
/** The server notices a little later than it answers that a namespace has become a tenant's. */
const RETRY_TAKEN_OVER_MS = 1_000;
const RETRY_UNREADABLE_MS = 5_000;
const done: ReconcileResult = { kind: 'done' };

/** One tenant by name, from state alone: observe, plan, execute, report. */
export async function reconcileTenant(
  name: string,
  reconciler: TenantReconciler,
): Promise<ReconcileResult> {
  const object = reconciler.cache.tenant(name);
  const leaving = object?.metadata.deletionTimestamp !== undefined;
  // Gone, or held by others only: nothing of it is ours to do.
  if (!object || (leaving && !isHeld(object))) {
    reconciler.onWaiting(name, false);
    return done;
  }
  const checked = checkTenant(object);
  // What is wrong in a Tenant keeps nobody from letting it go.
  if (leaving) {
    const known: KnownTenant = checked.ok
      ? { tenant: checked.value }
      : { tenant: departingTenant(object), problems: checked.problems };
    return reconcileChecked(object, known, reconciler);
  }
  if (!checked.ok) {
    submit(object, { tenant: object, problems: checked.problems }, reconciler);
    return done;
  }
  // Before anything is made: what a Tenant leaves behind when it vanishes at once, nobody would clear away.
  if (!isHeld(object)) await holdTenant(object, reconciler.finalizers);
  return reconcileChecked(object, { tenant: checked.value }, reconciler);
}

/** A Tenant as it is worked on, with what is wrong in it when it is only let go of. */
interface KnownTenant {
  readonly tenant: Tenant;
  readonly problems?: readonly Problem[];
}

async function reconcileChecked(
  object: KubeObject,
  { tenant, problems }: KnownTenant,
  reconciler: TenantReconciler,
): Promise<ReconcileResult> {
  const { cache, now, executor } = reconciler;
  const planned = await planTenantFor({ view: cache, tenant, now });
  if (planned.offboarding && isGone(planned)) {
    reconciler.verification.forget(tenant.metadata.uid ?? '');
    await releaseTenant(object, reconciler.finalizers);
    return done;
  }
  const execute = planned.offboarding ? executeOffboarding : executeTenantPlan;
  const outcomes = await execute(planned.plan, executor);
  reconciler.onWaiting(
    tenant.metadata.name,
    outcomes.some(({ kind }) => kind === 'refused'),
  );
  askForProbes(tenant, { planned, outcomes }, reconciler);
  submit(object, { tenant, problems, planned, outcomes }, reconciler);
  reconciler.onPass?.({ outcomes });
  return next(planned, outcomes, reconciler);
}

/** Offboarded, as far as all of the cluster could be seen. */
function isGone({ plan, observed }: PlannedTenant): boolean {
  return observed.snapshot.complete && isOffboarded(plan);
}

interface Pass {
  readonly planned: PlannedTenant;
  readonly outcomes: readonly Outcome[];
}

const namespaceOf = ({ ref }: Action) =>
  ref.kind === 'Namespace' ? ref.name : ref.namespace;

/** Environments of which everything is there. */
function standing({
  planned,
  outcomes,
}: Pass): PlannedTenant['desired']['namespaces'] {
  if (planned.offboarding) return [];
  const lacking = new Set(
    outcomes
      .filter(({ kind }) => kind !== 'done')
      .map(({ action }) => namespaceOf(action)),
  );
  return planned.desired.namespaces.filter(
    ({ namespace }) => !lacking.has(namespace),
  );
}

function askForProbes(
  { metadata: { name, uid = '' } }: Tenant,
  pass: Pass,
  { verification, verify }: TenantReconciler,
): void {
  const wrote = pass.outcomes.some(
    ({ kind, action }) => kind === 'done' && isWrite(action),
  );
  if (wrote) verification.expire(uid);
  if (standing(pass).length > 0 && verification.takeDue(uid)) verify(name);
}

/** What an earlier process found out holds until it is tried again. */
function told(previous: TenantStatus | undefined): Verified | undefined {
  return (
    previous &&
    new Map(previous.environments.map(({ name, checks }) => [name, checks]))
  );
}

function submit(
  object: KubeObject,
  input: Omit<TenantReportInput, 'previous' | 'now' | 'checks'>,
  reconciler: TenantReconciler,
): void {
  const { name, uid = '' } = object.metadata;
  const previous =
    reconciler.pendingStatus(name) ?? readTenantStatus(object.status);
  const reported = reportTenant({
    ...input,
    checks: reconciler.verification.resultsOf(uid) ?? told(previous),
    previous,
    now: reconciler.now(),
  });
  if (!tenantStatusEquals(previous, reported.status))
    reconciler.submit(object, reported);
}

function next(
  planned: PlannedTenant,
  outcomes: readonly Outcome[],
  { retryRefusedMs }: TenantReconciler,
): ReconcileResult {
  const failed = outcomes.find(outcome => outcome.kind === 'failed');
  if (failed) {
    const why = failed.kind === 'failed' ? failed.message : '';
    throw new Error(`writing failed and is tried again: ${why}`);
  }
  const again = (milliseconds: number, why: string): ReconcileResult => ({
    kind: 'requeueAfter',
    milliseconds,
    why,
  });
  if (planned.problems.length > 0)
    return again(RETRY_UNREADABLE_MS, planned.problems[0]);
  if (outcomes.some(({ kind }) => kind === 'refused')) {
    const tookOver = outcomes.some(
      ({ kind, action }) =>
        kind === 'done' && isWrite(action) && action.ref.kind === 'Namespace',
    );
    return again(
      tookOver ? RETRY_TAKEN_OVER_MS : retryRefusedMs ?? RETRY_REFUSED_MS,
      'something was refused',
    );
  }
  return planned.offboarding ? again(RETRY_TAKEN_OVER_MS, 'leaving') : done;
}
