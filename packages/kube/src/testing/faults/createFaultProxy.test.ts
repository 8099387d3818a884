import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectCluster, HttpCluster } from '../../client/connectCluster';
import { HttpWorld, json, startHttpWorld } from '../httpWorld';
import { configMap, configMaps } from '../objects';
import { createFaultProxy, FaultProxy } from './createFaultProxy';
import { FaultRule } from './faultRule';

const key = { namespace: 'shop', name: 'a' };

let directory: string;
let world: HttpWorld;
let proxy: FaultProxy;
let cluster: HttpCluster;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'understage-faults-'));
  world = await startHttpWorld((_request, response) =>
    json(response, 200, configMap(key)),
  );
  const behind = join(directory, 'behind');
  const user = { name: 'u', user: { token: 'from-the-proxy' } };
  const target = {
    server: world.cluster.server,
    'insecure-skip-tls-verify': true,
  };
  const config = {
    clusters: [{ name: 'c', cluster: target }],
    users: [user],
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'main',
  };
  writeFileSync(behind, JSON.stringify(config));
  proxy = await createFaultProxy({ kubeconfig: behind });
  const path = join(directory, 'front');
  writeFileSync(path, proxy.kubeconfig);
  cluster = await connectCluster({ name: 'front', kubeconfig: path });
});
afterEach(async () => {
  await cluster.close();
  await proxy.close();
  await world.close();
  rmSync(directory, { recursive: true });
});

const rule = (action: FaultRule['action']): FaultRule => ({
  name: 'test',
  nth: [1],
  action,
});

describe('createFaultProxy', () => {
  it('hands requests on, in its own identity', async () => {
    expect(await cluster.get(configMaps, key)).toMatchObject({ metadata: key });
    expect(world.seen[0].headers.authorization).toBe('Bearer from-the-proxy');
    expect(proxy.requests('get')).toBe(1);
    expect(proxy.journal).toEqual([]);
  });

  it('hands impersonation on', async () => {
    await cluster.as({ user: 'ada', groups: ['shop'] }).get(configMaps, key);
    expect(world.seen[0].headers).toMatchObject({
      'impersonate-user': 'ada',
      'impersonate-group': 'shop',
    });
  });

  it('answers by itself, with headers, and writes down what it did', async () => {
    proxy.add(
      rule({
        kind: 'status',
        status: 429,
        reason: 'TooManyRequests',
        headers: { 'retry-after': '2' },
      }),
    );
    await expect(cluster.get(configMaps, key)).rejects.toMatchObject({
      status: 429,
      reason: 'TooManyRequests',
      retryAfterMs: 2_000,
    });
    expect(world.seen).toEqual([]);
    expect(proxy.journal).toEqual([
      'get /api/v1/namespaces/shop/configmaps/a: test: status status=429 reason=TooManyRequests',
    ]);
    expect(await cluster.get(configMaps, key)).toBeDefined();
  });

  it.each([
    ['cuts an answer', { kind: 'cut', how: 'fin', afterBytes: 10 }, 1],
    ['resets it', { kind: 'cut', how: 'rst' }, 1],
    ['ends it too early', { kind: 'cut', how: 'end', afterBytes: 10 }, 1],
    ['loses it', { kind: 'dropReply' }, 1],
    ['garbles it', { kind: 'corrupt', how: 'malformedLine' }, 1],
  ] as const)(
    '%s after the server answered',
    async (_what, action, reached) => {
      proxy.add(rule(action));
      await expect(cluster.get(configMaps, key)).rejects.toMatchObject({
        name: 'KubeError',
      });
      expect(world.seen).toHaveLength(reached);
    },
  );

  it('sends a request twice', async () => {
    proxy.add(rule({ kind: 'duplicate' }));
    expect(await cluster.get(configMaps, key)).toBeDefined();
    expect(world.seen).toHaveLength(2);
  });

  it('breaks the connection when there is nobody behind it', async () => {
    await world.close();
    await expect(cluster.get(configMaps, key)).rejects.toMatchObject({
      name: 'KubeError',
      status: undefined,
    });
    world = await startHttpWorld(() => {});
  });
});
