import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** How one cluster is reached. */
export interface ClusterConfig {
  readonly name: string;
  /** Path of a kubeconfig; default the one that kubectl would use. */
  readonly kubeconfig?: string;
  readonly context?: string;
  /** Reached as the pod that the backend runs in. */
  readonly inCluster: boolean;
}

/** Reads `paas.clusters`. No clusters are no error: the portal then shows none. Names must be unique. */
export function readClusterConfig(config: RootConfigService): ClusterConfig[] {
  const clusters = (config.getOptionalConfigArray('paas.clusters') ?? []).map(
    entry => ({
      name: readName(entry.getString('name')),
      kubeconfig: entry.getOptionalString('kubeconfig'),
      context: entry.getOptionalString('context'),
      inCluster: entry.getOptionalBoolean('inCluster') ?? false,
    }),
  );
  const twice = clusters.find(
    ({ name }, index) =>
      clusters.findIndex(other => other.name === name) !== index,
  );
  if (twice) {
    throw new InputError(
      `paas.clusters names "${twice.name}" twice; a name stands for one cluster in addresses and in the catalog.`,
    );
  }
  return clusters;
}

/** Words that stand where a cluster's name stands in the portal's addresses: `/paas/tenants/...`. */
const taken = ['tenants'];

function readName(name: string): string {
  if (taken.includes(name)) {
    throw new InputError(
      `paas.clusters has the name "${name}", which the portal's addresses need for a page of their own; name the cluster differently.`,
    );
  }
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new InputError(
    `paas.clusters has the name "${name}": use lower-case letters, digits and -, at most 63 of them.`,
  );
}
