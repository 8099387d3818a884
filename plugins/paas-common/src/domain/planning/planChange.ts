import { Action, FieldChange } from '../action';
import { KubeObject } from '../kubernetes';
import { ANNOTATION_APPLIED_HASH } from '../labels';
import { Reason } from '../reasons';
import { withReplicasUntilHandedOver } from './autoscaled';
import { diffObject } from './diffObject';
import { judgeChanges } from './immutableFields';
import { removedFields } from './removedFields';
import { appliedHash } from './stampObject';

/** What every action about one object says. */
export type ActionBase = Pick<Action, 'ref' | 'component'>;

/** An object that is left as it is for now. */
export function hold(
  base: ActionBase,
  reason: Reason,
  message: string,
): Action {
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
export interface Existing {
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

/** What makes the live object the one that is wanted; in place where that can be done. */
export function planChange(
  base: ActionBase,
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
