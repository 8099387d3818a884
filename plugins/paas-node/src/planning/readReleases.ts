import {
  Application,
  fromRevision,
  isKeptFor,
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
 * Parts what was observed into releases of this very application, newest first, and the rest. A release that can not be
 * read is said, and does not make the snapshot incomplete: it is no object that a plan could miss.
 */
export function readReleases(
  observed: Snapshot<KubeObject>,
  application: Pick<Application, 'metadata'>,
): {
  readonly snapshot: Snapshot<KubeObject>;
  readonly releases: readonly Release[];
  readonly problems: readonly string[];
} {
  const items = observedItems(observed);
  const { name } = application.metadata;
  const isKept = (object: KubeObject) => isKeptFor(object, application);
  const secrets = items.filter(
    object =>
      object.kind === 'Secret' && (!isReleaseSecret(object) || isKept(object)),
  );
  const checked = items
    .filter(object => isRevision(object) && isKept(object))
    .map(object => fromRevision(object));
  return {
    snapshot: withItems(
      observed,
      object => !isRevision(object) && !isReleaseSecret(object),
    ),
    releases: checked
      .flatMap(each =>
        each.ok ? [withSecretValues(each.value, name, secrets)] : [],
      )
      .sort((left, right) => right.revision - left.revision),
    problems: checked.flatMap(each =>
      each.ok ? [] : each.problems.slice(0, 1).map(({ message }) => message),
    ),
  };
}
