import { Action } from '../action';
import { DesiredObject } from '../desired';
import { KubeObject, refOf } from '../kubernetes';
import { withoutReplicas } from './autoscaled';
import { isTerminating } from './immutableFields';
import { isOwnedBy, ownershipOf } from './ownership';
import { isWorkload, keyOf, PlanContext } from './planContext';
import { ActionBase, Existing, hold, planChange } from './planChange';
import { planTakenHost } from './planHosts';
import { isWithheld } from '../releases/withheldSecrets';
import { stampObject } from './stampObject';

function planExisting(
  base: ActionBase,
  values: Existing,
  context: PlanContext,
): Action {
  const { object, live } = values;
  const what = `${object.kind} ${object.metadata.name}`;
  const ownership = ownershipOf(live, context.input.owner);
  if (ownership.kind === 'other') {
    const message = `${what} exists and belongs to ${ownership.who}; it was left alone. Rename the component, remove the object, or annotate it \`understage.dev/adopt: "true"\` to hand it over.`;
    return { ...base, kind: 'refuse', reason: 'OwnedByOther', message };
  }
  if (ownership.kind === 'leaving') {
    return hold(
      base,
      'Deleting',
      `${what} belongs to an earlier application of this name and is being removed with it; it is created again when it is gone.`,
    );
  }
  if (isTerminating(live)) {
    return hold(
      base,
      'Deleting',
      `${what} is being deleted; it is created again when it is gone.`,
    );
  }
  const taken = planTakenHost(base, values, context);
  if (taken) return taken;
  const handedOver = ownership.kind === 'offered';
  return planChange(
    base,
    { ...values, handedOver },
    context.input.snapshot.complete,
  );
}

/** A component that waits for another is left as it is, but shows what it would do. */
function unlessWaiting(action: Action, context: PlanContext): Action {
  const why =
    action.component === undefined
      ? undefined
      : context.waiting.get(action.component);
  const writes =
    action.kind === 'create' ||
    action.kind === 'update' ||
    action.kind === 'replace';
  if (why === undefined || !writes) return action;
  return hold(
    { ref: action.ref, component: action.component },
    'WaitingForDependency',
    why,
  );
}

function withheldSentence({ metadata }: KubeObject): string {
  return `The values of Secret ${metadata.name} are kept apart from the release and were not read; it stays as it is. If it is gone for good, change the version or the values of its chart.`;
}

/** An object of a blocked component stays as it is, and so does a Secret whose values were not read. */
function heldBack(
  base: ActionBase,
  {
    desired,
    live,
  }: { readonly desired: DesiredObject; readonly live: KubeObject | undefined },
  context: PlanContext,
): Action | undefined {
  const { component } = desired;
  const why =
    component === undefined ? undefined : context.blocked.get(component);
  if (why !== undefined) {
    return live && isOwnedBy(live, context.input.owner)
      ? { ...base, kind: 'keep', why }
      : { ...base, kind: 'none' };
  }
  return isWithheld(desired.object)
    ? { ...base, kind: 'keep', why: withheldSentence(desired.object) }
    : undefined;
}

/** What is to be done for one object that should exist. */
export function planObject(
  desired: DesiredObject,
  context: PlanContext,
): Action {
  const { owner } = context.input;
  const key = keyOf(desired.object);
  const live = context.live.get(key);
  const component = desired.component;
  const base: ActionBase =
    component === undefined
      ? { ref: refOf(desired.object) }
      : { ref: refOf(desired.object), component };
  const held = heldBack(base, { desired, live }, context);
  if (held) return held;
  const autoscaled =
    isWorkload(desired.object.kind) && context.autoscaled.has(key);
  const wanted = autoscaled
    ? { ...desired, object: withoutReplicas(desired.object) }
    : desired;
  const object = stampObject(wanted, owner);
  const action: Action = live
    ? planExisting(base, { object, live, autoscaled }, context)
    : planTakenHost(base, { object }, context) ?? {
        ...base,
        kind: 'create',
        object,
      };
  return unlessWaiting(action, context);
}
