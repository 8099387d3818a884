import { InMemoryKube, KubeError, RequestInfo } from '@understage/kube';
import { kindOf } from '@understage/plugin-paas-common';
import { createWorld, namespaceType } from '../__testUtils__/createWorld';
import { settle } from '../__testUtils__/manualTimers';
import { ReadYourWrites } from '../execution/readYourWrites';
import { ClusterCache } from './clusterCache';
import { RunningCache, startCache } from './startCache';

const services = kindOf('v1', 'Service')!;
const ingresses = kindOf('networking.k8s.io/v1', 'Ingress')!;
const routes = kindOf('gateway.networking.k8s.io/v1', 'HTTPRoute')!;
const secrets = kindOf('v1', 'Secret')!;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function setUp(fault?: (request: RequestInfo) => void) {
  let current = fault;
  const kube = new InMemoryKube({ fault: request => current?.(request) });
  kube.seed(namespaceType, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  const service = (name: string, labels?: Record<string, string>) =>
    kube.seed(services, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop', labels },
      spec: { ports: [{ port: 80 }] },
    });
  const errors: string[] = [];
  const start = (): RunningCache => {
    const watching = new AbortController();
    const running = startCache({
      reader: kube,
      signal: watching.signal,
      onChange: () => {},
      onError: (kind, error) => errors.push(`${kind}: ${error}`),
    });
    stops.push(async () => {
      watching.abort();
      await running.ended;
    });
    return running;
  };
  return {
    kube,
    service,
    start,
    errors,
    failWith: (next: typeof fault) => {
      current = next;
    },
  };
}

const reads = ({ verb }: RequestInfo) => verb === 'list' || verb === 'watch';

function absentRoutes(request: RequestInfo): void {
  if (reads(request) && request.type.kind === 'HTTPRoute') {
    throw new KubeError('the server could not find the requested resource', {
      status: 404,
    });
  }
}

const viewOf = (running: RunningCache, live: () => never) =>
  new ClusterCache({
    kinds: running.kinds,
    writes: new ReadYourWrites({ monotonic: () => 0 }),
    kubeVersion: async () => undefined,
    live,
  });

const noLiveRead = (): never => {
  throw new Error('nothing is to be read from the server');
};

describe('the cache', () => {
  it('is filled once every kind has been read', async () => {
    const { start } = setUp();
    const running = start();
    expect(running.synced).toBe(false);
    await running.waitForSync();
    expect(running.synced).toBe(true);
  });

  it('keeps ours whole, and of others enough to see whose the name is', async () => {
    const { start, service } = setUp();
    service('ours', { 'understage.dev/application': 'user-service' });
    service('theirs', { app: 'legacy' });
    const running = start();
    await running.waitForSync();
    const view = viewOf(running, noLiveRead);
    const [ours, theirs] = await view.list(services, { namespace: 'shop' });
    expect(ours.spec).toEqual({ ports: [{ port: 80 }] });
    expect(theirs).not.toHaveProperty('spec');
    expect(theirs.metadata).toMatchObject({
      name: 'theirs',
      labels: { app: 'legacy' },
    });
  });

  it('keeps of others who manages them, by name only', async () => {
    const { start, kube } = setUp();
    const managedFields = [
      { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:spec': {} } },
      { manager: 'kubectl', operation: 'Update', fieldsV1: {} },
      { manager: 'lb', subresource: 'status', fieldsV1: {} },
    ];
    const metadata = { name: 'theirs', namespace: 'shop', managedFields };
    kube.seed(services, { apiVersion: 'v1', kind: 'Service', metadata });
    const running = start();
    await running.waitForSync();
    const [theirs] = await viewOf(running, noLiveRead).list(services, {
      namespace: 'shop',
    });
    expect(theirs.metadata).toMatchObject({
      managedFields: [{ manager: 'kubectl' }],
    });
  });

  it.each([
    [
      'an owner',
      {
        ownerReferences: [
          {
            apiVersion: 'paas.understage.dev/v1',
            kind: 'Application',
            name: 'user-service',
            uid: 'uid-1',
          },
        ],
      },
    ],
    [
      'the mark of a volume that is kept',
      { annotations: { 'understage.dev/application-uid': 'uid-1' } },
    ],
  ])(
    'keeps ours whole when somebody takes its label away: %s is left',
    async (_, metadata) => {
      const { start, kube } = setUp();
      kube.seed(services, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'ours', namespace: 'shop', ...metadata },
        spec: { ports: [{ port: 80 }] },
      });
      const running = start();
      await running.waitForSync();
      const view = viewOf(running, noLiveRead);
      const key = { namespace: 'shop', name: 'ours' };
      expect(await view.get(services, key)).toMatchObject({
        spec: { ports: [{ port: 80 }] },
      });
    },
  );

  it('finds who claims a host in the whole cluster, and keeps no more of others than that', async () => {
    const { start, kube } = setUp();
    const claim = (namespace: string, host: string) =>
      kube.seed(ingresses, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web', namespace },
        spec: {
          tls: [{ secretName: 'certificate' }],
          rules: [{ host, http: { paths: [] } }],
        },
      });
    for (const [namespace, host] of [
      ['a', 'shop.example.com'],
      ['b', '*.example.com'],
      ['c', 'cart.example.com'],
      ['d', 'shop.example.io'],
    ]) {
      kube.seed(namespaceType, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      claim(namespace, host);
    }
    const running = start();
    await running.waitForSync();
    const view = viewOf(running, noLiveRead);
    const found = await view.claimants(ingresses, {
      hosts: ['shop.example.com'],
    });
    expect(
      found.map(({ metadata, spec }) => [metadata.namespace, spec]),
    ).toEqual([
      ['a', { rules: [{ host: 'shop.example.com' }] }],
      ['b', { rules: [{ host: '*.example.com' }] }],
    ]);
    expect(view.claimantsOf(['*.example.com'])).toHaveLength(3);
  });

  it('knows by itself what does not exist', async () => {
    const { start } = setUp();
    const running = start();
    await running.waitForSync();
    const view = viewOf(running, noLiveRead);
    const key = { namespace: 'shop', name: 'nobody' };
    expect(await view.get(services, key)).toBeUndefined();
  });

  it('asks the server, as the deployer, for what is not watched', async () => {
    const { start } = setUp();
    const running = start();
    await running.waitForSync();
    const view = viewOf(running, noLiveRead);
    await expect(view.list(secrets, { namespace: 'shop' })).rejects.toThrow(
      'nothing is to be read',
    );
  });

  it('answers nothing before it is filled: an empty list would say that there is nothing', async () => {
    const { start } = setUp(request => {
      if (reads(request) && request.type.kind === 'Service') {
        throw new KubeError('forbidden', { status: 403 });
      }
    });
    const running = start();
    await settle();
    const view = viewOf(running, noLiveRead);
    await expect(view.list(services, { namespace: 'shop' })).rejects.toThrow(
      /the cache of services is not filled yet/,
    );
    expect(running.synced).toBe(false);
  });

  describe('of a kind that the server does not serve', () => {
    it('is filled, and empty', async () => {
      const { start, errors } = setUp(absentRoutes);
      const running = start();
      await running.waitForSync();
      expect(running.synced).toBe(true);
      expect(errors).toEqual([]);
      const view = viewOf(running, noLiveRead);
      expect(await view.list(routes, { namespace: 'shop' })).toEqual([]);
    });

    it('stays filled when the server is away', async () => {
      const { start, failWith, kube } = setUp(absentRoutes);
      const running = start();
      await running.waitForSync();
      failWith(request => {
        if (reads(request)) throw new KubeError('connection refused');
      });
      kube.closeWatches();
      await settle();
      expect(running.synced).toBe(true);
    });
  });

  it('of a kind that there must be is not filled without it', async () => {
    const { start, errors } = setUp(request => {
      if (reads(request) && request.type.kind === 'Job') {
        throw new KubeError('not found', { status: 404 });
      }
    });
    const running = start();
    await settle();
    expect(running.synced).toBe(false);
    expect(errors).toEqual([expect.stringMatching(/^jobs: /)]);
  });
});

describe('warnings', () => {
  it('are those about the objects asked for', async () => {
    const world = await createWorld();
    stops.push(() => world.stop());
    const eventType = {
      group: '',
      version: 'v1',
      kind: 'Event',
      plural: 'events',
      namespaced: true,
    };
    for (const uid of ['mine', 'other']) {
      world.kube.seed(eventType, {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: uid, namespace: 'shop' },
        type: 'Warning',
        reason: 'FailedMount',
        message: 'no volume',
        involvedObject: { kind: 'Pod', name: 'p', namespace: 'shop', uid },
      });
    }
    const mine = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'shop', uid: 'mine' },
    };
    while (world.cache.warnings('shop', [mine]).length === 0) await settle();
    expect(world.cache.warnings('shop', [mine])).toHaveLength(1);
  });
});
