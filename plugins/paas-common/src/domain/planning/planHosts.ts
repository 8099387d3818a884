import { Action } from '../action';
import { hostsOf, overlapOf, pathsOf } from '../hosts';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { controllingApplication, describeOwner, isOwnedBy } from './ownership';
import { isOurCreation, PlanContext } from './planContext';

type Base = Pick<Action, 'ref' | 'component'>;

/** A host that somebody else has. */
interface Taken {
  readonly host: string;
  readonly by: KubeObject;
  /** The host of theirs that is in the way: the same, or one that overlaps. */
  readonly theirs: string;
}

/** Of two claims the older counts; of two of the same second the one with the lesser uid, so that all agree. */
function isOlder(left: KubeObject, right: KubeObject): boolean {
  const age = ({ metadata }: KubeObject) =>
    `${metadata.creationTimestamp ?? ''} ${metadata.uid ?? ''}`;
  return age(left) < age(right);
}

function isRival(
  claim: KubeObject,
  object: KubeObject,
  { input }: PlanContext,
): boolean {
  const sameName = refKey(refOf(claim)) === refKey(refOf(object));
  return !sameName && !isOwnedBy(claim, input.owner);
}

/** Applications of one namespace may share a host, each with paths of its own; a path that both lead on is taken. */
function sharesByPath(
  claim: KubeObject,
  object: KubeObject,
  { host, namespace }: { readonly host: string; readonly namespace: string },
): boolean {
  const theirs = new Set(pathsOf(claim, host));
  return (
    claim.metadata.namespace === namespace &&
    controllingApplication(claim) !== undefined &&
    hostsOf(claim).includes(host) &&
    !pathsOf(object, host).some(path => theirs.has(path))
  );
}

/**
 * Who has a host that an object asks for. What stands on the cluster counts, not the age of the application: whoever
 * asks for a host that another has comes late, however old it is. Where both have it, the older object keeps it.
 */
function findTaken(
  object: KubeObject,
  live: KubeObject | undefined,
  context: PlanContext,
): Taken | undefined {
  const { claims = [], desired } = context.input;
  const { namespace } = desired;
  const held = new Set(live ? hostsOf(live) : []);
  const rivals = claims.filter(claim => isRival(claim, object, context));
  for (const host of hostsOf(object)) {
    for (const by of rivals) {
      const theirs = overlapOf(host, hostsOf(by));
      const kept = live && held.has(host) && isOlder(live, by);
      const room = kept || sharesByPath(by, object, { host, namespace });
      if (theirs !== undefined && !room) return { host, by, theirs };
    }
  }
  return undefined;
}

/** Names whoever has it, to readers of the same namespace; what runs elsewhere is none of theirs. */
function whoHas({ host, by, theirs }: Taken, namespace: string): string {
  const { kind, metadata } = by;
  if (metadata.namespace !== namespace) {
    return controllingApplication(by) === undefined
      ? `which an ${kind} of another namespace has`
      : 'which an application of another namespace has';
  }
  const which =
    theirs === host ? 'which' : `which overlaps with ${theirs} that`;
  return `${which} ${describeOwner(by)} has (${kind} ${metadata.name})`;
}

/** True when our claim was made in the same moment as that of another application, and has to go again. */
function mustYield(
  live: KubeObject,
  { host, by }: Taken,
  { input }: PlanContext,
): boolean {
  return (
    hostsOf(live).includes(host) &&
    controllingApplication(by) !== undefined &&
    input.snapshot.complete &&
    isOurCreation(live, input)
  );
}

/**
 * What is to be done instead when a host is somebody else's: it is refused, and what stands there stays. Only where two
 * applications got the same host, because neither saw the other, the later takes its claim back; for an object that no
 * application made nothing of ours is taken down.
 */
export function planTakenHost(
  base: Base,
  values: { readonly object: KubeObject; readonly live?: KubeObject },
  context: PlanContext,
): Action | undefined {
  const { object, live } = values;
  const taken = findTaken(object, live, context);
  if (!taken) return undefined;
  const who = whoHas(taken, context.input.desired.namespace);
  const uid = live?.metadata.uid;
  if (live && uid !== undefined && mustYield(live, taken, context)) {
    const why = `It claims ${taken.host}, ${who} since earlier.`;
    return { ...base, kind: 'delete', uid, why };
  }
  const left = live ? 'is left as it is' : 'is not created';
  const message = `${object.kind} ${object.metadata.name} asks for ${taken.host}, ${who}; it ${left}. Choose another host, or have the other one give it up.`;
  return { ...base, kind: 'refuse', reason: 'HostTaken', message };
}
