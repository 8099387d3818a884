import { Action } from '../action';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { observedItems } from '../snapshot';
import { inDeletionOrder } from './deletionOrder';
import { isTerminating } from './immutableFields';
import { LABEL_COMPONENT } from '../labels';
import { isRetainedFor } from './ownership';
import { isOurCreation, keyOf, PlanContext } from './planContext';

/** Releases belong to the application too, but are its memory, not its children. */
const neverPruned = new Set(['ControllerRevision', 'Application']);

function base(object: KubeObject): Pick<Action, 'ref' | 'component'> {
  const component = object.metadata.labels?.[LABEL_COMPONENT];
  return component === undefined
    ? { ref: refOf(object) }
    : { ref: refOf(object), component };
}

/** Why an object that is no longer wanted stays all the same; undefined when it may go. */
function keepReason(
  object: KubeObject,
  refused: ReadonlySet<string>,
  context: PlanContext,
): string | undefined {
  const { snapshot, desired } = context.input;
  const component = object.metadata.labels?.[LABEL_COMPONENT];
  const blocked =
    component === undefined ? undefined : context.blocked.get(component);
  if (blocked !== undefined) return blocked;
  if (refused.has(keyOf(object)))
    return 'What should become of it was refused; until that is settled it stays.';
  if (!snapshot.complete)
    return `No longer wanted, but the cluster could not be read completely: ${snapshot.missing.join(
      '; ',
    )}.`;
  if (desired.objects.length === 0)
    return 'Nothing at all was rendered; everything stays rather than to be deleted by mistake.';
  return object.metadata.uid === undefined
    ? 'No longer wanted, but its uid is not known.'
    : undefined;
}

function pruneOne(
  object: KubeObject,
  refused: ReadonlySet<string>,
  context: PlanContext,
): Action {
  const why = keepReason(object, refused, context);
  const { uid } = object.metadata;
  if (why !== undefined || uid === undefined)
    return { ...base(object), kind: 'keep', why: why ?? '' };
  return {
    ...base(object),
    kind: 'delete',
    uid,
    why: 'The application no longer asks for it.',
  };
}

/** Volumes kept for this application that it does not use now. */
export function keptVolumes(
  context: PlanContext,
  wanted: ReadonlySet<string>,
): Action[] {
  return inDeletionOrder(observedItems(context.input.snapshot))
    .filter(
      object =>
        isRetainedFor(object, context.input.owner) &&
        !wanted.has(keyOf(object)),
    )
    .map(object => ({
      ...base(object),
      kind: 'keep',
      why: `Kept on purpose, its data outlives the application: delete ${object.kind} ${object.metadata.name} yourself when nobody needs it any more.`,
    }));
}

/** What becomes of our objects that the application no longer asks for. Deletes only by a complete snapshot, by uid. */
export function planPruning(
  context: PlanContext,
  wanted: ReadonlySet<string>,
): Action[] {
  const { input } = context;
  const refused = new Set(
    input.desired.refusals.flatMap(refusal =>
      refusal.ref ? [refKey(refusal.ref)] : [],
    ),
  );
  const leftOver = observedItems(input.snapshot).filter(
    object =>
      isOurCreation(object, input) &&
      !wanted.has(keyOf(object)) &&
      !isTerminating(object) &&
      !neverPruned.has(object.kind),
  );
  return inDeletionOrder(leftOver).map(object =>
    pruneOne(object, refused, context),
  );
}
