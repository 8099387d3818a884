import { InMemoryKube, KubeError, ResourceType } from '@understage/kube';
import { liveClusterView } from './ClusterView';

const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
};
const ingresses: ResourceType = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  namespaced: true,
};
const query = { namespace: 'shop', application: 'checkout' };
const key = { namespace: 'shop', name: 'one' };

function cluster(status?: number): InMemoryKube {
  const kube = new InMemoryKube({
    fault: () => {
      if (status !== undefined) throw new KubeError('no', { status });
    },
  });
  for (const [name, application] of [
    ['one', 'checkout'],
    ['two', 'other'],
  ]) {
    kube.seed(configMaps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        namespace: 'shop',
        labels: { 'understage.dev/application': application },
      },
    });
  }
  return kube;
}

describe('liveClusterView', () => {
  it("lists an application's objects, or all of the namespace", async () => {
    const view = liveClusterView(cluster());
    const own = await view.list(configMaps, query);
    expect(own.map(({ metadata }) => metadata.name)).toEqual(['one']);
    const all = await view.list(configMaps, { namespace: 'shop' });
    expect(all).toHaveLength(2);
    expect(await view.get(configMaps, key)).toMatchObject({
      kind: 'ConfigMap',
    });
  });

  it('takes a kind that the server does not know as empty', async () => {
    const view = liveClusterView(cluster(404));
    await expect(view.list(configMaps, query)).resolves.toEqual([]);
    await expect(view.get(configMaps, key)).resolves.toBeUndefined();
  });

  it('finds who claims a host, in every namespace', async () => {
    const kube = new InMemoryKube();
    for (const [namespace, host] of [
      ['shop', 'shop.example.com'],
      ['far', '*.example.com'],
      ['far', 'cart.example.com'],
    ]) {
      kube.seed(ingresses, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: host.replace('*', 'all'), namespace },
        spec: { rules: [{ host }] },
      });
    }
    const found = await liveClusterView(kube).claimants(ingresses, {
      hosts: ['shop.example.com'],
    });
    expect(found.map(({ metadata }) => metadata.namespace).sort()).toEqual([
      'far',
      'shop',
    ]);
    await expect(
      liveClusterView(cluster(404)).claimants(ingresses, { hosts: ['x'] }),
    ).resolves.toEqual([]);
    await expect(
      liveClusterView(cluster(403)).claimants(ingresses, { hosts: ['x'] }),
    ).rejects.toThrow('no');
  });

  it('tells a forbidden kind from one that is not there', async () => {
    const forbidden = cluster(403);
    const serving = (served: boolean) =>
      liveClusterView(forbidden, { serves: async () => served });
    await expect(serving(false).list(configMaps, query)).resolves.toEqual([]);
    await expect(serving(true).list(configMaps, query)).rejects.toThrow('no');
    await expect(
      liveClusterView(forbidden).list(configMaps, query),
    ).rejects.toThrow('no');
  });

  it.each([undefined, 401, 429, 500])(
    'never takes an error with status %s as empty',
    async status => {
      const view = liveClusterView(
        new InMemoryKube({
          fault: () => {
            throw new KubeError('no', status === undefined ? {} : { status });
          },
        }),
        { serves: async () => false },
      );
      await expect(view.list(configMaps, query)).rejects.toThrow('no');
      await expect(view.get(configMaps, key)).rejects.toThrow('no');
    },
  );
});
