import {
  Action,
  formatPlan,
  maskSecrets,
  PlanTone,
  summarisePlan,
} from '@understage/plugin-paas-common';
import { PlannedTenant } from '@understage/plugin-paas-node';
import { LivePlan } from '../cluster/planLive';
import { Printer, Tone } from './Printer';

const tones: Readonly<Record<PlanTone, Tone>> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  refused: 'bad',
  waiting: 'accent1',
  kept: 'quiet',
  plain: 'plain',
};

/** Prints what a plan holds, and its sum. */
function printActions(
  plan: Parameters<typeof formatPlan>[0],
  { out }: { readonly out: Printer },
  options: { readonly unchanged?: boolean } = {},
): void {
  for (const { tone, depth, text } of formatPlan(plan, options)) {
    out.line(' '.repeat(4 * depth), { text, tone: tones[tone] });
  }
  out.line(summarisePlan(plan));
}

/** What could not be read: the plan was made with less. */
function printUnread(problems: readonly string[], err: Printer): void {
  for (const problem of problems) {
    err.line({ text: 'warning ', tone: 'warn' }, problem);
  }
}

/** Prints the plan of a tenant, or of its end. Warnings go to `err`. */
export function printTenantPlan(
  { plan, problems }: Pick<PlannedTenant, 'plan' | 'problems'>,
  printers: { readonly out: Printer; readonly err: Printer },
  options: { readonly unchanged?: boolean } = {},
): void {
  printActions(plan, printers, options);
  printUnread(problems, printers.err);
}

/** Prints a plan line by line as the domain words it; only the colours are ours. Warnings go to `err`. */
export function printPlan(
  planned: LivePlan,
  printers: { readonly out: Printer; readonly err: Printer },
  options: { readonly unchanged?: boolean } = {},
): void {
  const { out, err } = printers;
  out.line({ text: `${planned.namespace}/${planned.name}`, tone: 'strong' });
  printActions(planned.plan, printers, options);
  for (const { reason, message } of planned.desired.warnings) {
    err.line({ text: 'warning ', tone: 'warn' }, `${reason}: ${message}`);
  }
  printUnread(planned.problems, err);
}

function shown(action: Action): Action {
  return 'object' in action
    ? { ...action, object: maskSecrets(action.object) }
    : action;
}

/** A plan for other programs; values of Secrets are hidden. */
export function planReport(planned: LivePlan) {
  const { namespace, name, plan, release } = planned;
  return {
    namespace,
    name,
    summary: summarisePlan(plan),
    ...(release.kind === 'none'
      ? {}
      : {
          revision: release.release.revision,
          newRelease: release.kind === 'new',
        }),
    actions: plan.actions.map(shown),
    warnings: planned.desired.warnings,
    problems: planned.problems,
  };
}

/** True when the plan refuses anything. */
export function isRefused(planned: LivePlan): boolean {
  return planned.plan.actions.some(({ kind }) => kind === 'refuse');
}
