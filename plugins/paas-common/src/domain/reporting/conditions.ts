import {
  ApplicationStatus,
  Condition,
  ConditionType,
} from '../../schema/ApplicationStatus';
import {
  ApplicationHealth,
  ComponentHealth,
  availableComponents,
} from '../health';
import { isWrite } from '../planning';
import { Reason } from '../reasons';
import { PassResult, planFindings, problemsSentence } from './planFindings';

type Verdict = Pick<Condition, 'status' | 'message'> & {
  readonly reason: Reason;
};

export interface ConditionInput extends PassResult {
  readonly health: ApplicationHealth;
  readonly generation: number;
  readonly previous?: ApplicationStatus;
  /** RFC 3339. */
  readonly now: string;
}

const yes = (message: string): Verdict => ({
  status: 'True',
  reason: 'Ready',
  message,
});

function valid({ problems = [] }: ConditionInput): Verdict {
  if (problems.length === 0) return yes('The specification is valid.');
  return {
    status: 'False',
    reason: 'Invalid',
    message: problemsSentence(problems),
  };
}

function counted(message: string, all: number): string {
  return all > 1 ? `${message} (and ${all - 1} more)` : message;
}

function notPlanned(input: ConditionInput): Verdict | undefined {
  if (input.plan) return undefined;
  const invalid = (input.problems ?? []).length > 0;
  return invalid
    ? {
        status: 'Unknown',
        reason: 'Invalid',
        message: 'Nothing is planned while the specification has problems.',
      }
    : {
        status: 'Unknown',
        reason: 'Progressing',
        message: 'Nothing has been planned yet.',
      };
}

function planned(input: ConditionInput): Verdict {
  const refused = (input.plan?.actions ?? []).flatMap(action =>
    action.kind === 'refuse' ? [action] : [],
  );
  const [first] = refused;
  if (!first) return notPlanned(input) ?? yes('Nothing was refused.');
  return {
    status: 'False',
    reason: first.reason,
    message: counted(first.message, refused.length),
  };
}

function applied(input: ConditionInput): Verdict {
  const unplanned = notPlanned(input);
  if (unplanned) return unplanned;
  const findings = planFindings(input);
  const [first] = findings;
  if (first)
    return {
      status: 'False',
      reason: first.reason,
      message: counted(first.message, findings.length),
    };
  const actions = input.plan?.actions ?? [];
  const paused = actions.filter(action => action.kind === 'wait');
  if (paused[0]?.kind === 'wait')
    return {
      status: 'False',
      reason: paused[0].reason,
      message: counted(paused[0].message, paused.length),
    };
  const pending =
    actions.filter(isWrite).length -
    (input.outcomes ?? []).filter(
      each => each.kind === 'done' && isWrite(each.action),
    ).length;
  if (pending > 0)
    return {
      status: 'False',
      reason: 'Progressing',
      message: `${pending} ${
        pending === 1 ? 'write is' : 'writes are'
      } still to be done.`,
    };
  return yes('Everything that was asked for is applied.');
}

function componentVerdict(component: ComponentHealth): Verdict {
  return {
    status: 'False',
    reason: component.reason,
    message: `${component.name}: ${component.message}`,
  };
}

function available({ health }: ConditionInput): Verdict {
  const serving = availableComponents(health);
  const missing = health.components.find(
    component => !serving.has(component.name),
  );
  return missing ? componentVerdict(missing) : yes('Every component serves.');
}

function ready(input: ConditionInput, others: readonly Verdict[]): Verdict {
  const { health } = input;
  const invalid = others.find(verdict => verdict.reason === 'Invalid');
  if (invalid) return { ...invalid, status: 'False' };
  const settled = health.state === 'Ready' || health.state === 'Paused';
  if (!settled)
    return { status: 'False', reason: health.reason, message: health.message };
  const lacking = others.find(verdict => verdict.status !== 'True');
  if (lacking) return { ...lacking, status: 'False' };
  return { status: 'True', reason: health.reason, message: health.message };
}

/** Conditions in their fixed order. The time of transition changes with the status only, as Kubernetes' conventions ask. */
export function conditionsOf(input: ConditionInput): Condition[] {
  const first = [
    valid(input),
    planned(input),
    applied(input),
    available(input),
  ];
  const types: readonly ConditionType[] = [
    'Valid',
    'Planned',
    'Applied',
    'Available',
    'Ready',
  ];
  return [...first, ready(input, first)].map((verdict, index) => {
    const before = input.previous?.conditions.find(
      each => each.type === types[index],
    );
    const lastTransitionTime =
      before?.status === verdict.status ? before.lastTransitionTime : input.now;
    return {
      type: types[index],
      ...verdict,
      observedGeneration: input.generation,
      lastTransitionTime,
    };
  });
}
