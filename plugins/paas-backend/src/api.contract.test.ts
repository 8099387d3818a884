import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { connectCluster } from '@understage/kube';
import {
  applicationsTopic,
  createProjection,
  PaasClient,
  StreamMessage,
} from '@understage/plugin-paas-common';
import {
  createPaasClusters,
  paasClustersServiceRef,
  RunningPaasClusters,
  startReflectorWatches,
  watchedKinds,
} from '@understage/plugin-paas-node';
import { Playground, startPlayground } from '@understage/playground';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { paasPlugin } from './plugin';

const root = path.resolve(__dirname, '../../..');
const seed = readFileSync(
  path.join(root, 'examples/applications/user-service.yaml'),
  'utf8',
);
const ref = { cluster: 'playground', namespace: 'shop', name: 'user-service' };

async function until<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 25));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** The API on a real control plane: the portal reads as its own account and writes as the person, never as admin. */
describe('the API on a real cluster', () => {
  let playground: Playground;
  let clusters: RunningPaasClusters;
  let backend: TestBackend;
  let client: PaasClient;
  let person = { user: '', groups: [''] };

  beforeAll(async () => {
    playground = await startPlayground({
      components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
    });
    const files = [
      'crds',
      'deploy/namespace.yaml',
      'deploy/portal-rbac.yaml',
      'deploy/deployer.yaml',
      'examples/platform/namespaces.yaml',
    ];
    for (const file of files) {
      await playground.kubectl([
        'apply',
        '--server-side',
        '-f',
        path.join(root, file),
      ]);
    }
    const { kubeconfig } = await playground.serviceAccountKubeconfig({
      namespace: 'understage-system',
      name: 'understage-portal',
    });
    clusters = createPaasClusters({
      clusters: [await connectCluster({ name: 'playground', kubeconfig })],
      kinds: watchedKinds,
      startWatch: startReflectorWatches({ project: createProjection() }),
      logger: mockServices.logger.mock(),
      now: () => new Date(),
      defer: setImmediate,
    });
    await clusters.ready;
    const userInfo = mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: person.user,
        ownershipEntityRefs: person.groups,
      }),
    });
    backend = await startTestBackend({
      features: [
        paasPlugin,
        mockServices.rootConfig.factory({ data: { paas: {} } }),
        mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
        userInfo.factory,
        createServiceFactory({
          service: paasClustersServiceRef,
          deps: {},
          factory: () => clusters,
        }),
      ],
    });
    client = new PaasClient({
      baseUrl: async () => `http://localhost:${backend.server.port()}/api/paas`,
      fetch: (url, init) => fetch(url, init),
    });
  }, 120_000);

  afterAll(async () => {
    await backend?.stop();
    await clusters?.stop();
    await playground?.stop();
  }, 60_000);

  beforeEach(() => {
    person = {
      user: 'user:default/grace',
      groups: ['user:default/grace', 'group:default/team-shop'],
    };
  });

  it('sees the cluster as live, with what the portal may read', async () => {
    const freshness = await until('a live cluster', async () => {
      const { items } = await client.listClusters();
      return items[0].freshness.kind === 'live'
        ? items[0].freshness
        : undefined;
    });
    expect(freshness.kind).toBe('live');
  });

  it('applies the seed file as the person, and tells the stream', async () => {
    const messages: StreamMessage[] = [];
    const stop = new AbortController();
    const stream = client.stream([applicationsTopic()], {
      signal: stop.signal,
      onMessage: message => messages.push(message),
    });
    const applied = await client.apply({
      cluster: 'playground',
      namespace: 'shop',
      application: seed,
    });
    expect(applied).toMatchObject({ kind: 'applied', ref });
    const seen = await until('the application on the stream', () =>
      messages.find(
        message =>
          message.type === 'applications' &&
          message.upserts.some(({ name }) => name === 'user-service'),
      ),
    );
    expect(seen).toMatchObject({ total: 1 });
    stop.abort();
    await stream;
    const managers = await playground.kubectl([
      'get',
      'applications',
      '-n',
      'shop',
      'user-service',
      '--show-managed-fields',
      '-o',
      'jsonpath={.metadata.managedFields[*].manager}',
    ]);
    expect(managers).toContain('understage-portal');
  }, 60_000);

  it('pauses, pins and lets go of both, whatever the file says', async () => {
    await until('the application in the cache', () =>
      client.getApplication(ref).catch(() => undefined),
    );
    const spec = async () =>
      JSON.parse(
        await playground.kubectl([
          'get',
          'applications',
          '-n',
          'shop',
          'user-service',
          '-o',
          'json',
        ]),
      ).spec;
    await client.pause(ref);
    await client.apply({
      cluster: 'playground',
      namespace: 'shop',
      application: seed,
    });
    expect((await spec()).paused).toBe(true);
    await client.resume(ref);
    expect((await spec()).paused ?? false).toBe(false);
    await client.rollback(ref, 1);
    expect((await spec()).revision).toBe(1);
    await client.rollback(ref, null);
    expect((await spec()).revision).toBeUndefined();
  }, 60_000);

  it('is refused what the person may not do there', async () => {
    person = {
      user: 'user:default/linus',
      groups: ['user:default/linus', 'group:default/team-data'],
    };
    await expect(
      client.apply({
        cluster: 'playground',
        namespace: 'shop',
        application: seed.replace('user-service', 'intruder'),
      }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('linus'),
    });
    await expect(client.deleteApplication(ref)).rejects.toMatchObject({
      kind: 'forbidden',
    });
  }, 60_000);

  it('may not act as somebody whom nobody listed', async () => {
    person = { user: 'user:default/mallory', groups: ['user:default/mallory'] };
    await expect(
      client.apply({
        cluster: 'playground',
        namespace: 'shop',
        application: seed,
      }),
    ).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('impersonate'),
    });
  }, 60_000);

  it('plans without reading Secrets', async () => {
    const application = seed.replace(/^ {4}- name: redis[\s\S]*/m, '');
    const plan = await client.plan({
      cluster: 'playground',
      namespace: 'shop',
      application,
    });
    expect(plan).toMatchObject({ kind: 'planned', warnings: [] });
  }, 60_000);

  it('keeps showing what it knows while the API server is away, and recovers by itself', async () => {
    await playground.kill('kube-apiserver');
    const stale = await until('a stale cluster', async () => {
      const list = await client.listApplications();
      return list.freshness.kind === 'stale' ? list : undefined;
    });
    expect(stale.items.map(({ name }) => name)).toContain('user-service');
    await expect(client.pause(ref)).rejects.toMatchObject({ status: 503 });
    await playground.restart('kube-apiserver');
    await until('a live cluster again', async () => {
      const list = await client.listApplications();
      return list.freshness.kind === 'live' ? list : undefined;
    });
    await client.deleteApplication(ref);
    await until('the application to be gone', async () => {
      const { total } = await client.listApplications();
      return total === 0 ? true : undefined;
    });
  }, 90_000);
});
