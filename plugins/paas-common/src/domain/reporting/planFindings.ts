import { Action, Outcome, Plan } from '../action';
import { Finding } from '../health';
import { refText } from '../planning';
import { Problem } from '../problem';
import { Reason } from '../reasons';

/** What one pass of the operator came to. */
export interface PassResult {
  /** Problems of the specification; with them nothing was planned. */
  readonly problems?: readonly Problem[];
  readonly plan?: Plan;
  readonly outcomes?: readonly Outcome[];
}

/** Holds that pass by themselves without anybody asking: an object on its way out, a paused application. */
const quiet = new Set<Reason>(['Paused', 'Deleting']);

function finding(action: Action, reason: Reason, message: string): Finding {
  return action.component === undefined
    ? { reason, message }
    : { component: action.component, reason, message };
}

function ofAction(action: Action): Finding[] {
  const held =
    action.kind === 'refuse' ||
    (action.kind === 'wait' && !quiet.has(action.reason));
  return held ? [finding(action, action.reason, action.message)] : [];
}

/** Outcomes of actions that were never attempted repeat what the plan says. */
function ofOutcome(outcome: Outcome): Finding[] {
  const { action } = outcome;
  if (action.kind === 'refuse' || action.kind === 'wait') return [];
  if (outcome.kind === 'refused')
    return [finding(action, outcome.reason, outcome.message)];
  if (outcome.kind !== 'failed') return [];
  return [
    finding(
      action,
      'ApplyFailed',
      `${refText(action.ref)} could not be written and is tried again: ${
        outcome.message
      }`,
    ),
  ];
}

/** The problems of a specification as one sentence. */
export function problemsSentence(problems: readonly Problem[]): string {
  const [first, ...others] = problems;
  if (!first) return 'The specification is valid.';
  const where =
    first.path === '' || first.message.includes(first.path)
      ? ''
      : `${first.path}: `;
  const more =
    others.length === 0
      ? ''
      : ` (and ${others.length} more ${
          others.length === 1 ? 'problem' : 'problems'
        })`;
  return `${where}${first.message}${more}`;
}

const severity = (each: Finding) =>
  each.reason === 'WaitingForDependency' || each.reason === 'AwaitingImage'
    ? 1
    : 0;

/** What planning and writing have to say, the gravest for each component first. */
export function planFindings(pass: PassResult): readonly Finding[] {
  const { problems = [], plan, outcomes = [] } = pass;
  const invalid: Finding[] =
    problems.length > 0
      ? [{ reason: 'Invalid', message: problemsSentence(problems) }]
      : [];
  const held = [
    ...(plan?.actions ?? []).flatMap(ofAction),
    ...outcomes.flatMap(ofOutcome),
  ];
  return [
    ...invalid,
    ...held.sort((left, right) => severity(left) - severity(right)),
  ];
}
