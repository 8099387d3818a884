import { KubeObject } from '@understage/kube';
import { sameJson } from '@understage/plugin-paas-common';

/**
 * True when a write changed nothing that a person wrote. By generation and metadata, not by resourceVersion: the
 * operator writes status in between, and being the manager of a field is no change of it.
 */
export function saysTheSame(before: KubeObject, after: KubeObject): boolean {
  const { generation, labels = {}, annotations = {} } = before.metadata;
  return (
    generation === after.metadata.generation &&
    sameJson(labels, after.metadata.labels ?? {}) &&
    sameJson(annotations, after.metadata.annotations ?? {})
  );
}
