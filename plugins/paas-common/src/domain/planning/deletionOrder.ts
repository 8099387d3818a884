import { compareByOrder } from '../kinds';
import { KubeObject, refOf } from '../kubernetes';

/** Objects in the order of deletion: the reverse of applying, independent of the order given. */
export function inDeletionOrder(
  objects: readonly KubeObject[],
): readonly KubeObject[] {
  return [...objects].sort((left, right) =>
    compareByOrder(refOf(right), refOf(left)),
  );
}
