import {
  KubeObject,
  ObjectKey,
  ResourceType,
  WriteOutcome,
} from '@understage/kube';
import {
  Action,
  Application,
  classifyRefusal,
  describeOwner,
  isKeptFor,
  Outcome,
  refOf,
  refText,
  Release,
  releaseKind,
  releaseSecret,
  releaseSecretKind,
  releaseSecretName,
  releasesToPrune,
  revisionName,
  toRevision,
} from '@understage/plugin-paas-common';
import { Executor } from './executePlan';
import { withinTerm } from './fence';

/** Looks at one object, in the caches or as the deployer. */
type Find = (
  type: ResourceType,
  key: ObjectKey,
) => Promise<KubeObject | undefined>;

/** What keeping a release needs. */
export interface KeepOptions {
  readonly application: Application;
  readonly executor: Executor;
  readonly find: Find;
}

interface Put extends KeepOptions {
  readonly object: KubeObject;
  readonly type: ResourceType;
}

async function send(
  { object, type, executor }: Put,
  uid?: string,
): Promise<WriteOutcome> {
  const { kind, metadata } = object;
  const sent =
    uid === undefined ? object : { ...object, metadata: { ...metadata, uid } };
  const how = uid === undefined ? { ifAbsent: true } : { force: true };
  const outcome = await withinTerm(
    executor.fence,
    `keeping ${kind} ${metadata.name}`,
    signal => executor.writer.apply(sent, { type, signal, ...how }),
  );
  if (outcome.kind === 'written') executor.onWritten?.(outcome.object);
  return outcome;
}

/**
 * An object of that name is there: our own from a pass that was cut short is brought up to date, somebody else's is left
 * alone, and one that is not seen yet will be at the next pass.
 */
async function putOver(wanted: Put): Promise<Outcome | WriteOutcome> {
  const { object, type, find, application } = wanted;
  const action: Action = { kind: 'create', ref: refOf(object), object };
  const found = await find(type, object.metadata);
  const uid = found?.metadata.uid;
  if (!found || uid === undefined) {
    const message = 'an object of that name has appeared in the meantime';
    return { kind: 'failed', action, message };
  }
  if (isKeptFor(found, application)) return send(wanted, uid);
  return {
    kind: 'refused',
    action,
    reason: 'OwnedByOther',
    message: `${refText(action.ref)} exists and belongs to ${describeOwner(
      found,
    )}; it was left alone, and without it the release can not be kept. Remove it, or name the application differently.`,
  };
}

/** Writes one object; answers why it could not, undefined when it could. */
async function put(wanted: Put): Promise<Outcome | undefined> {
  const { object } = wanted;
  const created = await send(wanted);
  const outcome = created.kind === 'conflict' ? await putOver(wanted) : created;
  switch (outcome.kind) {
    case 'written':
    case 'done':
      return undefined;
    case 'refused':
    case 'failed':
    case 'skipped':
      return outcome;
    default: {
      const action: Action = { kind: 'create', ref: refOf(object), object };
      const why = classifyRefusal(action.ref, outcome);
      return { kind: 'refused', action, ...why };
    }
  }
}

/**
 * Keeps a release, what its charts hold in Secrets apart from the rest. It is written before what it releases: what runs
 * can always be told from what is kept, and what a chart drew at random is not drawn again. Answers why it can not be
 * kept; then nothing else may be written either. The Secret goes first: a revision is never without its values.
 */
export async function keepRelease(
  release: Release,
  options: KeepOptions,
): Promise<Outcome | undefined> {
  const { application } = options;
  const { namespace = '' } = application.metadata;
  const secret = releaseSecret(release, application, namespace);
  const refused =
    secret &&
    (await put({ ...options, object: secret, type: releaseSecretKind }));
  if (refused) return refused;
  const revision = toRevision(release, application, namespace);
  return put({ ...options, object: revision, type: releaseKind });
}

export interface PruneOptions {
  readonly application: Application;
  /** Releases kept, the one of this pass among them. */
  readonly releases: readonly Release[];
  readonly limit: number;
  /** Revisions that stay whatever their age: the current one and the last one that was available. */
  readonly keep: ReadonlySet<number>;
  readonly find: Find;
  readonly executor: Executor;
}

async function drop(
  type: ResourceType,
  name: string,
  { application, find, executor }: PruneOptions,
): Promise<void> {
  const { namespace, uid: owner } = application.metadata;
  const object = await find(type, { namespace, name });
  const uid = object?.metadata.uid;
  const ours = object?.metadata.ownerReferences?.some(
    reference => reference.uid === owner,
  );
  if (!object || uid === undefined || !ours) return;
  const outcome = await withinTerm(
    executor.fence,
    `deleting release ${name}`,
    signal =>
      executor.writer.delete(type, { namespace, name }, { uid, signal }),
  );
  if (outcome.kind === 'forbidden') return;
  const ref = refOf(object);
  executor.onDeleted?.({ kind: 'delete', ref, uid, why: 'release history' });
}

/** Deletes the oldest releases beyond the limit, the revision before its Secret. */
export async function pruneReleases(options: PruneOptions): Promise<void> {
  const { name } = options.application.metadata;
  const old = releasesToPrune(options.releases, options.limit, options.keep);
  for (const { revision } of old) {
    await drop(releaseKind, revisionName(name, revision), options);
    await drop(releaseSecretKind, releaseSecretName(name, revision), options);
  }
}
