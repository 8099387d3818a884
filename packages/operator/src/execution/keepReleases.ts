import { KubeObject, ObjectKey, ResourceType } from '@understage/kube';
import {
  Action,
  Application,
  classifyRefusal,
  Outcome,
  refOf,
  Release,
  releaseKind,
  releaseSecret,
  releaseSecretKind,
  releaseSecretName,
  releasesToPrune,
  revisionName,
  toRevision,
} from '@understage/plugin-paas-common';
import { DeposedError, Executor } from './executePlan';

function requireLeadership(executor: Executor): void {
  if (!executor.mayWrite()) {
    throw new DeposedError('leadership was lost while releases were kept');
  }
}

/** Writes one object; answers why it could not, undefined when it could. */
async function put(
  object: KubeObject,
  type: ResourceType,
  executor: Executor,
): Promise<Outcome | undefined> {
  requireLeadership(executor);
  const action: Action = { kind: 'create', ref: refOf(object), object };
  const outcome = await executor.writer.apply(object, { type, force: true });
  if (outcome.kind === 'written') {
    executor.onWritten?.(outcome.object);
    return undefined;
  }
  return {
    kind: 'refused',
    action,
    ...classifyRefusal(action.ref, outcome),
  };
}

/**
 * Keeps a release, what its charts hold in Secrets apart from the rest. It is written before what it releases: what runs
 * can always be told from what is kept, and what a chart drew at random is not drawn again. Answers why it can not be
 * kept; then nothing else may be written either. The Secret goes first: a revision is never without its values.
 */
export async function keepRelease(
  release: Release,
  application: Application,
  executor: Executor,
): Promise<Outcome | undefined> {
  const { namespace = '' } = application.metadata;
  const secret = releaseSecret(release, application, namespace);
  const refused = secret && (await put(secret, releaseSecretKind, executor));
  if (refused) return refused;
  const revision = toRevision(release, application, namespace);
  return put(revision, releaseKind, executor);
}

export interface PruneOptions {
  readonly application: Application;
  /** Releases kept, the one of this pass among them. */
  readonly releases: readonly Release[];
  readonly limit: number;
  /** Revisions that stay whatever their age: the current one and the last one that was available. */
  readonly keep: ReadonlySet<number>;
  readonly find: (
    type: ResourceType,
    key: ObjectKey,
  ) => Promise<KubeObject | undefined>;
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
  requireLeadership(executor);
  const outcome = await executor.writer.delete(
    type,
    { namespace, name },
    { uid },
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
