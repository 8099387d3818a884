import { Action, FieldChange } from '@understage/plugin-paas-common';
import { objectTitle } from './applicationKey';
import { Tone } from './stateLooks';

/** One action of a plan as a line: a sign, a verb, an object, why, and the fields that change. */
export interface PlanLine {
  readonly sign: string;
  readonly verb: string;
  readonly tone: Tone;
  readonly object: string;
  readonly component?: string;
  readonly why?: string;
  readonly changes: readonly { path: string; from: string; to: string }[];
}

const LONGEST_VALUE = 200;

/** A field's value as text on one line, shortened. */
export function fieldText(value: unknown): string {
  if (value === undefined) return '(absent)';
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  return text.length > LONGEST_VALUE
    ? `${text.slice(0, LONGEST_VALUE)}…`
    : text;
}

const looks: Readonly<
  Record<Action['kind'], { sign: string; verb: string; tone: Tone }>
> = {
  create: { sign: '+', verb: 'Create', tone: 'positive' },
  update: { sign: '~', verb: 'Update', tone: 'active' },
  replace: { sign: '±', verb: 'Replace', tone: 'warning' },
  delete: { sign: '−', verb: 'Delete', tone: 'negative' },
  refuse: { sign: '!', verb: 'Refuse', tone: 'negative' },
  wait: { sign: '…', verb: 'Wait with', tone: 'warning' },
  keep: { sign: '=', verb: 'Keep', tone: 'neutral' },
  none: { sign: '=', verb: 'Leave', tone: 'neutral' },
};

function whyOf(action: Action): string | undefined {
  if (action.kind === 'refuse' || action.kind === 'wait') return action.message;
  if (action.kind === 'delete' || action.kind === 'keep') return action.why;
  if (action.kind === 'update' && action.drift) {
    return 'Somebody changed it in the cluster; this sets it back.';
  }
  return undefined;
}

function changesOf(action: Action): readonly FieldChange[] {
  return action.kind === 'update' || action.kind === 'replace'
    ? action.changes
    : [];
}

/** The lines of a plan, in its order, and how many objects stay as they are. */
export function planLines(actions: readonly Action[]): {
  readonly lines: readonly PlanLine[];
  readonly unchanged: number;
} {
  const changing = actions.filter(action => action.kind !== 'none');
  const lines = changing.map(action => ({
    ...looks[action.kind],
    object: objectTitle(action.ref),
    component: action.component,
    why: whyOf(action),
    changes: changesOf(action).map(({ path, from, to }) => ({
      path,
      from: fieldText(from),
      to: fieldText(to),
    })),
  }));
  return { lines, unchanged: actions.length - changing.length };
}

/** How much a plan can hurt: `loss` when it deletes or replaces something. */
export function weightOf(
  actions: readonly Action[],
): 'nothing' | 'change' | 'loss' {
  const kinds = new Set(actions.map(action => action.kind));
  if (kinds.has('delete') || kinds.has('replace')) return 'loss';
  return kinds.has('create') || kinds.has('update') ? 'change' : 'nothing';
}
