import { mockServices } from '@backstage/backend-test-utils';
import { readClusterConfig } from './readClusterConfig';

const read = (...clusters: { [key: string]: string | boolean }[]) =>
  readClusterConfig(mockServices.rootConfig({ data: { paas: { clusters } } }));

describe('paas.clusters', () => {
  it('names clusters and how each is reached', () => {
    const clusters = read(
      { name: 'production', kubeconfig: '/k', context: 'eu' },
      { name: 'here', inCluster: true },
    );
    expect(clusters).toEqual([
      { name: 'production', kubeconfig: '/k', context: 'eu', inCluster: false },
      { name: 'here', inCluster: true },
    ]);
  });

  it('may be left out', () => {
    expect(readClusterConfig(mockServices.rootConfig({ data: {} }))).toEqual(
      [],
    );
  });

  it('refuses a name that the portal has a page for', () => {
    expect(() => read({ name: 'tenants' })).toThrow('a page of their own');
  });

  it('refuses a name twice', () => {
    expect(() => read({ name: 'a' }, { name: 'a' })).toThrow(
      'paas.clusters names "a" twice',
    );
  });

  it.each(['Prod', 'a/b', 'a.b', '-a', ''])('refuses the name %j', name => {
    expect(() => read({ name })).toThrow();
  });
});
