import { KubeObject } from './kubernetes';
import { sameJson } from './planning/contentHash';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What a person wrote of an object, without what the cluster added: to be kept as a file, and applied again. */
export function asWritten({
  apiVersion,
  kind,
  metadata,
  spec,
}: KubeObject): object {
  const { name, namespace, labels } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(labels ? { labels } : {}),
    },
    spec,
  };
}

/**
 * True when a write changed nothing that a person wrote. By generation and metadata, not by resourceVersion: the
 * operator writes status in between, and being the manager of a field is no change of it.
 */
export function saysTheSame(before: KubeObject, after: KubeObject): boolean {
  const { generation, labels = {} } = before.metadata;
  return (
    generation === after.metadata.generation &&
    sameJson(labels, after.metadata.labels ?? {}) &&
    sameJson(annotationsOf(before), annotationsOf(after))
  );
}

/** What kubectl keeps for itself nobody wrote; caches leave it out. */
function annotationsOf({ metadata: { annotations = {} } }: KubeObject) {
  const { [LAST_APPLIED]: _bookkeeping, ...written } = annotations;
  return written;
}
