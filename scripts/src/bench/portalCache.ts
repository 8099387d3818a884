import {
  connectCluster,
  HttpCluster,
  KubeReader,
  ResourceType,
} from '@understage/kube';
import { createProjection } from '@understage/plugin-paas-common';
import {
  createPaasClusters,
  RunningPaasClusters,
  startReflectorWatches,
  watchedKinds,
} from '@understage/plugin-paas-node';
import { accountKubeconfig } from '../stack/install';
import { ControlPlane } from '../stack/controlPlane';

/** The portal's watch cache in this process, as the portal's own account. */
export interface OpenedCache {
  readonly clusters: RunningPaasClusters;
  close(): Promise<void>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

export async function connectAsPortal(
  plane: ControlPlane,
): Promise<HttpCluster> {
  return connectCluster({
    name: 'playground',
    kubeconfig: await accountKubeconfig(plane, 'understage-portal'),
  });
}

/** Starts the cache and waits until it has read everything. */
export async function openCache(cluster: HttpCluster): Promise<OpenedCache> {
  const clusters = createPaasClusters({
    clusters: [cluster],
    kinds: watchedKinds,
    startWatch: startReflectorWatches({ project: createProjection() }),
    logger: silent,
    now: () => new Date(),
    defer: flush => setImmediate(flush),
  });
  await clusters.ready;
  return { clusters, close: () => clusters.stop() };
}

/** The bound: all pages of the same kinds, parsed and thrown away. Kinds one after the other, pages as they come. */
export async function listBare(
  reader: KubeReader,
  types: readonly {
    readonly type: ResourceType;
    readonly labelSelector?: string;
    readonly fieldSelector?: string;
    readonly optional: boolean;
  }[],
): Promise<number> {
  const counts = await Promise.all(
    types
      .filter(({ optional }) => !optional)
      .map(async ({ type, labelSelector, fieldSelector }) => {
        let count = 0;
        let next: string | undefined;
        do {
          const page = await reader.listPage(type, {
            labelSelector,
            fieldSelector,
            limit: 500,
            continue: next,
          });
          count += page.items.length;
          next = page.continue;
        } while (next !== undefined);
        return count;
      }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
