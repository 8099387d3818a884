import { Action, FieldChange } from '../action';
import { DesiredObject } from '../desired';
import { KubeObject, refOf } from '../kubernetes';
import { Reason } from '../reasons';
import { withoutReplicas, withReplicasUntilHandedOver } from './autoscaled';
import { diffObject } from './diffObject';
import { isTerminating, judgeChanges } from './immutableFields';
import { ANNOTATION_APPLIED_HASH } from '../labels';
import { isOwnedBy, ownershipOf } from './ownership';
import { isWorkload, keyOf, PlanContext } from './planContext';
import { planTakenHost } from './planHosts';
import { isWithheld } from '../releases/withheldSecrets';
import { removedFields } from './removedFields';
import { appliedHash, stampObject } from './stampObject';

type Base = Pick<Action, 'ref' | 'component'>;

function hold(base: Base, reason: Reason, message: string): Action {
  return { ...base, kind: 'wait', reason, message };
}

/** Differences of content; when only a field was removed whose name is not recorded, the hash speaks for it. */
function changesBetween(
  object: KubeObject,
  live: KubeObject,
): { changes: readonly FieldChange[]; drift: boolean } {
  const changes = diffObject(object, live);
  const before = appliedHash(live);
  const after = appliedHash(object);
  if (before === after) return { changes, drift: changes.length > 0 };
  const named = new Set(changes.map(change => change.path));
  const all = [
    ...changes,
    ...removedFields(object, live).filter(change => !named.has(change.path)),
  ];
  const hash = {
    path: `metadata.annotations["${ANNOTATION_APPLIED_HASH}"]`,
    from: before,
    to: after,
  };
  return { changes: all.length > 0 ? all : [hash], drift: false };
}

/** An object that should exist, beside the one that stands at its name. */
interface Existing {
  readonly object: KubeObject;
  readonly live: KubeObject;
  readonly autoscaled: boolean;
}

/** What has to be as it was seen when the update arrives. Of our own objects that is who they are, not how they are. */
function preconditionsOf({ metadata }: KubeObject, handedOver: boolean) {
  const { uid, resourceVersion } = metadata;
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(handedOver && resourceVersion !== undefined ? { resourceVersion } : {}),
  };
}

function planChange(
  base: Base,
  values: Existing & { readonly handedOver: boolean },
  complete: boolean,
): Action {
  const { object, live } = values;
  const { changes, drift } = changesBetween(object, live);
  if (changes.length === 0) return { ...base, kind: 'none' };
  const verdict = judgeChanges(live, changes);
  if (verdict.kind === 'refuse') {
    const message = `${verdict.path} of ${object.kind} ${object.metadata.name} can not be changed in place. ${verdict.todo}`;
    return { ...base, kind: 'refuse', reason: 'ImmutableField', message };
  }
  if (verdict.kind === 'update') {
    const sent = values.autoscaled
      ? withReplicasUntilHandedOver(object, live)
      : object;
    const on = preconditionsOf(live, values.handedOver);
    return { ...base, kind: 'update', object: sent, ...on, changes, drift };
  }
  const { uid } = live.metadata;
  if (!complete || uid === undefined) {
    return hold(
      base,
      'ObservationIncomplete',
      `${object.kind} ${object.metadata.name} has to be replaced, which waits until the cluster can be read completely.`,
    );
  }
  return { ...base, kind: 'replace', uid, object, changes };
}

function planExisting(
  base: Base,
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
  base: Base,
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
  const base: Base =
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
