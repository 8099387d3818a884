import { Playground, startPlayground } from '@understage/playground';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectCluster, HttpCluster } from '../client/connectCluster';
import { KubeError } from '../errors';
import { KubeWriter } from '../ports';
import { eventually } from '../testing/eventually';
import {
  createFaultProxy,
  FaultProxy,
} from '../testing/faults/createFaultProxy';
import { Cut, FaultRule, seededRandom } from '../testing/faults/faultRule';
import { fingerprint } from '../testing/fingerprint';
import { configMap, configMaps, namespaces } from '../testing/objects';
import {
  createReflector,
  Reflector,
  ReflectorOptions,
} from './createReflector';

jest.setTimeout(180_000);

/** Short, so that the tests are; the figures of production are tested with an injected clock. */
const backoff = { baseMs: 20, maxMs: 200 };
const WITHIN_MS = 1_000 + backoff.maxMs;
const namespace = 'faults';
const OBJECTS = 600;

let playground: Playground;
let direct: HttpCluster;
let faulty: HttpCluster;
let proxy: FaultProxy;
let writer: KubeWriter;
let changes = 0;

beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  const { kubeconfig } = playground;
  direct = await connectCluster({ name: 'direct', kubeconfig });
  proxy = await createFaultProxy({ kubeconfig, seed: 7 });
  const path = join(playground.directory, 'faults.kubeconfig');
  writeFileSync(path, proxy.kubeconfig);
  faulty = await connectCluster({ name: 'faulty', kubeconfig: path });
  writer = direct.writer({ fieldManager: 'test' });
  const home = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  };
  await writer.create(home, { type: namespaces });
  await Promise.all(
    Array.from({ length: OBJECTS }, (_, index) => put(`c-${index}`)),
  );
});
afterAll(async () => {
  await faulty?.close();
  await proxy?.close();
  await direct?.close();
  await playground?.stop();
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  proxy.clear();
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function put(name: string): Promise<void> {
  changes += 1;
  const object = configMap({ name, namespace }, { change: String(changes) });
  await writer.apply(object, { type: configMaps, force: true });
}

async function remove(name: string): Promise<void> {
  const found = await direct.get(configMaps, { namespace, name });
  if (!found) return;
  await writer.delete(configMaps, found.metadata, {
    uid: found.metadata.uid ?? '',
  });
}

/** Something of everything: a change, an arrival, a departure, and a new object of an old name. */
async function churn(): Promise<void> {
  await put('c-1');
  await put(`late-${changes}`);
  await remove('c-2');
  await remove('c-3');
  await put('c-3');
  await put('c-2');
}

async function start(
  options: Partial<ReflectorOptions> = {},
): Promise<Reflector> {
  const reflector = createReflector({
    reader: faulty,
    type: configMaps,
    namespace,
    backoff,
    ...options,
  });
  const abort = new AbortController();
  const ended = reflector.run(abort.signal);
  stops.push(async () => {
    abort.abort();
    await ended;
  });
  await reflector.waitForSync();
  await eventually('the watch is open', () => reflector.stats().connected);
  return reflector;
}

/** The cache is what a fresh list is, soon. */
async function expectFresh(
  reflector: Reflector,
  withinMs = WITHIN_MS,
): Promise<void> {
  const { items } = await direct.list(configMaps, { namespace });
  const wanted = fingerprint(items);
  await eventually(
    `the cache equals a fresh list; journal: ${proxy.journal
      .slice(-5)
      .join('; ')}`,
    () => fingerprint(reflector.store.list()) === wanted,
    { timeoutMs: withinMs },
  );
  expect(reflector.stats().handlerErrors).toBe(0);
}

const nextWatch = (action: FaultRule['action'], count = 1): FaultRule => ({
  name: 'the next watch',
  verb: 'watch',
  nth: Array.from({ length: count }, (_, index) => index + 1),
  action,
});

describe('a reflector behind a bad connection to a real API server', () => {
  it.each<[Cut]>([['end'], ['fin'], ['rst']])(
    'loses nothing when a watch is cut: %s',
    async how => {
      const reflector = await start();
      expect(proxy.cutWatches(how)).toBe(1);
      await churn();
      await expectFresh(reflector);
      expect(reflector.stats().relists).toBe(0);
    },
  );

  it('loses nothing when a watch is half open: no byte, no end', async () => {
    const reflector = await start({ watchdogMs: 600 });
    expect(proxy.cutWatches('freeze')).toBe(1);
    await churn();
    await expectFresh(reflector, WITHIN_MS + 600);
    expect(reflector.stats().restarts).toBeGreaterThan(0);
  });

  it.each(['watchList', 'pages'] as const)(
    'relists after 410 at the start of a watch (%s)',
    async initialState => {
      const reflector = await start({ initialState });
      proxy.add(nextWatch({ kind: 'status', status: 410, reason: 'Expired' }));
      proxy.cutWatches('rst');
      await churn();
      await expectFresh(reflector);
      expect(reflector.stats().relists).toBe(1);
    },
  );

  it('relists after an ERROR event 410 in a watch', async () => {
    const reflector = await start();
    proxy.add(
      nextWatch({ kind: 'errorEvent', status: 410, reason: 'Expired' }),
    );
    proxy.cutWatches('end');
    await churn();
    await expectFresh(reflector);
    expect(reflector.stats().relists).toBe(1);
  });

  it('begins a list anew after 410 on its second page', async () => {
    proxy.add({
      name: 'the second page',
      verb: 'list',
      path: /continue=/,
      nth: [1],
      action: { kind: 'status', status: 410, reason: 'Expired' },
    });
    const reflector = await start({ initialState: 'pages' });
    await churn();
    await expectFresh(reflector);
    expect(reflector.stats()).toMatchObject({ restarts: 1, relists: 0 });
  });

  it.each([
    ['seconds', () => '1', 1_000],
    ['a date', () => new Date(Date.now() + 2_000).toUTCString(), 2_000],
    ['missing', () => undefined, 0],
    ['junk', () => 'abc', 0],
  ])(
    'waits as told by 429 with Retry-After: %s',
    async (_form, header, waitMs) => {
      const reflector = await start();
      const value = header();
      const headers =
        value === undefined ? undefined : { 'retry-after': value };
      proxy.add(nextWatch({ kind: 'status', status: 429, headers }));
      proxy.cutWatches('rst');
      await churn();
      await expectFresh(reflector, WITHIN_MS + waitMs);
      expect(proxy.journal.at(-1)).toContain('status=429');
    },
  );

  it('survives 500 on lists', async () => {
    proxy.add({
      name: 'lists fail',
      verb: 'list',
      nth: [1, 2],
      action: { kind: 'status', status: 500 },
    });
    const reflector = await start({ initialState: 'pages' });
    await churn();
    await expectFresh(reflector);
    expect(reflector.stats().restarts).toBe(2);
  });

  it('survives 500 and 503 on watches', async () => {
    const reflector = await start();
    proxy.add(nextWatch({ kind: 'status', status: 500 }, 2));
    proxy.add(nextWatch({ kind: 'status', status: 503, body: '<html>' }, 4));
    proxy.cutWatches('rst');
    await churn();
    await expectFresh(reflector);
    expect(reflector.stats().relists).toBe(0);
  });

  it.each(['malformedLine', 'invalidUtf8', 'halfLine'] as const)(
    'takes nonsense in a watch for an error, not for nothing: %s',
    async how => {
      const reflector = await start();
      proxy.add(nextWatch({ kind: 'corrupt', how, afterLines: 1 }));
      proxy.cutWatches('end');
      await churn();
      await churn();
      await expectFresh(reflector);
      expect(reflector.stats().restarts).toBeGreaterThan(0);
    },
  );

  it('takes nothing from a state that was cut in the middle', async () => {
    proxy.add(nextWatch({ kind: 'cut', how: 'end', afterBytes: 20_000 }));
    proxy.add(nextWatch({ kind: 'cut', how: 'rst', afterBytes: 60_000 }, 2));
    const reflector = await start();
    await expectFresh(reflector);
    expect(reflector.stats()).toMatchObject({ relists: 0, restarts: 2 });
  });

  it('waits for a slow server', async () => {
    const reflector = await start();
    proxy.add(nextWatch({ kind: 'delay', ms: 500 }));
    proxy.cutWatches('fin');
    await churn();
    await expectFresh(reflector, WITHIN_MS + 500);
    expect(reflector.stats().relists).toBe(0);
  });

  it('falls back to pages when the server does not offer WatchList', async () => {
    proxy.add({
      name: 'no WatchList',
      verb: 'watch',
      path: /sendInitialEvents/,
      action: { kind: 'status', status: 422, reason: 'Invalid' },
    });
    const reflector = await start();
    await churn();
    await expectFresh(reflector);
    expect(reflector.stats().restarts).toBe(0);
  });

  it('converges after a storm of everything, by a seed', async () => {
    const reflector = await start({ watchdogMs: 800 });
    const often = (
      name: string,
      verb: FaultRule['verb'],
      action: FaultRule['action'],
    ) => proxy.add({ name, verb, probability: 0.3, action });
    often('refuse', 'watch', { kind: 'status', status: 500 });
    often('expire', 'watch', {
      kind: 'status',
      status: 410,
      reason: 'Expired',
    });
    often('tear', 'watch', { kind: 'cut', how: 'rst', afterBytes: 3_000 });
    often('garble', 'watch', {
      kind: 'corrupt',
      how: 'malformedLine',
      afterLines: 2,
    });
    often('freeze', 'watch', { kind: 'cut', how: 'freeze', afterBytes: 1_000 });
    const random = seededRandom(7);
    for (let round = 0; round < 60; round += 1) {
      const name = `c-${Math.floor(random() * 20)}`;
      if (random() < 0.3) await remove(name);
      else await put(name);
      if (random() < 0.2) proxy.cutWatches(random() < 0.5 ? 'rst' : 'fin');
    }
    proxy.clear();
    await churn();
    await expectFresh(reflector, WITHIN_MS + 800);
    expect(reflector.stats().restarts).toBeGreaterThan(3);
  });

  it('says so while the API server is gone, and is fresh again after its restart', async () => {
    const reflector = await start();
    await playground.kill('kube-apiserver');
    await eventually('the cache knows', () => !reflector.stats().connected);
    await eventually('it counts', () => reflector.stats().staleSeconds > 0.2);
    expect(reflector.snapshot()).toMatchObject({ complete: true });
    expect(reflector.stats().trouble).toMatch(/broke|refused/);
    await playground.restart('kube-apiserver');
    await churn();
    await expectFresh(reflector);
    expect(reflector.stats()).toMatchObject({
      connected: true,
      staleSeconds: 0,
    });
  });
});

describe('a write whose answer is lost after the server did it', () => {
  const through = () => faulty.writer({ fieldManager: 'careless' });
  const lose = (verb: FaultRule['verb']) =>
    proxy.add({ name: 'lost', verb, nth: [1], action: { kind: 'dropReply' } });

  it('is an error without a status, and the same apply again changes nothing', async () => {
    const object = configMap({ name: 'lost-apply', namespace }, { a: '1' });
    lose('apply');
    await expect(
      through().apply(object, { type: configMaps }),
    ).rejects.toMatchObject({ name: 'KubeError', status: undefined });
    const key = { namespace, name: 'lost-apply' };
    const first = await direct.get(configMaps, key);
    const outcome = await through().apply(object, { type: configMaps });
    expect(outcome).toMatchObject({ kind: 'written', created: false });
    const second = await direct.get(configMaps, key);
    expect(second?.metadata.resourceVersion).toBe(
      first?.metadata.resourceVersion,
    );
  });

  it('makes the next create a conflict, and the object is there once', async () => {
    const object = configMap({ name: 'lost-create', namespace });
    lose('create');
    await expect(
      through().create(object, { type: configMaps }),
    ).rejects.toBeInstanceOf(KubeError);
    expect(await through().create(object, { type: configMaps })).toMatchObject({
      kind: 'conflict',
      managers: [],
    });
  });

  it('makes the next delete find nothing', async () => {
    await put('lost-delete');
    const found = await direct.get(configMaps, {
      namespace,
      name: 'lost-delete',
    });
    const options = { uid: found?.metadata.uid ?? '' };
    const key = { namespace, name: 'lost-delete' };
    lose('delete');
    await expect(
      through().delete(configMaps, key, options),
    ).rejects.toBeInstanceOf(KubeError);
    expect(await through().delete(configMaps, key, options)).toEqual({
      kind: 'absent',
    });
  });

  it('answers a request that arrived twice as the second one', async () => {
    proxy.add({
      name: 'twice',
      verb: 'create',
      nth: [1],
      action: { kind: 'duplicate' },
    });
    const object = configMap({ name: 'twice', namespace });
    expect(await through().create(object, { type: configMaps })).toMatchObject({
      kind: 'conflict',
    });
  });
});
