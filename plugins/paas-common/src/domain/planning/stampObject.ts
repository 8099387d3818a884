import { DesiredObject } from '../desired';
import { KubeObject } from '../kubernetes';
import { APPLICATION_API_VERSION } from '../../schema/Application';
import { contentHash } from './contentHash';
import { ANNOTATION_APPLICATION_UID, ANNOTATION_APPLIED_HASH } from '../labels';
import { withEncodedSecret } from './maskSecrets';
import { Owner } from './ownership';

function withAnnotation(
  object: KubeObject,
  name: string,
  value: string,
): KubeObject {
  const annotations = { ...object.metadata.annotations, [name]: value };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function withOwner(object: KubeObject, owner: Owner): KubeObject {
  const reference = {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    name: owner.name,
    uid: owner.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  return {
    ...object,
    metadata: { ...object.metadata, ownerReferences: [reference] },
  };
}

/**
 * The object as it is sent: with the mark of its owner (an ownerReference, or for retained volumes an annotation) and the
 * hash over all of it.
 */
export function stampObject(desired: DesiredObject, owner: Owner): KubeObject {
  const encoded = withEncodedSecret(desired.object);
  const owned = desired.retained
    ? withAnnotation(encoded, ANNOTATION_APPLICATION_UID, owner.uid)
    : withOwner(encoded, owner);
  return withHash(owned);
}

/** The object with the hash over all of it, by which the next plan notices fields that are no longer wanted. */
export function withHash(object: KubeObject): KubeObject {
  return withAnnotation(object, ANNOTATION_APPLIED_HASH, contentHash(object));
}

/** The hash that our last apply left on an object. */
export function appliedHash(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[ANNOTATION_APPLIED_HASH];
}
