import paasPlugin from '@understage/plugin-paas-backend';
import {
  clusterApplication,
  clusterNamespace,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { startPortal } from '../../__testUtils__/startPortal';
import { tenant } from '../../__testUtils__/tenant';

type KubeCluster = NonNullable<
  NonNullable<Parameters<typeof createClustersDouble>[0]>['clusters']
>[number];

/** Two tenants in one cluster, with an application each, and the portal over it. */
export async function startWorld() {
  const clusters = createClustersDouble({ clusters: [createCluster()] });
  clusters.put(
    'playground',
    clusterNamespace('shop', { tenant: 'shop', owner: 'team-shop' }),
    clusterNamespace('data', { tenant: 'data', owner: 'team-data' }),
    clusterApplication({ name: 'checkout', namespace: 'shop' }),
    clusterApplication({ name: 'training', namespace: 'data' }),
    clusterApplication({ name: 'reports', namespace: 'data' }),
  );
  clusters.settle();
  return startPortal({
    clusters,
    directory: {
      clusters: () => [
        {
          cluster: 'playground',
          tenants: [tenant('shop'), tenant('data')],
          owners: [],
        },
      ],
    },
    features: [paasPlugin],
  });
}

// Whatever is asked of it, it says the same: who got so far was let through.
function createCluster(): KubeCluster {
  const refuse = async (): Promise<never> => {
    throw new Error('the cluster was asked');
  };
  const reader = {
    get: refuse,
    list: refuse,
    listPage: refuse,
    // eslint-disable-next-line require-yield
    async *watch(): AsyncGenerator<never> {
      await refuse();
    },
  };
  const logs = { async *lines(): AsyncGenerator<never> {} };
  const writer = {
    apply: refuse,
    create: refuse,
    update: refuse,
    delete: refuse,
  };
  return {
    name: 'playground',
    ...reader,
    as: () => ({ ...reader, logs }),
    writer: () => writer,
  };
}
