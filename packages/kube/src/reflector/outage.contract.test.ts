import { Playground, startPlayground } from '@understage/playground';
import { setTimeout as delay } from 'node:timers/promises';
import { connectCluster, HttpCluster } from '../client/connectCluster';
import { eventually } from '../testing/eventually';
import { fingerprint } from '../testing/fingerprint';
import { configMap, configMaps, namespaces } from '../testing/objects';
import { createReflector, Reflector } from './createReflector';

jest.setTimeout(180_000);

const namespace = 'outage';
/** As many as a portal watches kinds. */
const WATCHES = 24;
/** Long enough for back-offs of seconds: without looking for the server the last watch would come many seconds late. */
const OUTAGE_MS = 15_000;
/** A second between two looks at the server, half a second of spreading, a second for the reads themselves. */
const FRESH_WITHIN_MS = 2_500;

let playground: Playground;
let cluster: HttpCluster;
const abort = new AbortController();
const running: Promise<void>[] = [];
let reflectors: readonly Reflector[] = [];

beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  const { kubeconfig } = playground;
  cluster = await connectCluster({ name: 'outage', kubeconfig });
  const home = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  };
  await cluster
    .writer({ fieldManager: 'test' })
    .create(home, { type: namespaces });
  reflectors = Array.from({ length: WATCHES }, () =>
    createReflector({ reader: cluster, type: configMaps, namespace }),
  );
  running.push(...reflectors.map(each => each.run(abort.signal)));
  await Promise.all(reflectors.map(each => each.waitForSync()));
});

afterAll(async () => {
  abort.abort();
  await Promise.all(running);
  await cluster?.close();
  await playground?.stop();
});

const connected = () =>
  reflectors.filter(each => each.stats().connected).length;

describe('all watches of one API server, with the back-off of production', () => {
  it('are fresh again within 1 s and the first back-off after it answers again, however long it was away', async () => {
    await playground.kill('kube-apiserver');
    await eventually('all watches know', () => connected() === 0);
    await delay(OUTAGE_MS);
    await playground.restart('kube-apiserver');
    const back = performance.now();
    await cluster
      .writer({ fieldManager: 'test' })
      .apply(configMap({ name: 'news', namespace }), { type: configMaps });
    const { items } = await cluster.list(configMaps, { namespace });
    const wanted = fingerprint(items);
    await eventually(
      'every cache equals a fresh list',
      () =>
        reflectors.every(
          each =>
            each.stats().connected && fingerprint(each.store.list()) === wanted,
        ),
      { timeoutMs: 30_000 },
    );
    expect(performance.now() - back).toBeLessThan(FRESH_WITHIN_MS);
  });

  it('look at it about once a second while it is away, all together', async () => {
    const looks = () =>
      cluster.statistics
        .stats()
        .requests.filter(({ verb }) => verb === 'discover')
        .reduce((sum, { count }) => sum + count, 0);
    await playground.kill('kube-apiserver');
    await eventually('all watches know', () => connected() === 0);
    const before = looks();
    await delay(10_000);
    const seen = looks() - before;
    await playground.restart('kube-apiserver');
    await eventually('all are connected', () => connected() === WATCHES);
    expect(seen).toBeGreaterThan(5);
    expect(seen).toBeLessThan(25);
  });
});
