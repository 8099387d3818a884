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
/** How much of what two long values have in common is left on each side of where they differ. */
const CONTEXT = 40;

function shortened(text: string): string {
  return text.length > LONGEST_VALUE
    ? `${text.slice(0, LONGEST_VALUE)}…`
    : text;
}

/** The same value with its keys in order: the cluster and our file write them in different ones. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  );
}

function wholeText(value: unknown): string {
  if (value === undefined) return '(absent)';
  return typeof value === 'string'
    ? value
    : JSON.stringify(ordered(value)) ?? '';
}

/** A field's value as text on one line, shortened. */
export function fieldText(value: unknown): string {
  return shortened(wholeText(value));
}

/** How many characters two texts have in common at their beginning. */
function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length;
}

/** A field before and after as texts; long ones begin shortly before they differ, so that the change is in sight. */
export function changeTexts(change: Pick<FieldChange, 'from' | 'to'>): {
  readonly from: string;
  readonly to: string;
} {
  const from = wholeText(change.from);
  const to = wholeText(change.to);
  const skipped =
    Math.max(from.length, to.length) > LONGEST_VALUE
      ? Math.max(0, commonLength(from, to) - CONTEXT)
      : 0;
  const cut = (text: string) =>
    `${skipped > 0 ? '…' : ''}${shortened(text.slice(skipped))}`;
  return { from: cut(from), to: cut(to) };
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
    changes: changesOf(action).map(change => ({
      path: change.path,
      ...changeTexts(change),
    })),
  }));
  return { lines, unchanged: actions.length - changing.length };
}

/** Whether a plan writes, waits for or refuses anything; what is kept is left alone. */
export function hasWork(actions: readonly Action[]): boolean {
  return actions.some(({ kind }) => kind !== 'none' && kind !== 'keep');
}

/** How much a plan can hurt: `loss` when it deletes or replaces something. */
export function weightOf(
  actions: readonly Action[],
): 'nothing' | 'change' | 'loss' {
  const kinds = new Set(actions.map(action => action.kind));
  if (kinds.has('delete') || kinds.has('replace')) return 'loss';
  return kinds.has('create') || kinds.has('update') ? 'change' : 'nothing';
}
