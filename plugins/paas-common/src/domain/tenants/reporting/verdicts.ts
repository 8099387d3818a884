import { TenantCheck, TenantState } from '../../../schema/TenantStatus';
import { Action, Outcome } from '../../action';
import { recordAt } from '../../jsonValue';
import { ObjectRef } from '../../kubernetes';
import { LABEL_BUNDLE } from '../../labels';
import { isWrite, refText } from '../../planning';
import { Reason } from '../../reasons';
import { observedItems } from '../../snapshot';
import { TenantNamespace } from '../TenantDesired';
import { TenantReportInput } from './TenantReportInput';

/** How a place is, and why. */
export interface Verdict {
  readonly state: TenantState;
  readonly reason: Reason;
  readonly message: string;
}
/** From the gravest to the best. */
export const gravest: readonly TenantState[] = [
  'Failed',
  'Degraded',
  'Unknown',
  'Offboarding',
  'Progressing',
  'Ready',
];

const placeOf = ({ kind, namespace, name }: ObjectRef) =>
  kind === 'Namespace' ? name : namespace;

/** What stands in the way of an action: refused by the plan, by the API server, or not done yet. */
function obstacle(
  action: Action,
  outcome: Outcome | undefined,
): Verdict | undefined {
  if (action.kind === 'refuse') {
    const { reason, message } = action;
    return { state: 'Failed', reason, message };
  }
  if (action.kind === 'wait') {
    const { reason, message } = action;
    const state = reason === 'EnvironmentInUse' ? 'Ready' : 'Progressing';
    return state === 'Ready' ? undefined : { state, reason, message };
  }
  if (outcome?.kind === 'refused') {
    const { reason, message } = outcome;
    return { state: 'Failed', reason, message };
  }
  if (outcome?.kind === 'failed') {
    return {
      state: 'Progressing',
      reason: 'ApplyFailed',
      message: `${refText(
        action.ref,
      )} could not be written and is tried again: ${outcome.message}`,
    };
  }
  return isWrite(action) && outcome?.kind !== 'done'
    ? {
        state: 'Progressing',
        reason: 'Progressing',
        message: `${refText(action.ref)} is still to be written.`,
      }
    : undefined;
}

/** The gravest of several. */
export function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  return gravest
    .map(state => verdicts.find(verdict => verdict.state === state))
    .find(verdict => verdict !== undefined);
}

/** Obstacles of one namespace, or of what belongs to no environment: roles of the tenant, namespaces that are left. */
export function obstaclesOf(
  place: string | undefined,
  { planned, outcomes = [] }: TenantReportInput,
): readonly Verdict[] {
  const places = planned?.desired.namespaces ?? [];
  const known = new Set(places.map(({ namespace }) => namespace));
  const isMeant = ({ ref }: Action) => {
    const own = placeOf(ref);
    return place === undefined
      ? own === undefined || !known.has(own)
      : own === place;
  };
  return (planned?.plan.actions ?? []).filter(isMeant).flatMap(
    action =>
      obstacle(
        action,
        outcomes.find(outcome => outcome.action === action),
      ) ?? [],
  );
}

/** What the checks of an environment come to; none at all means that they are still to be made. */
export function verified(checks: readonly TenantCheck[] | undefined): Verdict {
  if (checks === undefined || checks.length === 0) {
    return {
      state: 'Progressing',
      reason: 'Verifying',
      message: 'Everything is there; what must be refused is being tried.',
    };
  }
  const open = checks.filter(({ result }) => result !== 'enforced');
  const [first] = [
    ...open.filter(({ result }) => result === 'notEnforced'),
    ...open,
  ];
  if (first) {
    const more = open.length > 1 ? ` (and ${open.length - 1} more)` : '';
    const what =
      first.result === 'notEnforced'
        ? 'was let through'
        : 'could not be proved to be refused';
    return {
      state: 'Degraded',
      reason: 'IsolationNotEnforced',
      message: `${first.dimension}: "${first.title}" ${what}. ${first.evidence}${more}`,
    };
  }
  return {
    state: 'Ready',
    reason: 'Ready',
    message: `Everything is there, and all ${checks.length} checks of isolation hold.`,
  };
}

/** Counted by the name of a kind: of one that a resource definition brought, the cluster learns later than of its own. */
const isOfDefinition = (resource: string) =>
  /^count\/[^.]+\..*\./.test(resource);
const newlyDefined =
  ' Of a kind that was defined a moment ago it learns by itself, within six minutes.';

/**
 * Until the cluster has counted what is used, it refuses everything that the quota speaks of: a moment after the quota was
 * written, and for minutes after a resource definition of ours was installed: its kinds are looked for every 30 s, and quotas
 * that name one are looked at again every five minutes.
 */
function uncounted(
  namespace: string,
  { planned }: TenantReportInput,
): Verdict | undefined {
  const quota =
    planned &&
    observedItems(planned.observed.snapshot).find(
      ({ kind, metadata }) =>
        kind === 'ResourceQuota' &&
        metadata.namespace === namespace &&
        metadata.labels?.[LABEL_BUNDLE] !== undefined,
    );
  if (!quota) return undefined;
  // The limits are repeated there at once, also of a kind that the cluster does not know; the use of it is not told.
  const counted = recordAt(quota, 'status', 'used');
  const missing = Object.keys(recordAt(quota, 'spec', 'hard')).filter(
    resource => counted[resource] === undefined,
  );
  return missing.length === 0
    ? undefined
    : {
        state: 'Progressing',
        reason: 'Progressing',
        message: `The cluster has not counted yet what is used of the quota: ${missing.join(
          ', ',
        )}. Until it has, it refuses these.${
          missing.some(isOfDefinition) ? newlyDefined : ''
        }`,
      };
}

/** For so long after a namespace became the tenant's, the API server may not have noticed everywhere that it is. */
const SETTLING_MS = 10_000;

/** True while what was let through may have been let through for want of a moment. Not for long, and never green. */
function isSettling(
  namespace: string,
  { planned, now }: TenantReportInput,
): boolean {
  if (!planned) return false;
  const { namespaces, snapshot } = planned.observed;
  const closed = observedItems(snapshot).find(
    ({ kind, metadata }) =>
      kind === 'NetworkPolicy' &&
      metadata.namespace === namespace &&
      metadata.name === 'understage-default-deny',
  );
  return [namespaces.get(namespace), closed].some(object => {
    const made = Date.parse(object?.metadata.creationTimestamp ?? '');
    return now.getTime() - made < SETTLING_MS;
  });
}

function whileSettling(verdict: Verdict, settling: boolean): Verdict {
  return settling && verdict.reason === 'IsolationNotEnforced'
    ? {
        state: 'Progressing',
        reason: 'Verifying',
        message: `The namespace is new, and is tried again: ${verdict.message}`,
      }
    : verdict;
}

/** How one environment is: what stands in its way first, then what trying forbidden things came to. */
export function environmentVerdict(
  { environment, namespace }: TenantNamespace,
  input: TenantReportInput,
): Verdict {
  return (
    worst(obstaclesOf(namespace, input)) ??
    uncounted(namespace, input) ??
    whileSettling(
      verified(input.checks?.get(environment)),
      isSettling(namespace, input),
    )
  );
}
