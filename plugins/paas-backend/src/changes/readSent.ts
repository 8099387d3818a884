import { NotFoundError } from '@backstage/errors';
import { KubeCluster } from '@understage/kube';
import { Checked } from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';

/** The cluster that a caller names. */
export function clusterNamed(
  clusters: PaasClusters,
  name: string,
): KubeCluster {
  const cluster = clusters.cluster(name);
  if (cluster) return cluster;
  throw new NotFoundError(
    `There is no cluster named ${name}; there are: ${
      clusters.names.join(', ') || 'none'
    }.`,
  );
}

/** Reads what a caller sent as one resource: the text of a file with one document, or the object itself. */
export function readSent<T>(
  sent: string | object,
  how: {
    readonly check: (value: object) => Checked<T>;
    readonly read: (text: string) => readonly { checked: Checked<T> }[];
  },
): Checked<T> {
  if (typeof sent !== 'string') return how.check(sent);
  const documents = how.read(sent);
  const message = `The text holds ${documents.length} documents; send them one at a time.`;
  return documents.length === 1
    ? documents[0].checked
    : { ok: false, problems: [{ path: '', message }] };
}
