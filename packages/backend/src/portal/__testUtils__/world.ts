import { BackendFeature } from '@backstage/backend-plugin-api';
import paasPlugin from '@understage/plugin-paas-backend';
import {
  clusterApplication,
  clusterNamespace,
  clusterTenant,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { startPortal } from './startPortal';

type KubeCluster = NonNullable<
  NonNullable<Parameters<typeof createClustersDouble>[0]>['clusters']
>[number];

/** Who the cluster was asked as. */
type Identity = Parameters<KubeCluster['as']>[0];

/** Two tenants in one cluster, with an application each, and the portal over it. */
export async function startWorld(features: readonly BackendFeature[] = []) {
  const identities: Identity[] = [];
  const cluster = createCluster(identity => identities.push(identity));
  const clusters = createClustersDouble({ clusters: [cluster] });
  clusters.put(
    'playground',
    clusterTenant({ name: 'shop' }),
    clusterTenant({ name: 'data' }),
    clusterNamespace('shop', { tenant: 'shop', owner: 'team-shop' }),
    clusterNamespace('data', { tenant: 'data', owner: 'team-data' }),
    clusterApplication({ name: 'checkout', namespace: 'shop' }),
    clusterApplication({ name: 'training', namespace: 'data' }),
    clusterApplication({ name: 'reports', namespace: 'data' }),
  );
  clusters.settle();
  const portal = await startPortal({
    clusters,
    features: [paasPlugin, ...features],
  });
  return { ...portal, identities };
}

// Whatever is asked of it, it says the same: who got so far was let through.
function createCluster(seen: (identity: Identity) => void): KubeCluster {
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
    as: identity => {
      seen(identity);
      return { ...reader, logs };
    },
    writer: ({ impersonate }) => {
      if (impersonate) seen(impersonate);
      return writer;
    },
  };
}
