import {
  TenantConditionType,
  TenantEnvironmentStatus,
  TenantStatus,
  tenantConditionTypes,
} from '../../../schema/TenantStatus';
import { problemsSentence } from '../../reporting/planFindings';
import { TenantReportInput } from './TenantReportInput';
import { obstaclesOf, Verdict, verified, worst } from './verdicts';

type Condition = TenantStatus['conditions'][number];
type Judged = Pick<Condition, 'status' | 'reason' | 'message'>;

interface Found {
  readonly verdict: Verdict;
  readonly environments: readonly TenantEnvironmentStatus[];
}

const yes = (message: string): Judged => ({
  status: 'True',
  reason: 'Ready',
  message,
});

const no = ({ reason, message }: Omit<Verdict, 'state'>): Judged => ({
  status: 'False',
  reason,
  message,
});

function valid({ problems = [] }: TenantReportInput): Judged {
  return problems.length === 0
    ? yes('The specification is valid.')
    : no({ reason: 'Invalid', message: problemsSentence(problems) });
}

function notPlanned({ problems = [], planned }: TenantReportInput) {
  return planned
    ? undefined
    : ({
        status: 'Unknown',
        reason: problems.length > 0 ? 'Invalid' : 'Progressing',
        message: 'Nothing was planned yet.',
      } as const);
}

function provisioned(input: TenantReportInput, found: Found): Judged {
  const first = worst([
    ...obstaclesOf(undefined, input),
    ...found.environments.flatMap(({ namespace }) =>
      obstaclesOf(namespace, input),
    ),
  ]);
  return (
    notPlanned(input) ??
    (first ? no(first) : yes('Every object of the tenant is there.'))
  );
}

function isolated(input: TenantReportInput, { environments }: Found): Judged {
  const open = environments
    .map(({ checks, reason, message }) =>
      reason === 'Verifying'
        ? ({ state: 'Progressing', reason, message } as const)
        : verified(checks),
    )
    .find(({ state }) => state !== 'Ready');
  const unplanned = notPlanned(input);
  if (unplanned) return unplanned;
  if (!open) return yes('Everything that must be refused was refused.');
  return open.reason === 'Verifying'
    ? { status: 'Unknown', reason: open.reason, message: open.message }
    : no(open);
}

function ready(_: TenantReportInput, { verdict }: Found): Judged {
  return verdict.state === 'Ready' ? yes(verdict.message) : no(verdict);
}

const judges: Readonly<
  Record<
    TenantConditionType,
    (input: TenantReportInput, found: Found) => Judged
  >
> = {
  Valid: valid,
  Provisioned: provisioned,
  Isolated: isolated,
  Ready: ready,
};

/** Conditions in their fixed order; the time of transition changes with the status only. */
export function conditionsOf(
  input: TenantReportInput,
  found: Found,
): TenantStatus['conditions'] {
  const now = `${input.now.toISOString().slice(0, 19)}Z`;
  return tenantConditionTypes.map(type => {
    const judged = judges[type](input, found);
    const before = input.previous?.conditions.find(each => each.type === type);
    return {
      type,
      ...judged,
      observedGeneration: input.tenant.metadata.generation ?? 0,
      lastTransitionTime:
        before?.status === judged.status ? before.lastTransitionTime : now,
    };
  });
}
