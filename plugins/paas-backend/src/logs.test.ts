import {
  Impersonation,
  KubeCluster,
  KubeError,
  PodLogQuery,
} from '@understage/kube';
import { LogMessage, PaasClient } from '@understage/plugin-paas-common';
import {
  clusterDeployment,
  clusterObject,
  createClustersDouble,
} from '@understage/plugin-paas-node';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  deny,
  seedClusters,
  StartedApi,
  startApi,
} from './__testUtils__/startApi';

const ref = { cluster: 'playground', namespace: 'shop', name: 'checkout' };
const logs = '/applications/playground/shop/checkout/logs';

const deployment = {
  ...clusterDeployment({
    namespace: 'shop',
    application: 'checkout',
    desired: 2,
    ready: 2,
  }),
};
const application = { namespace: 'shop', name: 'checkout' };
const owned = {
  ...deployment,
  metadata: {
    ...deployment.metadata,
    ownerReferences: [
      {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Application',
        name: 'checkout',
        uid: 'Application-shop-checkout',
      },
    ],
  },
};

const running = { name: 'web', ready: true, restartCount: 0 };

function pod(
  name: string,
  status: object = { ...running, state: { running: {} } },
  owner: typeof deployment | undefined = owned,
) {
  return clusterObject('Pod', {
    name,
    namespace: 'shop',
    owner,
    labels: {
      'understage.dev/application': 'checkout',
      'understage.dev/component': 'web',
    },
    status: { phase: 'Running', containerStatuses: [status] },
  });
}

/** A cluster of which only logs can be read: each container's lines, or what the server objects. */
class LogCluster {
  readonly asked: (PodLogQuery & { readonly as: Impersonation })[] = [];
  readonly lines = new Map<string, readonly string[] | Error>();
  /** Follows that have been opened and not been left. */
  open = 0;

  readonly cluster: KubeCluster = {
    ...silent(),
    name: 'playground',
    as: identity => ({
      ...silent(),
      logs: { lines: query => this.read(identity, query) },
    }),
  };

  private async *read(as: Impersonation, query: PodLogQuery) {
    const answer = this.lines.get(query.pod) ?? [];
    this.asked.push({ ...query, as });
    if (answer instanceof Error) throw answer;
    if (query.tailLines === 0) return;
    yield* answer;
    if (!query.follow) return;
    this.open += 1;
    try {
      await new Promise((_, reject) => {
        query.signal?.addEventListener('abort', () =>
          reject(new Error('aborted')),
        );
      });
    } finally {
      this.open -= 1;
    }
  }
}

function silent(): KubeCluster {
  const found = createClustersDouble().cluster('playground');
  if (!found) throw new Error('the double has no cluster');
  return found;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

describe('the logs of an application', () => {
  let api: StartedApi;
  let kube: LogCluster;
  let person = 0;

  beforeEach(async () => {
    kube = new LogCluster();
    api = await startApi({ cluster: kube.cluster });
    seedClusters(api.clusters);
    api.clusters.put('playground', owned, pod('web-1'), pod('web-2'));
    api.clusters.settle();
    kube.lines.set('web-1', ['2026-11-23T04:00:00.000000001Z one', 'two']);
    kube.lines.set('web-2', ['three']);
  });
  afterEach(() => api.stop());

  const somebody = () => {
    person += 1;
    return `user:default/reader-${person}`;
  };
  const client = () => {
    const user = somebody();
    return new PaasClient({
      baseUrl: async () => `http://localhost:${api.port}/api/paas`,
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...init?.headers,
            authorization: mockCredentials.user.header(user),
          },
        }),
    });
  };
  const collect = async (query = {}) => {
    const messages: LogMessage[] = [];
    await client().readLogs(ref, query, {
      onMessage: message => messages.push(message),
      signal: new AbortController().signal,
    });
    return messages;
  };
  /** Follows until the test ends it. */
  const follow = (query = {}) => {
    const messages: LogMessage[] = [];
    const abort = new AbortController();
    const done = client().readLogs(
      ref,
      { follow: true, ...query },
      { onMessage: message => messages.push(message), signal: abort.signal },
    );
    const saw = (type: LogMessage['type']) =>
      messages.filter(message => message.type === type);
    return { messages, saw, done, leave: () => abort.abort() };
  };

  it('are one answer for an agent, of what fits into one', async () => {
    kube.lines.set('web-1', Array(100).fill('x'.repeat(16_000)));
    const action = '/.backstage/actions/v1/actions/paas:read-logs/invoke';
    const { body } = await api.send('post', action, somebody()).send(ref);
    expect(body.output.answer.at(-1).message).toContain(
      'more than the 1000000',
    );
    expect(JSON.stringify(body).length).toBeLessThan(1_200_000);
  });

  it('are those of all its containers, with the time of each line, and come to an end', async () => {
    const messages = await collect();
    expect(messages.filter(({ type }) => type === 'ended')).toHaveLength(2);
    expect(messages.at(-1)).toEqual({ type: 'end' });
    expect(messages).toEqual(
      expect.arrayContaining([
        {
          type: 'reading',
          sources: [
            { pod: 'web-1', container: 'web' },
            { pod: 'web-2', container: 'web' },
          ],
          left: 0,
        },
        {
          type: 'lines',
          pod: 'web-1',
          container: 'web',
          lines: [
            { at: '2026-11-23T04:00:00.000000001Z', text: 'one' },
            { text: 'two' },
          ],
        },
        {
          type: 'lines',
          pod: 'web-2',
          container: 'web',
          lines: [{ text: 'three' }],
        },
      ]),
    );
  });

  it('are read as the person who asks, never as the portal', async () => {
    await collect({ pod: 'web-1', tailLines: 7, sinceSeconds: 60 });
    expect(kube.asked.map(({ as }) => as)).toEqual([
      {
        user: 'understage:user:default/ada',
        groups: ['understage:group:default/team-shop'],
      },
      {
        user: 'understage:user:default/ada',
        groups: ['understage:group:default/team-shop'],
      },
    ]);
    expect(kube.asked[1]).toMatchObject({
      namespace: 'shop',
      pod: 'web-1',
      container: 'web',
      tailLines: 7,
      sinceSeconds: 60,
      follow: false,
    });
  });

  it('are refused with a sentence to whom the cluster refuses them', async () => {
    const message = 'pods "web-1" is forbidden: User can not get pods/log';
    kube.lines.set('web-1', new KubeError(message, { status: 403 }));
    const { body } = await api.send('get', logs, somebody()).expect(403);
    expect(body.error.message).toBe(
      `You may not read logs in namespace shop of cluster playground. Whoever gives out roles there can bind you understage-application-editor (${message}).`,
    );
  });

  it('need a permission of their own', async () => {
    api.decisions.set('paas.application.logs', deny);
    const { body } = await api.send('get', logs, somebody()).expect(403);
    expect(body.error.message).toContain('paas.application.logs');
    api.decisions.set('paas.application.read', deny);
    await api.send('get', logs, somebody()).expect(404);
    expect(kube.asked).toEqual([]);
  });

  it('are not those of a pod that only says it belongs to the application', async () => {
    const stranger = pod('stranger', undefined, undefined);
    api.clusters.put('playground', {
      ...stranger,
      metadata: { ...stranger.metadata, ownerReferences: [] },
    });
    api.clusters.settle();
    const { body } = await api
      .send('get', `${logs}?pod=stranger`, somebody())
      .expect(404);
    expect(body.error.message).toContain('has no pod named stranger');
    expect(JSON.stringify(await collect())).not.toContain('stranger');
  });

  it.each([
    ['pod=../secrets', 400],
    ['pod=web-9', 404],
    ['pod=web-1&container=sidecar', 404],
    ['tailLines=0', 400],
    ['tailLines=5001', 400],
    ['sinceSeconds=-1', 400],
    ['previous=maybe', 400],
    ['limitBytes=1', 400],
  ])('are not read for %s', async (query, status) => {
    const { body } = await api
      .send('get', `${logs}?${query}`, somebody())
      .expect(status);
    expect(body.error.message).toMatch(/\.$/);
    expect(kube.asked).toEqual([]);
  });

  it('say which container has none, and go on with the others', async () => {
    kube.lines.set('web-2', new KubeError('no such log', { status: 400 }));
    const messages = await collect();
    expect(messages).toContainEqual({
      type: 'problem',
      pod: 'web-2',
      container: 'web',
      message: 'no such log',
    });
    expect(messages.at(-1)).toEqual({ type: 'end' });
  });

  it('say that the cluster does not answer', async () => {
    kube.lines.set('web-1', new KubeError('the connection was refused'));
    const { body } = await api.send('get', logs, somebody()).expect(503);
    expect(body.error.message).toContain('cluster playground does not answer');
  });

  it('of the run before are read of containers that had one', async () => {
    const again = { running: {} };
    const died = { terminated: { exitCode: 1 } };
    api.clusters.put(
      'playground',
      pod('web-2', {
        ...running,
        restartCount: 1,
        state: again,
        lastState: died,
      }),
    );
    api.clusters.settle();
    const [reading] = await collect({ previous: true, follow: true });
    expect(reading).toMatchObject({
      sources: [{ pod: 'web-2', container: 'web' }],
    });
    expect(kube.asked.at(-1)).toMatchObject({ previous: true, follow: false });
  });

  it('are empty, and end, when nothing has started', async () => {
    const waiting = { name: 'web', ready: false, state: { waiting: {} } };
    api.clusters.put(
      'playground',
      pod('web-1', waiting),
      pod('web-2', waiting),
    );
    api.clusters.settle();
    expect(await collect()).toEqual([
      { type: 'reading', sources: [], left: 0 },
      { type: 'end' },
    ]);
  });

  it('are followed, also those of containers that start or restart later', async () => {
    const { saw, done, leave } = follow();
    await until(() => saw('lines').length === 2);
    kube.lines.set('web-3', ['four']);
    api.clusters.put(
      'playground',
      pod('web-3'),
      pod('web-1', { ...running, restartCount: 1, state: { running: {} } }),
    );
    api.clusters.settle();
    await until(() => saw('lines').length === 4);
    expect(saw('reading').at(-1)).toMatchObject({
      sources: [{ pod: 'web-1' }, { pod: 'web-3' }],
    });
    expect(kube.open).toBe(4);
    leave();
    await done;
    await until(() => kube.open === 0);
  });

  it('end when the application is deleted', async () => {
    const { saw, done } = follow();
    await until(() => saw('lines').length === 2);
    api.clusters.remove(
      'playground',
      clusterObject('Application', application),
    );
    api.clusters.settle();
    await done;
    expect(saw('end')).toEqual([
      { type: 'end', message: 'The application was deleted.' },
    ]);
    await until(() => kube.open === 0);
  });

  it('of more containers than one page can take are left out, and counted', async () => {
    const names = Array.from({ length: 25 }, (_, at) => `web-${at + 1}`);
    api.clusters.put('playground', ...names.map(name => pod(name)));
    api.clusters.settle();
    const { messages, saw, leave, done } = follow();
    await until(() => saw('reading').length > 0);
    expect(messages[0]).toMatchObject({ type: 'reading', left: 5 });
    await until(() => kube.open === 20);
    leave();
    await done;
    await until(() => kube.open === 0);
  });

  it('are open a few times at once for one person, not without end', async () => {
    const user = somebody();
    const streams = new AbortController();
    const open = () =>
      fetch(`http://localhost:${api.port}/api/paas${logs}?follow=true`, {
        headers: { authorization: mockCredentials.user.header(user) },
        signal: streams.signal,
      });
    for (let count = 0; count < 8; count += 1) {
      expect((await open()).status).toBe(200);
    }
    expect((await open()).status).toBe(429);
    streams.abort();
    await until(() => kube.open === 0);
  });
});
