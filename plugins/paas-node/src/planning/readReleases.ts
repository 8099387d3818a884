import {
  fromRevision,
  isReleaseSecret,
  KubeObject,
  observedItems,
  Release,
  releaseKind,
  Snapshot,
  withSecretValues,
} from '@understage/plugin-paas-common';

const isRevision = (object: KubeObject) => object.kind === releaseKind.kind;

function withItems(
  snapshot: Snapshot<KubeObject>,
  keep: (object: KubeObject) => boolean,
): Snapshot<KubeObject> {
  return snapshot.complete
    ? { ...snapshot, items: snapshot.items.filter(keep) }
    : { ...snapshot, seen: snapshot.seen.filter(keep) };
}

/**
 * Parts what was observed into releases, newest first, and the rest. A revision that can not be read is said, and does
 * not make the snapshot incomplete: it is no object that a plan could miss.
 */
export function readReleases(
  observed: Snapshot<KubeObject>,
  application: string,
): {
  readonly snapshot: Snapshot<KubeObject>;
  readonly releases: readonly Release[];
  readonly problems: readonly string[];
} {
  const items = observedItems(observed);
  const secrets = items.filter(({ kind }) => kind === 'Secret');
  const checked = items.filter(isRevision).map(object => fromRevision(object));
  return {
    snapshot: withItems(
      observed,
      object => !isRevision(object) && !isReleaseSecret(object),
    ),
    releases: checked
      .flatMap(each =>
        each.ok ? [withSecretValues(each.value, application, secrets)] : [],
      )
      .sort((left, right) => right.revision - left.revision),
    problems: checked.flatMap(each =>
      each.ok ? [] : each.problems.slice(0, 1).map(({ message }) => message),
    ),
  };
}
