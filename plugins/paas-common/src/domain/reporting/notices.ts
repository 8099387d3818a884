import { ApplicationStatus } from '../../schema/ApplicationStatus';
import { Action, Outcome, Plan } from '../action';
import { Desired, Refusal } from '../desired';
import { ObjectRef } from '../kubernetes';
import { APPLICATION_API_VERSION } from '../../schema/Application';
import { refText, valueText } from '../planning';

export type Notice = NonNullable<ApplicationStatus['notices']>[number];

/** A status is read by people and stored in etcd: more than this is no longer read. */
const LIMIT = 20;

function shortRef({ apiVersion, kind, name }: ObjectRef): Notice['ref'] {
  return { apiVersion, kind, name };
}

/** What somebody else changed and we put back. */
export function driftSentence(
  action: Action & { readonly kind: 'update' },
): string {
  const [first, ...others] = action.changes;
  const what = first
    ? `${first.path} was ${valueText(first.from, 60)} instead of ${valueText(
        first.to,
        60,
      )}`
    : 'it differed';
  return `${refText(action.ref)} was changed by somebody else: ${what}${
    others.length > 0 ? ` (and ${others.length} more)` : ''
  }.`;
}

function ofAction(action: Action): Notice[] {
  const ref = shortRef(action.ref);
  switch (action.kind) {
    case 'refuse':
      return [{ ref, reason: action.reason, message: action.message }];
    case 'keep':
      return [{ ref, reason: 'Retained', message: action.why }];
    case 'update':
      return action.drift
        ? [{ ref, reason: 'Drifted', message: driftSentence(action) }]
        : [];
    default:
      return [];
  }
}

function ofOutcome(outcome: Outcome): Notice[] {
  const { action } = outcome;
  if (action.kind === 'refuse' || action.kind === 'wait') return [];
  const ref = shortRef(action.ref);
  if (outcome.kind === 'refused')
    return [{ ref, reason: outcome.reason, message: outcome.message }];
  return outcome.kind === 'failed'
    ? [{ ref, reason: 'ApplyFailed', message: outcome.message }]
    : [];
}

function ofWarning(warning: Refusal, name: string): Notice {
  const ref = warning.ref
    ? shortRef(warning.ref)
    : { apiVersion: APPLICATION_API_VERSION, kind: 'Application', name };
  return { ref, reason: warning.reason, message: warning.message };
}

/** Everything that a reader should know beside the state: refusals, what was left or kept, repaired drift, warnings. */
export function noticesOf(values: {
  readonly desired?: Desired;
  readonly plan?: Plan;
  readonly outcomes?: readonly Outcome[];
}): Notice[] {
  const { desired, plan, outcomes = [] } = values;
  const name = desired?.application.metadata.name ?? '';
  const all = [
    ...(plan?.actions ?? []).flatMap(ofAction),
    ...outcomes.flatMap(ofOutcome),
    ...(desired?.warnings ?? []).map(warning => ofWarning(warning, name)),
  ];
  const seen = new Set<string>();
  return all
    .filter(notice => {
      const key = `${notice.ref.kind}/${notice.ref.name} ${notice.reason} ${notice.message}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .slice(0, LIMIT);
}
