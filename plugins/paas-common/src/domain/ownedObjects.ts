import { Application } from '../schema/Application';
import { recordsAt, textAt } from './jsonValue';
import { KubeObject } from './kubernetes';
import { ANNOTATION_APPLICATION_UID, LABEL_APPLICATION } from './labels';

type Owner = Pick<Application, 'metadata'>;

/** Volumes kept for this very application; they carry no ownerReference. */
function isRetained(object: KubeObject, { metadata }: Owner): boolean {
  const { annotations, ownerReferences = [] } = object.metadata;
  return (
    ownerReferences.length === 0 &&
    annotations?.[ANNOTATION_APPLICATION_UID] === metadata.uid
  );
}

/** What the names of a StatefulSet's claims begin with; an ordinal follows. */
function claimPrefixes(set: KubeObject): readonly string[] {
  return recordsAt(set, 'spec', 'volumeClaimTemplates').map(
    claim => `${textAt(claim, 'metadata', 'name')}-${set.metadata.name}-`,
  );
}

/** Kubernetes keeps the claims of a StatefulSet without an owner: their names say which templates they are from. */
function claimsOf(
  sets: readonly KubeObject[],
  objects: readonly KubeObject[],
  { metadata }: Owner,
): readonly KubeObject[] {
  const prefixes = sets.flatMap(claimPrefixes);
  const isClaim = ({
    metadata: { name, labels, ownerReferences },
  }: KubeObject) =>
    labels?.[LABEL_APPLICATION] === metadata.name &&
    (ownerReferences ?? []).length === 0 &&
    prefixes.some(
      prefix =>
        name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)),
    );
  return objects.filter(
    object => object.kind === 'PersistentVolumeClaim' && isClaim(object),
  );
}

function byOwner(
  objects: readonly KubeObject[],
): ReadonlyMap<string, readonly KubeObject[]> {
  const owned = new Map<string, KubeObject[]>();
  for (const object of objects) {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const known = owned.get(uid);
      if (known) known.push(object);
      else owned.set(uid, [object]);
    }
  }
  return owned;
}

/**
 * Of these objects those that really are the application's: what it owns, what that owns and so on, by uid and within
 * its namespace, and the volumes kept for it. A label alone makes nothing its own, anybody can write one. All of them
 * when the application has no uid: it was not read from a cluster. The order stays.
 */
export function ownedObjects(
  objects: readonly KubeObject[],
  application: Pick<Application, 'metadata'>,
): readonly KubeObject[] {
  const { uid, namespace } = application.metadata;
  if (uid === undefined) {
    return objects;
  }
  const near = objects.filter(
    object =>
      namespace === undefined || object.metadata.namespace === namespace,
  );
  const children = byOwner(near);
  const own = new Set<KubeObject>();
  const add = (object: KubeObject) => {
    if (own.has(object)) return;
    own.add(object);
    children.get(object.metadata.uid ?? '')?.forEach(add);
  };
  children.get(uid)?.forEach(add);
  near
    .filter(
      object => object.metadata.uid === uid || isRetained(object, application),
    )
    .forEach(add);
  const sets = [...own].filter(({ kind }) => kind === 'StatefulSet');
  claimsOf(sets, near, application).forEach(add);
  return objects.filter(object => own.has(object));
}
