import {
  ApplicationStatus,
  ComponentState,
  ComponentStatus,
} from '../../schema/ApplicationStatus';
import { Outcome } from '../action';

/** A change worth a Kubernetes Event. */
export interface Transition {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

const troubled = new Set<ComponentState>(['Failed', 'Degraded', 'Unknown']);

function ofComponent(
  before: ComponentStatus | undefined,
  after: ComponentStatus,
): Transition[] {
  if (before?.state === after.state && before.reason === after.reason)
    return [];
  const message = `${after.name}: ${after.message}`;
  if (troubled.has(after.state))
    return [{ type: 'Warning', reason: after.reason, message }];
  if (after.state === 'Ready')
    return [{ type: 'Normal', reason: after.reason, message }];
  return after.state === 'Waiting'
    ? [{ type: 'Normal', reason: after.reason, message }]
    : [];
}

function ofValidity(
  before: ApplicationStatus | undefined,
  after: ApplicationStatus,
): Transition[] {
  const find = (status: ApplicationStatus | undefined) =>
    status?.conditions.find(each => each.type === 'Valid');
  const now = find(after);
  if (now?.status !== 'False' || now.message === find(before)?.message)
    return [];
  return [{ type: 'Warning', reason: now.reason, message: now.message }];
}

/** Reasons of notices that are normal business, not trouble. */
const harmless = new Set(['Retained', 'Drifted']);

function ofNotices(
  before: ApplicationStatus | undefined,
  after: ApplicationStatus,
): Transition[] {
  const known = new Set(
    before?.notices?.map(notice => `${notice.reason} ${notice.message}`),
  );
  return (after.notices ?? [])
    .filter(notice => !known.has(`${notice.reason} ${notice.message}`))
    .map(({ reason, message }) => ({
      type: harmless.has(reason) ? 'Normal' : 'Warning',
      reason,
      message,
    }));
}

const verbs = {
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  delete: 'deleted',
} as const;

function ofWrites(outcomes: readonly Outcome[]): Transition[] {
  const done = outcomes.flatMap(outcome =>
    outcome.kind === 'done' ? [outcome.action.kind] : [],
  );
  const parts = Object.entries(verbs)
    .map(([kind, verb]) => ({
      verb,
      count: done.filter(each => each === kind).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ verb, count }) => `${count} ${verb}`);
  return parts.length === 0
    ? []
    : [
        {
          type: 'Normal',
          reason: 'Applied',
          message: `Objects: ${parts.join(', ')}.`,
        },
      ];
}

/** True when the trouble of a component is said by a notice already. */
function isSaid(transition: Transition, by: readonly Transition[]): boolean {
  return by.some(other => transition.message.endsWith(other.message));
}

/** What changed between two statuses and by the writes between them; the same thing is said once. */
export function transitionsBetween(values: {
  readonly previous?: ApplicationStatus;
  readonly status: ApplicationStatus;
  readonly outcomes?: readonly Outcome[];
}): readonly Transition[] {
  const { previous, status, outcomes = [] } = values;
  const notices = ofNotices(previous, status);
  const components = status.components
    .flatMap(after =>
      ofComponent(
        previous?.components.find(each => each.name === after.name),
        after,
      ),
    )
    .filter(transition => !isSaid(transition, notices));
  const all = [
    ...ofValidity(previous, status),
    ...ofWrites(outcomes),
    ...notices,
    ...components,
  ];
  const seen = new Set<string>();
  return all.filter(({ type, reason, message }) => {
    const key = `${type} ${reason} ${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
