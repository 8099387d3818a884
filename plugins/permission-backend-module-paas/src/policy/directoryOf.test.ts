import {
  clusterApplication,
  clusterNamespace,
  clusterTenant,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { directoryOf } from './directoryOf';

describe('the directory of tenants', () => {
  it('holds tenants with their members, and who owns applications', () => {
    const clusters = createClustersDouble();
    clusters.put(
      'playground',
      clusterTenant({ name: 'shop' }),
      clusterNamespace('shop', { tenant: 'shop', owner: 'team-shop' }),
      clusterNamespace('old', { owner: 'team-old' }),
      ...['a', 'b'].map(name =>
        clusterApplication({ name, namespace: 'shop' }),
      ),
      clusterApplication({ name: 'c', namespace: 'old' }),
    );
    clusters.settle();
    expect(directoryOf(clusters).clusters()).toEqual([
      {
        cluster: 'playground',
        tenants: [
          {
            name: 'shop',
            owner: 'group:default/team-shop',
            members: [
              { group: 'group:default/team-shop-admins', role: 'admin' },
              {
                group: 'group:default/team-shop-developers',
                role: 'developer',
              },
              { group: 'group:default/team-shop-viewers', role: 'viewer' },
            ],
          },
        ],
        owners: [
          { owner: 'group:default/team-shop', tenant: 'shop' },
          { owner: 'group:default/team-old', tenant: 'old' },
        ],
      },
    ]);
  });

  it('knows a cluster that does not answer as it was, and one that was never read not at all', () => {
    const clusters = createClustersDouble({ names: ['away', 'dead'] });
    clusters.put('away', clusterTenant({ name: 'shop' }));
    clusters.settle();
    clusters.fail('away', 'it is down');
    clusters.settle();
    const dead = {
      ...clusters,
      knowsTenants: (name: string) =>
        name !== 'dead' && clusters.knowsTenants(name),
    };
    const known = directoryOf(dead).clusters();
    expect(known.map(({ cluster }) => cluster)).toEqual(['away']);
    expect(known[0].tenants).toHaveLength(1);
  });

  it('gives a tenant that it does not understand no members', () => {
    const clusters = createClustersDouble();
    const spec = { owner: 'team-shop', members: [{ role: 'god' }] };
    clusters.put('playground', clusterTenant({ name: 'shop', spec }));
    clusters.settle();
    const [{ tenants }] = directoryOf(clusters).clusters();
    expect(tenants).toEqual([
      { name: 'shop', owner: 'group:default/unknown', members: [] },
    ]);
  });
});
