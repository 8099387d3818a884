import {
  TenantEnvironmentStatus,
  TenantStatus,
} from '../../schema/TenantStatus';
import { sameJson } from '../planning';
import { problemsSentence } from '../reporting/planFindings';
import { Transition } from '../reporting/transitions';
import { conditionsOf } from './reporting/conditions';
import { noticesOf } from './reporting/notices';
import { TenantReportInput } from './reporting/TenantReportInput';
import { transitionsBetween } from './reporting/transitions';
import {
  environmentVerdict,
  obstaclesOf,
  Verdict,
  worst,
} from './reporting/verdicts';
import { TenantNamespace } from './TenantDesired';

export type { TenantReportInput } from './reporting/TenantReportInput';

export interface TenantReport {
  readonly status: TenantStatus;
  /** For Kubernetes Events. */
  readonly transitions: readonly Transition[];
}

interface Judged {
  readonly place: TenantNamespace;
  readonly verdict: Verdict;
}

function toStatus(
  { place, verdict }: Judged,
  { checks }: TenantReportInput,
): TenantEnvironmentStatus {
  const { environment, namespace } = place;
  // What was found out of a namespace that is not ours any more says nothing.
  const found = verdict.state === 'Failed' ? [] : checks?.get(environment);
  return { name: environment, namespace, ...verdict, checks: found ?? [] };
}

function overall(
  judged: readonly Judged[],
  environments: readonly TenantEnvironmentStatus[],
  input: TenantReportInput,
): Verdict {
  const { problems = [], planned } = input;
  // Whatever is wrong in it: it is being let go of.
  if (planned?.offboarding) return offboarding(input);
  if (problems.length > 0) {
    return {
      state: 'Failed',
      reason: 'Invalid',
      message: problemsSentence(problems),
    };
  }
  const own = worst(obstaclesOf(undefined, input));
  const named = judged.map(({ place, verdict }) =>
    verdict.state === 'Ready'
      ? verdict
      : { ...verdict, message: `${place.environment}: ${verdict.message}` },
  );
  const trouble = worst([...(own ? [own] : []), ...named]);
  return trouble && trouble.state !== 'Ready'
    ? trouble
    : { state: 'Ready', reason: 'Ready', message: allReady(environments) };
}

function allReady(environments: readonly TenantEnvironmentStatus[]): string {
  const checks = environments.flatMap(each => each.checks).length;
  const what =
    environments.length === 1
      ? `The environment ${environments[0].name} is`
      : `All ${environments.length} environments are`;
  return `${what} ready, and all ${checks} checks of isolation hold.`;
}

function offboarding(input: TenantReportInput): Verdict {
  const actions = input.planned?.plan.actions ?? [];
  const held = actions.find(
    action => action.kind === 'wait' && action.ref.kind === 'Tenant',
  );
  const rest = actions.length;
  return {
    state: 'Offboarding',
    reason: 'Offboarding',
    message:
      held?.kind === 'wait'
        ? held.message
        : `The tenant is being offboarded; ${rest} ${
            rest === 1 ? 'step is' : 'steps are'
          } left.`,
  };
}

/**
 * The status of a tenant from what was planned, what became of it and what trying forbidden things came to. Pure: an
 * unchanged world gives the previous status, so that nothing has to be written. Never Ready while a check is open.
 */
export function reportTenant(input: TenantReportInput): TenantReport {
  const { planned, tenant, previous } = input;
  const judged =
    planned && !planned.offboarding
      ? planned.desired.namespaces.map(place => ({
          place,
          verdict: environmentVerdict(place, input),
        }))
      : undefined;
  const environments =
    judged?.map(each => toStatus(each, input)) ?? previous?.environments ?? [];
  const verdict = overall(judged ?? [], environments, input);
  const notices = noticesOf(input);
  const status: TenantStatus = {
    observedGeneration: tenant.metadata.generation ?? 0,
    state: verdict.state,
    message: verdict.message,
    environments,
    ...(notices.length > 0 && { notices }),
    conditions: conditionsOf(input, { verdict, environments }),
  };
  return { status, transitions: transitionsBetween(previous, status) };
}

/** True when a status says the same, so that it need not be written. */
export function tenantStatusEquals(
  left: TenantStatus | undefined,
  right: TenantStatus | undefined,
): boolean {
  return sameJson(left, right);
}
