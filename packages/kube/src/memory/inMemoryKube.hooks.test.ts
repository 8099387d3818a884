import { KubeError } from '../errors';
import { KubeObject } from '../objects';
import { WatchEvent } from '../ports';
import { settle } from '../testing/manualTiming';
import {
  configMap,
  configMaps,
  deployment,
  deployments,
  namespaces,
} from '../testing/objects';
import { InMemoryKube, InMemoryKubeOptions } from './inMemoryKube';

const key = { namespace: 'shop', name: 'a' };
const type = configMaps;

function start(options: InMemoryKubeOptions = {}) {
  const kube = new InMemoryKube(options);
  kube.seed(namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
  return { kube, writer: kube.writer({ fieldManager: 'test' }) };
}

/** Collects what a watch tells until the test ends. */
function listen(kube: InMemoryKube, resourceVersion: string) {
  const events: string[] = [];
  const abort = new AbortController();
  const stream = kube.watch(type, {
    resourceVersion,
    timeoutSeconds: 300,
    signal: abort.signal,
  });
  const brief = (event: WatchEvent) =>
    event.type === 'BOOKMARK'
      ? `BOOKMARK ${event.resourceVersion}`
      : `${event.type} ${event.object.metadata.name}`;
  const ended = (async () => {
    for await (const event of stream) events.push(brief(event));
    return 'ended';
  })();
  return { events, ended, stop: () => abort.abort() };
}

describe('what tests can arrange in an in-memory cluster', () => {
  it('puts objects there with a status, as if somebody else had', async () => {
    const { kube, writer } = start();
    const object = { ...deployment(key), status: { readyReplicas: 2 } };
    expect(kube.seed(deployments, object)).toMatchObject({
      status: { readyReplicas: 2 },
      metadata: { generation: 1 },
    });
    expect(kube.writes).toEqual([]);
    // Nobody owns its fields, so that nobody is in the way.
    expect(
      await writer.apply(deployment(key, { replicas: 3 }), {
        type: deployments,
      }),
    ).toMatchObject({ kind: 'written', changed: true });
  });

  it('counts writes that changed something, and requests of all kinds', async () => {
    const { kube, writer } = start();
    await writer.apply(configMap(key, { x: '1' }), { type });
    await writer.apply(configMap(key, { x: '1' }), { type });
    await kube
      .writer({ fieldManager: 'test', dryRun: true })
      .apply(configMap(key, { x: '2' }), { type });
    await kube.get(type, key);
    expect(kube.writes.map(({ verb, name }) => `${verb} ${name}`)).toEqual([
      'create a',
    ]);
    expect(kube.requests('patch')).toBe(3);
    expect(kube.requests('get')).toBe(1);
    expect(kube.requests('delete')).toBe(0);
  });

  it('refuses as RBAC would, with its sentence', async () => {
    const { kube } = start({ allow: ({ verb }) => verb === 'get' });
    await expect(kube.list(type, { namespace: 'shop' })).rejects.toMatchObject({
      status: 403,
      message:
        'configmaps is forbidden: User "admin" cannot list resource "configmaps" in API group "" in the namespace "shop"',
    });
    await expect(kube.list(type)).rejects.toThrow('at the cluster scope');
    expect(await kube.get(type, key)).toBeUndefined();
  });

  it('needs the right to create of whoever applies something new', async () => {
    const { kube } = start({ allow: ({ verb }) => verb === 'patch' });
    const writer = kube.writer({
      fieldManager: 'x',
      impersonate: { user: 'ada' },
    });
    expect(await writer.apply(configMap(key), { type })).toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('User "ada" cannot create'),
    });
    kube.seed(type, configMap(key));
    expect(
      await writer.apply(configMap(key, { x: '1' }), { type }),
    ).toMatchObject({ kind: 'written' });
  });

  it('refuses objects as a quota or a policy would', async () => {
    const { writer } = start({
      admit: (_request, object) =>
        object.metadata.name === 'a' ? 'exceeded quota' : undefined,
    });
    expect(await writer.create(configMap(key), { type })).toEqual({
      kind: 'forbidden',
      message: 'exceeded quota',
    });
  });

  it('fails before anything happens, or loses the answer after it did', async () => {
    let before = true;
    let after = false;
    const broken = new KubeError('the connection broke');
    const { kube, writer } = start({
      fault: ({ verb }) => {
        if (before && verb === 'create') throw broken;
      },
      loseAnswer: () => {
        if (after) throw broken;
      },
    });
    await expect(writer.create(configMap(key), { type })).rejects.toBe(broken);
    expect((await kube.list(type)).items).toEqual([]);
    before = false;
    after = true;
    await expect(writer.create(configMap(key), { type })).rejects.toBe(broken);
    expect((await kube.list(type)).items).toHaveLength(1);
    const [{ metadata }] = (await kube.list(type)).items;
    const uid = metadata.uid ?? '';
    await expect(writer.delete(type, key, { uid })).rejects.toBe(broken);
    expect((await kube.list(type)).items).toEqual([]);
  });

  it('sends bookmarks, ends watches and forgets history when told to', async () => {
    const { kube } = start();
    const { resourceVersion } = await kube.list(type);
    const watch = listen(kube, resourceVersion);
    kube.seed(type, configMap(key));
    kube.bookmark();
    await settle();
    const version = (await kube.list(type)).resourceVersion;
    expect(watch.events).toEqual(['ADDED a', `BOOKMARK ${version}`]);
    kube.closeWatches();
    await expect(watch.ended).resolves.toBe('ended');
    kube.compact();
    await expect(listen(kube, resourceVersion).ended).rejects.toMatchObject({
      status: 410,
      reason: 'Expired',
    });
    const again = listen(kube, version);
    again.stop();
    await expect(again.ended).resolves.toBe('ended');
  });

  it('forgets by itself what is too long ago', async () => {
    const { kube } = start({ history: 2 });
    const { resourceVersion } = await kube.list(type);
    for (const x of ['1', '2', '3', '4']) {
      kube.seed(type, configMap(key, { x }));
    }
    await expect(listen(kube, resourceVersion).ended).rejects.toMatchObject({
      status: 410,
    });
  });

  it('forgets lists that are half read', async () => {
    const { kube } = start();
    kube.seed(type, configMap(key));
    kube.seed(type, configMap({ ...key, name: 'b' }));
    const first = await kube.listPage(type, { limit: 1 });
    const rest = { limit: 1, continue: first.continue };
    await expect(kube.listPage(type, rest)).resolves.toMatchObject({
      items: [{ metadata: { name: 'b' } }],
    });
    kube.compact();
    await expect(kube.listPage(type, rest)).rejects.toMatchObject({
      status: 410,
    });
  });

  it('empties a namespace that is deleted', async () => {
    const { kube, writer } = start();
    kube.seed(type, configMap(key));
    const shop = await kube.get(namespaces, { name: 'shop' });
    const uid = shop?.metadata.uid ?? '';
    await writer.delete(namespaces, { name: 'shop' }, { uid });
    expect((await kube.list(type)).items).toEqual([]);
    expect(await writer.create(configMap(key), { type })).toMatchObject({
      kind: 'missing',
    });
  });

  it('is not changed by what a caller does to an object after it was sent', async () => {
    const { kube, writer } = start();
    const data = { x: '1' };
    await writer.create(configMap(key, data), { type });
    data.x = 'changed by its sender';
    const found: KubeObject | undefined = await kube.get(type, key);
    expect(found?.data).toEqual({ x: '1' });
  });

  it('counts a deletion that waits for finalizers as a new generation', async () => {
    const { kube, writer } = start();
    const metadata = { ...key, finalizers: ['example.com/wait'] };
    const object = kube.seed(deployments, deployment(metadata));
    const uid = object.metadata.uid ?? '';
    await writer.delete(deployments, key, { uid });
    const held = await kube.get(deployments, key);
    expect(held?.metadata).toMatchObject({
      generation: 2,
      deletionTimestamp: expect.any(String),
    });
  });
});
