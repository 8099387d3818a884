import { Action } from '../../action';
import { Desired } from '../../desired';
import { KubeObject } from '../../kubernetes';
import { Snapshot } from '../../snapshot';
import { planApplication } from '../planApplication';
import { stampObject } from '../stampObject';

/** The Application `shop` of the tests. */
export const owner = { uid: 'uid-shop', name: 'shop' };

/** Everything was seen, and it is this. */
export function complete(items: readonly KubeObject[]): Snapshot<KubeObject> {
  return { complete: true, items, at: '2026-11-23T00:00:00Z' };
}

/** Something could not be read. */
export function partial(seen: readonly KubeObject[]): Snapshot<KubeObject> {
  return {
    complete: false,
    seen,
    missing: ['services could not be listed: the API server did not answer'],
  };
}

/** The actions of a plan over these objects. */
export function plan(
  desired: Desired,
  snapshot: Snapshot<KubeObject> | readonly KubeObject[] = [],
  available: readonly string[] = [],
): readonly Action[] {
  return planApplication({
    desired,
    owner,
    snapshot: 'complete' in snapshot ? snapshot : complete(snapshot),
    available: new Set(available),
  }).actions;
}

/** The object as it stands in the cluster after we applied it. */
export function applied(object: KubeObject, retained = false): KubeObject {
  const stamped = stampObject({ object, retained }, owner);
  return {
    ...stamped,
    metadata: { ...stamped.metadata, uid: `uid-${object.metadata.name}` },
  };
}

/** The object with some of its metadata replaced. */
export function withMetadata(object: KubeObject, metadata: object): KubeObject {
  return { ...object, metadata: { ...object.metadata, ...metadata } };
}
