import { Action, FieldChange, Plan } from '../action';
import { ObjectRef } from '../kubernetes';

/** What a line is about; a screen picks its colour or icon by it. */
export type PlanTone =
  | 'added'
  | 'changed'
  | 'removed'
  | 'refused'
  | 'waiting'
  | 'kept'
  | 'plain';

/** One line of a plan's text. `depth` counts indentation; `text` is without it. */
export interface PlanLine {
  readonly tone: PlanTone;
  readonly depth: number;
  readonly text: string;
}

export interface FormatPlanOptions {
  /** Also lists objects that stay as they are. Default false. */
  readonly unchanged?: boolean;
}

interface Heading {
  readonly tone: PlanTone;
  readonly symbol: string;
  readonly note: (action: Action) => string;
}

const headings: Readonly<Record<Action['kind'], Heading>> = {
  create: { tone: 'added', symbol: '+', note: () => '' },
  update: {
    tone: 'changed',
    symbol: '~',
    note: action =>
      action.kind === 'update' && action.drift
        ? ' (changed by somebody else; is repaired)'
        : '',
  },
  replace: {
    tone: 'changed',
    symbol: '-+',
    note: () =>
      ' (deleted and created again: a field can not be changed in place)',
  },
  delete: { tone: 'removed', symbol: '-', note: () => '' },
  refuse: {
    tone: 'refused',
    symbol: '!',
    note: action => ` ${sentenceOf(action)}`,
  },
  wait: {
    tone: 'waiting',
    symbol: '?',
    note: action => ` ${sentenceOf(action)}`,
  },
  keep: { tone: 'kept', symbol: '=', note: action => ` ${sentenceOf(action)}` },
  none: { tone: 'plain', symbol: ' ', note: () => '' },
};

function sentenceOf(action: Action): string {
  if (action.kind === 'refuse' || action.kind === 'wait')
    return `${action.reason}: ${action.message}`;
  return action.kind === 'keep' || action.kind === 'delete' ? action.why : '';
}

/** `Deployment user-service-frontend`. */
export function refText(ref: ObjectRef): string {
  return `${ref.kind} ${ref.name}`;
}

/** A JSON value on one line, shortened to `limit` characters. */
export function valueText(value: unknown, limit = 120): string {
  if (value === undefined) return '(absent)';
  const text = JSON.stringify(value);
  return text.length <= limit ? text : `${text.slice(0, limit - 3)}...`;
}

function changeLine(change: FieldChange): PlanLine {
  const { path, from, to } = change;
  if (from === undefined)
    return { tone: 'added', depth: 1, text: `+ ${path}: ${valueText(to)}` };
  if (to === undefined)
    return { tone: 'removed', depth: 1, text: `- ${path}: ${valueText(from)}` };
  return {
    tone: 'changed',
    depth: 1,
    text: `~ ${path}: ${valueText(from)} -> ${valueText(to)}`,
  };
}

function actionLines(action: Action, several: boolean): PlanLine[] {
  const heading = headings[action.kind];
  const { kind, namespace, name } = action.ref;
  const what =
    several && namespace !== undefined
      ? `${kind} ${namespace}/${name}`
      : refText(action.ref);
  const line = {
    tone: heading.tone,
    depth: 0,
    text: `${heading.symbol} ${what}${heading.note(action)}`,
  };
  const changes =
    action.kind === 'update' || action.kind === 'replace' ? action.changes : [];
  return [line, ...changes.map(changeLine)];
}

/** A plan of anything: an application, a tenant. */
export type AnyPlan = Pick<Plan, 'actions'>;

/**
 * A plan as lines, in the order of execution; the same in terminal, portal and events. Names carry their namespace where
 * there are several.
 */
export function formatPlan(
  plan: Pick<Plan, 'actions'>,
  options: FormatPlanOptions = {},
): PlanLine[] {
  const namespaces = new Set(
    plan.actions.flatMap(({ ref }) => ref.namespace ?? []),
  );
  return plan.actions
    .filter(action => options.unchanged || action.kind !== 'none')
    .flatMap(action => actionLines(action, namespaces.size > 1));
}

const escapes: Readonly<Record<PlanTone, string>> = {
  added: '\u001b[32m',
  changed: '\u001b[33m',
  removed: '\u001b[31m',
  refused: '\u001b[1;31m',
  waiting: '\u001b[36m',
  kept: '\u001b[2m',
  plain: '',
};

/** A plan as text for a terminal; `colour` adds ANSI escapes. Ends with the summary. */
export function planText(
  plan: Pick<Plan, 'actions'>,
  options: FormatPlanOptions & { readonly colour?: boolean } = {},
): string {
  const lines = formatPlan(plan, options).map(({ tone, depth, text }) => {
    const indented = `${'    '.repeat(depth)}${text}`;
    return options.colour && escapes[tone] !== ''
      ? `${escapes[tone]}${indented}\u001b[0m`
      : indented;
  });
  return [...lines, summarisePlan(plan)].join('\n');
}

/** How many actions of each kind, e.g. `2 to create, 1 to change, 0 to delete, 1 refused`. */
export function summarisePlan(plan: Pick<Plan, 'actions'>): string {
  const count = (...kinds: Action['kind'][]) =>
    plan.actions.filter(action => kinds.includes(action.kind)).length;
  const parts = [
    `${count('create')} to create`,
    `${count('update')} to change`,
    `${count('delete')} to delete`,
  ];
  const optional: [number, string][] = [
    [count('replace'), 'to replace'],
    [count('refuse'), 'refused'],
    [count('wait'), 'waiting'],
    [count('keep'), 'kept'],
  ];
  return [
    ...parts,
    ...optional
      .filter(([many]) => many > 0)
      .map(([many, what]) => `${many} ${what}`),
  ].join(', ');
}
