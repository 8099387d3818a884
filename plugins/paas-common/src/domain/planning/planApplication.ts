import { Action, Plan } from '../action';
import { Desired, DesiredObject, Refusal } from '../desired';
import { ObjectRef } from '../kubernetes';
import { Reason } from '../reasons';
import { APPLICATION_API_VERSION } from '../../schema/Application';
import { describeIntent } from './describeAction';
import { keyOf, planContext, PlanContext } from './planContext';
import { PlanInput } from './PlanInput';
import { planObject } from './planObject';
import { keptVolumes, planPruning } from './planPruning';

function applicationRef(desired: Desired): ObjectRef {
  const { name } = desired.application.metadata;
  return {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    namespace: desired.namespace,
    name,
  };
}

/** Reasons that pass by themselves or once something is supplied; what they hold up waits, it is not refused. */
const passing = new Set<Reason>([
  'AwaitingImage',
  'RepositoryUnreachable',
  'WaitingForDependency',
  'ObservationIncomplete',
]);

function refusalAction(refusal: Refusal, desired: Desired): Action {
  const { reason, message, component } = refusal;
  const ref = refusal.ref ?? applicationRef(desired);
  const base = component === undefined ? { ref } : { ref, component };
  return {
    ...base,
    kind: passing.has(reason) ? 'wait' : 'refuse',
    reason,
    message,
  };
}

/** Everything that rendering refused, each thing said once. */
function refusalActions(desired: Desired): Action[] {
  const said = new Set(
    desired.refusals.map(refusal => `${refusal.component} ${refusal.reason}`),
  );
  const blocked = desired.components.flatMap(({ name, blocked: why }) =>
    why && !said.has(`${name} ${why.reason}`)
      ? [{ component: name, ...why }]
      : [],
  );
  return [...desired.refusals, ...blocked].map(refusal =>
    refusalAction(refusal, desired),
  );
}

function planObjects(context: PlanContext): Action[] {
  const planned = new Set<string>();
  return context.input.desired.objects.map(desired => {
    const key = keyOf(desired.object);
    if (planned.has(key)) return renderedTwice(desired, context);
    planned.add(key);
    return planObject(desired, context);
  });
}

function renderedTwice(
  { object, component }: DesiredObject,
  context: PlanContext,
): Action {
  const { kind, metadata } = object;
  return refusalAction(
    {
      component,
      ref: {
        ...applicationRef(context.input.desired),
        apiVersion: object.apiVersion,
        kind,
        name: metadata.name,
      },
      reason: 'NameTaken',
      message: `${kind} ${metadata.name} is asked for twice; the first one counts. Rename one of the two.`,
    },
    context.input.desired,
  );
}

function paused(action: Action): Action {
  const intent = describeIntent(action);
  if (intent === undefined) return action;
  const { ref, component } = action;
  const base = component === undefined ? { ref } : { ref, component };
  return {
    ...base,
    kind: 'wait',
    reason: 'Paused',
    message: `${ref.kind} ${ref.name} would be ${intent}, but the application is paused.`,
  };
}

/**
 * What has to be done so that the cluster is as desired: one action an object, in the order of execution. Decides by
 * value only; the same input gives the same plan, and the plan after its own execution holds no writes.
 */
export function planApplication(input: PlanInput): Plan {
  const { desired } = input;
  const { name, deletionTimestamp } = desired.application.metadata;
  const context = planContext(input);
  const plan = (actions: readonly Action[]): Plan => ({
    application: { namespace: desired.namespace, name },
    actions,
  });
  // Children go by their ownerReference; writing now would race with the garbage collector.
  if (deletionTimestamp !== undefined)
    return plan(keptVolumes(context, new Set()));
  const wanted = new Set(desired.objects.map(each => keyOf(each.object)));
  const actions = [
    ...refusalActions(desired),
    ...planObjects(context),
    ...planPruning(context, wanted),
    ...keptVolumes(context, wanted),
  ];
  return plan(desired.application.spec.paused ? actions.map(paused) : actions);
}
