import { KubeObject, refKey } from '../kubernetes';
import { isRecord, recordAt, textAt } from '../jsonValue';
import { ownedFields } from './removedFields';

/** Keys (`refKey`) of the workloads that a HorizontalPodAutoscaler scales. */
export function autoscaledTargets(
  objects: readonly KubeObject[],
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const object of objects) {
    if (object.kind !== 'HorizontalPodAutoscaler') continue;
    const target = recordAt(object, 'spec', 'scaleTargetRef');
    const kind = textAt(target, 'kind');
    const name = textAt(target, 'name');
    if (kind === undefined || name === undefined) continue;
    keys.add(
      refKey({
        apiVersion: textAt(target, 'apiVersion') ?? '',
        kind,
        name,
        namespace: object.metadata.namespace,
      }),
    );
  }
  return keys;
}

/** The object without `spec.replicas`, which belongs to the autoscaler. */
export function withoutReplicas(object: KubeObject): KubeObject {
  if (!isRecord(object.spec) || object.spec.replicas === undefined)
    return object;
  const { replicas, ...spec } = object.spec;
  return { ...object, spec };
}

/**
 * Hands `spec.replicas` over without a dip: leaving out a field that only we own would reset it to 1, so the live number
 * is sent along until the autoscaler has written it itself.
 */
export function withReplicasUntilHandedOver(
  object: KubeObject,
  live: KubeObject,
): KubeObject {
  const owned = ownedFields(live);
  const ours =
    owned === undefined ||
    recordAt(owned, 'f:spec')['f:replicas'] !== undefined;
  const replicas = recordAt(live, 'spec').replicas;
  if (!ours || typeof replicas !== 'number') return object;
  return { ...object, spec: { ...recordAt(object, 'spec'), replicas } };
}
