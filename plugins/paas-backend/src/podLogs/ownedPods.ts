import { ApplicationRecord } from '@understage/plugin-paas-node';

// Application, workload, replica set, pod; operators of charts add a few of their own.
const LONGEST_CHAIN = 8;

/**
 * Uids of the pods that an application controls: pod, replica set, deployment, application. A pod that only carries its
 * label is somebody's claim, and not one of them.
 */
export function ownedPods(record: ApplicationRecord): ReadonlySet<string> {
  const objects = new Map(
    record.objects().map(object => [object.metadata.uid, object]),
  );
  const isOwned = (uid: string, left: number): boolean => {
    if (uid === record.uid) return true;
    if (left === 0) return false;
    const owners = objects.get(uid)?.metadata.ownerReferences ?? [];
    return owners.some(owner => isOwned(owner.uid, left - 1));
  };
  const pods = record
    .objects()
    .filter(({ kind }) => kind === 'Pod')
    .flatMap(({ metadata: { uid } }) => uid ?? []);
  return new Set(pods.filter(uid => isOwned(uid, LONGEST_CHAIN)));
}
