import { createClustersDouble } from './createClustersDouble';
import { ClustersChange } from './PaasClusters';
import {
  clusterApplication,
  clusterDeployment,
  clusterNamespace,
  clusterObject,
  clusterTenant,
} from './testing/clusterObjects';

const checkout = clusterApplication({ name: 'checkout', namespace: 'shop' });
const media = clusterApplication({ name: 'media', namespace: 'shop' });
const shop = clusterNamespace('shop', { tenant: 'store', owner: 'Team-Shop' });
const deployment = (ready: number, application = 'checkout') =>
  clusterDeployment({ namespace: 'shop', application, desired: 2, ready });

/** As the operator reports it while release 1, with one component, is pinned. */
const pinnedStatus = {
  observedGeneration: 1,
  state: 'Ready',
  message: 'web: 2 of 2 replicas ready.',
  components: [
    {
      name: 'web',
      type: 'Deployment',
      state: 'Ready',
      reason: 'Ready',
      message: '2 of 2 replicas ready',
      objects: [],
    },
  ],
  conditions: [],
};

function startClusters() {
  const clusters = createClustersDouble();
  clusters.put('playground', shop, checkout, media, deployment(2));
  clusters.settle();
  const changes: ClustersChange[] = [];
  clusters.subscribe(change => changes.push(change));
  return { clusters, changes };
}

const record = ({ clusters }: ReturnType<typeof startClusters>, name: string) =>
  clusters.records().get(`playground/shop/${name}`);

describe('the cache of the clusters', () => {
  it('knows whose an application is and how it does', () => {
    const started = startClusters();
    expect(record(started, 'checkout')?.summary).toEqual({
      cluster: 'playground',
      namespace: 'shop',
      name: 'checkout',
      tenant: 'store',
      owner: 'group:default/team-shop',
      state: 'Ready',
      reason: 'Ready',
      message: expect.stringContaining('2 of 2'),
      components: 1,
      replicas: { ready: 2, desired: 2 },
      createdAt: '2026-01-01T00:00:00Z',
      since: '2026-01-01T00:00:00Z',
    });
  });

  it('takes the owner of the namespace, whatever the specification says: else anybody could name another team', () => {
    const { clusters } = startClusters();
    const ownerOf = (name: string) => {
      clusters.settle();
      return clusters.records().get(`playground/shop/${name}`)?.owner;
    };
    const spec = { ...Object(checkout.spec), owner: 'user:default/ada' };
    clusters.put('playground', { ...checkout, spec });
    expect(ownerOf('checkout')).toBe('group:default/team-shop');
    clusters.put('playground', clusterNamespace('shop', { tenant: 'store' }));
    expect(ownerOf('checkout')).toBe('user:default/ada');
    expect(ownerOf('media')).toBeUndefined();
  });

  it('tells the health of what a pinned release runs, not of what the specification has meanwhile', () => {
    const { clusters } = startClusters();
    const assessed = (spec: object) => {
      clusters.put('playground', {
        ...checkout,
        spec: { ...Object(checkout.spec), ...spec },
        status: pinnedStatus,
      });
      clusters.settle();
      const { components } = clusters
        .records()
        .get('playground/shop/checkout')!.summary;
      return components;
    };
    const later = [
      { name: 'web', type: 'Deployment', image: 'web:2' },
      { name: 'worker', type: 'Deployment', image: 'worker:1' },
    ];
    expect(assessed({ components: later })).toBe(2);
    expect(assessed({ components: later, revision: 1 })).toBe(1);
  });

  it('shows a change of a pod without waiting for the operator, and dates it', () => {
    const started = startClusters();
    started.clusters.put('playground', deployment(1));
    started.clusters.settle();
    expect(record(started, 'checkout')?.summary).toMatchObject({
      replicas: { ready: 1, desired: 2 },
      since: '2026-01-01T12:00:00.000Z',
    });
  });

  it('makes new records of what changed and of nothing else', () => {
    const started = startClusters();
    const before = record(started, 'media');
    started.clusters.put('playground', deployment(1));
    started.clusters.settle();
    expect(record(started, 'media')).toBe(before);
    expect(started.changes).toHaveLength(1);
    expect(started.changes[0].applications).toMatchObject([
      { key: 'playground/shop/checkout' },
    ]);
  });

  it('tells a burst of changes once, from what was to what is', () => {
    const started = startClusters();
    [1, 0, 1].forEach(ready =>
      started.clusters.put('playground', deployment(ready)),
    );
    started.clusters.settle();
    const [{ applications }] = started.changes;
    expect(applications).toHaveLength(1);
    expect(applications[0].before?.summary.replicas.ready).toBe(2);
    expect(applications[0].after?.summary.replicas.ready).toBe(1);
  });

  it('tells that an application is gone', () => {
    const started = startClusters();
    started.clusters.remove('playground', media);
    started.clusters.settle();
    const [change] = started.changes[0].applications;
    expect(change).toMatchObject({ key: 'playground/shop/media' });
    expect(change.after).toBeUndefined();
    expect(record(started, 'media')).toBeUndefined();
  });

  it('moves every application of a namespace that changes hands', () => {
    const started = startClusters();
    started.clusters.put(
      'playground',
      clusterNamespace('shop', { tenant: 'b' }),
    );
    started.clusters.settle();
    expect(
      [...started.clusters.records().values()].map(({ tenant }) => tenant),
    ).toEqual(['b', 'b']);
  });

  it('shows an application whose specification it does not understand as invalid', () => {
    const started = startClusters();
    started.clusters.put('playground', { ...media, spec: { components: 7 } });
    started.clusters.settle();
    expect(record(started, 'media')?.summary).toMatchObject({
      state: 'Failed',
      reason: 'Invalid',
      message: expect.stringContaining('spec.components'),
    });
  });

  it('shows nothing of what only carries the label of an application', () => {
    const started = startClusters();
    const labels = {
      'understage.dev/application': 'checkout',
      'understage.dev/component': 'web',
    };
    const forged = (kind: string, fields: object = {}) => ({
      ...clusterObject(kind, {
        name: `forged-${kind}`,
        namespace: 'shop',
        labels,
      }),
      ...fields,
    });
    started.clusters.put(
      'playground',
      forged('Pod', { status: { phase: 'Failed' } }),
      forged('Deployment', { spec: { replicas: 5 } }),
      forged('PersistentVolumeClaim'),
      forged('ControllerRevision', { revision: 9, data: { hash: 'x' } }),
    );
    started.clusters.settle();
    const shown = record(started, 'checkout');
    expect(shown?.summary).toMatchObject({
      state: 'Ready',
      replicas: { ready: 2, desired: 2 },
    });
    expect(JSON.stringify(shown?.detail())).not.toContain('forged');
    expect(shown?.detail().releases).toEqual([]);
    expect(shown?.objects().map(({ metadata }) => metadata.name)).toEqual([
      'checkout-web',
    ]);
  });

  it('shows nothing of an earlier application of the same name', () => {
    const started = startClusters();
    started.clusters.remove('playground', checkout);
    const anew = { ...checkout.metadata, uid: 'anew' };
    started.clusters.put('playground', { ...checkout, metadata: anew });
    started.clusters.settle();
    expect(record(started, 'checkout')?.objects()).toEqual([]);
  });

  it('believes no warning that names a pod without its uid', () => {
    const started = startClusters();
    const pod = clusterObject('Pod', {
      name: 'checkout-web-1',
      namespace: 'shop',
      owner: deployment(2),
    });
    started.clusters.put('playground', pod, {
      ...clusterObject('Event', { name: 'e1', namespace: 'shop' }),
      type: 'Warning',
      reason: 'BackOff',
      message: 'forged',
      involvedObject: {
        kind: 'Pod',
        namespace: 'shop',
        name: 'checkout-web-1',
      },
    });
    started.clusters.settle();
    expect(record(started, 'checkout')?.detail().events).toEqual([]);
  });

  it('blames the node while it is not ready, and no longer', () => {
    const started = startClusters();
    const pod = clusterObject('Pod', {
      name: 'checkout-web-1',
      namespace: 'shop',
      owner: deployment(2),
      spec: { nodeName: 'n1' },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
      },
    });
    const node = (status: string) =>
      clusterObject('Node', {
        name: 'n1',
        status: { conditions: [{ type: 'Ready', status }] },
      });
    const message = () => record(started, 'checkout')?.summary.message;
    started.clusters.put('playground', deployment(1), pod, node('Unknown'));
    started.clusters.settle();
    expect(message()).toContain('the node n1 does not answer');
    started.clusters.put('playground', node('True'));
    started.clusters.settle();
    expect(message()).not.toContain('n1');
    const before = record(started, 'checkout');
    started.clusters.put('playground', node('True'));
    started.clusters.settle();
    expect(record(started, 'checkout')).toBe(before);
  });

  it('brings warnings about a pod to the page of its application', () => {
    const started = startClusters();
    const pod = clusterObject('Pod', {
      name: 'checkout-web-1',
      namespace: 'shop',
      owner: deployment(2),
    });
    const warning = {
      ...clusterObject('Event', { name: 'e1', namespace: 'shop' }),
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      lastTimestamp: '2026-01-01T11:59:00Z',
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'shop',
        name: 'checkout-web-1',
        uid: pod.metadata.uid,
      },
    };
    started.clusters.put('playground', warning, pod);
    started.clusters.settle();
    expect(record(started, 'checkout')?.detail().events).toEqual([
      {
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting failed container',
        about: {
          apiVersion: 'v1',
          kind: 'Pod',
          namespace: 'shop',
          name: 'checkout-web-1',
        },
        count: 1,
        lastSeen: '2026-01-01T11:59:00Z',
      },
    ]);
  });

  it('keeps what it knows of a cluster that does not answer, and says so', () => {
    const started = startClusters();
    started.clusters.fail('playground', 'it is down');
    started.clusters.settle();
    expect(record(started, 'checkout')).toBeDefined();
    expect(started.clusters.freshness('playground')).toEqual({
      kind: 'stale',
      since: '2026-01-01T12:00:00.000Z',
      why: 'it is down',
    });
    expect(started.clusters.snapshot('playground')).toMatchObject({
      complete: false,
      missing: [
        'Application objects of playground: it is down',
        'Namespace objects of playground: it is down',
      ],
    });
    expect(started.changes.map(({ freshness }) => freshness)).toEqual([
      ['playground'],
    ]);
  });

  it('has a complete snapshot while everything is watched', () => {
    const { clusters } = startClusters();
    const snapshot = clusters.snapshot('playground');
    expect(snapshot.complete && snapshot.items).toHaveLength(2);
  });

  it('goes on after a listener that throws', () => {
    const { clusters } = startClusters();
    const heard: number[] = [];
    clusters.subscribe(() => {
      throw new Error('no');
    });
    clusters.subscribe(({ applications }) => heard.push(applications.length));
    clusters.put('playground', deployment(0));
    clusters.settle();
    expect(heard).toEqual([1]);
  });

  it('becomes ready although one of the clusters is dead', async () => {
    const clusters = createClustersDouble({ names: ['alive', 'dead'] });
    clusters.fail('dead', 'nobody there');
    clusters.put('alive', checkout);
    clusters.settle();
    await clusters.ready;
    expect(clusters.summaries()).toMatchObject([
      { name: 'alive', applications: 1, freshness: { kind: 'live' } },
      { name: 'dead', applications: 0, freshness: { kind: 'stale' } },
    ]);
  });

  it('says when every node is simulated', () => {
    const { clusters } = startClusters();
    const annotations = { 'kwok.x-k8s.io/node': 'fake' };
    clusters.put(
      'playground',
      clusterObject('Node', { name: 'n1', annotations }),
    );
    expect(clusters.summaries()[0].simulatedNodes).toBe(true);
    clusters.put('playground', clusterObject('Node', { name: 'n2' }));
    expect(clusters.summaries()[0].simulatedNodes).toBe(false);
  });

  it('has a sentence for a cluster that is not configured', () => {
    const { clusters } = startClusters();
    expect(clusters.freshness('moon')).toMatchObject({
      kind: 'unavailable',
      why: expect.stringContaining('paas.clusters'),
    });
    expect(clusters.cluster('moon')).toBeUndefined();
  });

  describe('tenants', () => {
    const tenant = clusterTenant({ name: 'shop' });

    it('are known by name, with who owns them and who their members are', () => {
      const { clusters, changes } = startClusters();
      clusters.put('playground', tenant);
      clusters.settle();
      const found = clusters.tenants().get('playground/shop');
      expect(found).toMatchObject({
        key: 'playground/shop',
        ref: { cluster: 'playground', name: 'shop' },
        owner: 'group:default/team-shop',
        tenant: {
          spec: {
            members: [
              { group: 'group:default/team-shop-admins', role: 'admin' },
              {
                group: 'group:default/team-shop-developers',
                role: 'developer',
              },
              { group: 'group:default/team-shop-viewers', role: 'viewer' },
            ],
          },
        },
      });
      expect(changes.at(-1)?.tenants).toEqual([
        { key: 'playground/shop', after: found },
      ]);
      clusters.remove('playground', tenant);
      clusters.settle();
      expect(clusters.tenants().size).toBe(0);
      expect(changes.at(-1)?.tenants).toEqual([
        { key: 'playground/shop', before: found },
      ]);
    });

    it('have no members when this version does not understand them', () => {
      const { clusters } = startClusters();
      const spec = { owner: 'team-shop', members: 'everybody' };
      clusters.put('playground', clusterTenant({ name: 'shop', spec }));
      clusters.settle();
      const found = clusters.tenants().get('playground/shop');
      expect(found).toBeDefined();
      expect(found?.tenant).toBeUndefined();
    });

    it('are not known before they were read, and stay known when the cluster is away', () => {
      const { clusters } = startClusters();
      expect(clusters.knowsTenants('playground')).toBe(true);
      clusters.fail('playground', 'it is down');
      clusters.settle();
      expect(clusters.knowsTenants('playground')).toBe(true);
      expect(clusters.knowsTenants('moon')).toBe(false);
    });

    it('are nobody by the name of a namespace that says nothing', () => {
      const { clusters } = startClusters();
      const application = clusterApplication({ name: 'x', namespace: 'old' });
      clusters.put('playground', clusterNamespace('old'), application);
      const tenantOf = () => {
        clusters.settle();
        return [
          clusters.records().get('playground/old/x')?.tenant,
          clusters.namespace('playground', 'old')?.tenant,
        ];
      };
      expect(tenantOf()).toEqual(['old', 'old']);
      const old = clusterTenant({ name: 'old' });
      clusters.put('playground', old);
      expect(tenantOf()).toEqual(['old.namespace', 'old.namespace']);
      clusters.put('playground', clusterNamespace('old', { tenant: 'old' }));
      expect(tenantOf()).toEqual(['old', 'old']);
      clusters.put('playground', clusterNamespace('old'));
      clusters.remove('playground', old);
      expect(tenantOf()).toEqual(['old', 'old']);
    });
  });
});
