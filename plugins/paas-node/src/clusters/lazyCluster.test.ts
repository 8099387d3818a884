import { InMemoryKube } from '@understage/kube';
import { lazyCluster } from './lazyCluster';
import { clusterApplication, clusterNamespace } from './testing/clusterObjects';
import { applicationType } from './watchedKinds';

const namespaceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};
const key = { namespace: 'shop', name: 'checkout' };

describe('lazyCluster', () => {
  it('connects at the first request, once', async () => {
    let connections = 0;
    const cluster = lazyCluster('playground', async () => {
      connections += 1;
      return new InMemoryKube();
    });
    expect(connections).toBe(0);
    await cluster.get(applicationType, key);
    await cluster.as({ user: 'ada' }).get(applicationType, key);
    expect(connections).toBe(1);
  });

  it('tries again after a configuration that could not be read', async () => {
    let broken = true;
    const cluster = lazyCluster('playground', async () => {
      if (broken) throw new Error('the kubeconfig is not there');
      return new InMemoryKube();
    });
    await expect(cluster.get(applicationType, key)).rejects.toThrow(
      'the kubeconfig is not there',
    );
    broken = false;
    await expect(cluster.get(applicationType, key)).resolves.toBeUndefined();
  });

  it('hands on that a server is back, where the cluster can tell', async () => {
    const signal = new AbortController().signal;
    const silent = lazyCluster('playground', async () => new InMemoryKube());
    await expect(silent.awaitReturn?.({ signal })).resolves.toBe('present');
    const telling = lazyCluster('playground', async () =>
      Object.assign(new InMemoryKube(), {
        awaitReturn: async () => 'returned' as const,
      }),
    );
    await expect(telling.awaitReturn?.({ signal })).resolves.toBe('returned');
  });

  it('tells the version of the server, where there is one', async () => {
    const silent = lazyCluster('playground', async () => new InMemoryKube());
    await expect(silent.version?.()).resolves.toBeUndefined();
    const telling = lazyCluster('playground', async () =>
      Object.assign(new InMemoryKube(), { version: async () => 'v1.36.3' }),
    );
    await expect(telling.version?.()).resolves.toBe('v1.36.3');
  });

  it('writes as whom it was asked to', async () => {
    const kube = new InMemoryKube();
    kube.seed(namespaceType, clusterNamespace('shop'));
    const cluster = lazyCluster('playground', async () => kube);
    const impersonate = { user: 'understage:user:default/ada' };
    const writer = cluster.writer({ fieldManager: 'test', impersonate });
    const { apiVersion, kind, spec } = clusterApplication(key);
    const object = { apiVersion, kind, metadata: key, spec };
    await writer.apply(object, { type: applicationType });
    expect(kube.writes).toMatchObject([{ identity: impersonate }]);
  });
});
