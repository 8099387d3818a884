import { JsonRecord, recordsAt, textAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';

/** A condition of a pod's status; empty when it has none of that type. */
export function condition(pod: KubeObject, type: string): JsonRecord {
  return (
    recordsAt(pod, 'status', 'conditions').find(each => each.type === type) ??
    {}
  );
}

/** Whether a node is ready (`True`, `False`, `Unknown`, nothing said), and why it is not. */
export function nodeReadiness(node: KubeObject): {
  readonly status?: string;
  readonly message?: string;
} {
  const ready = condition(node, 'Ready');
  return { status: textAt(ready, 'status'), message: textAt(ready, 'message') };
}

/** True when the pod counts as a serving replica. */
export function isPodReady(pod: KubeObject): boolean {
  return (
    condition(pod, 'Ready').status === 'True' &&
    pod.metadata.deletionTimestamp === undefined
  );
}

/** True when the pod ran to its end. */
export function isPodDone(pod: KubeObject): boolean {
  return textAt(pod, 'status', 'phase') === 'Succeeded';
}
