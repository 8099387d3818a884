import { RequestInfo } from '@understage/kube';
import { applicationType } from '@understage/plugin-paas-node';
import { DeposedError } from './execution/fence';
import {
  createWorld,
  frontend,
  redis,
  seed,
  typeOf,
  World,
  WorldOptions,
} from './__testUtils__/createWorld';

let world: World;
async function start(options?: WorldOptions): Promise<World> {
  world = await createWorld(options);
  return world;
}
afterEach(() => world?.stop());

const conditionOf = async (type: string) =>
  (await world.status()).conditions.find(each => each.type === type);

describe('a new application', () => {
  it('gets its release first, then its objects, and waits with what depends on what is not there yet', async () => {
    await start();
    await world.apply(seed);
    const { writes, result } = await world.reconcile();
    expect(writes.slice(0, 2)).toEqual([
      'create Secret/user-service.release-1',
      'create ControllerRevision/user-service-1',
    ]);
    expect(writes).toContain('create StatefulSet/user-service-redis-master');
    expect(writes).not.toContain('create Deployment/user-service-frontend');
    expect(writes.at(-1)).toBe('patch Application/user-service/status');
    // Once a minute, should no watch tell that the dependency is there.
    expect(result.kind).toBe('requeueAfter');
    expect(await world.status()).toMatchObject({
      state: 'Waiting',
      release: { current: 1 },
      components: [
        { name: 'frontend', reason: 'WaitingForDependency' },
        { name: 'redis', state: 'Progressing' },
      ],
    });
  });

  it('is ready when its objects are, and its release is the available one', async () => {
    await start();
    await world.untilReady(seed);
    expect(await world.status()).toMatchObject({
      state: 'Ready',
      release: { current: 1, available: 1 },
    });
    expect((await conditionOf('Ready'))?.status).toBe('True');
  });

  it('owns what it made', async () => {
    await start();
    await world.untilReady(seed);
    for (const kind of ['Deployment', 'Service', 'ControllerRevision']) {
      for (const { metadata } of await world.list(kind)) {
        expect(metadata.ownerReferences).toEqual([
          expect.objectContaining({
            kind: 'Application',
            name: 'user-service',
            controller: true,
          }),
        ]);
      }
    }
  });
});

describe('an unchanged application', () => {
  it('costs no write, however often it is looked at', async () => {
    await start();
    await world.untilReady(seed);
    for (let look = 0; look < 3; look += 1) {
      expect(await world.reconcile()).toEqual({
        result: { kind: 'done' },
        writes: [],
      });
    }
  });

  it('costs no write when the watch lags behind our own writes', async () => {
    await start();
    await world.apply(seed);
    await world.reconcile();
    const before = world.kube.requests('patch');
    await world.reconcile();
    // The status may say more now; no child is sent again.
    expect(world.kube.requests('patch') - before).toBeLessThanOrEqual(1);
  });
});

describe('an invalid specification', () => {
  it('is reported with every problem, and touches nothing', async () => {
    await start();
    await world.untilReady(seed);
    const before = await world.list('Deployment');
    await world.apply({ components: [{ ...frontend, replcias: 2 }] });
    const { writes, result } = await world.reconcile();
    expect(writes).toEqual(['patch Application/user-service/status']);
    expect(result).toEqual({ kind: 'done' });
    expect(await conditionOf('Valid')).toMatchObject({
      status: 'False',
      reason: 'Invalid',
      message: expect.stringContaining('did you mean'),
    });
    expect(await world.list('Deployment')).toEqual(before);
  });

  it('keeps the release in mind that was available', async () => {
    await start();
    await world.untilReady(seed);
    await world.apply({ components: 'nonsense' });
    await world.converge();
    expect((await world.status()).release).toEqual({
      current: 1,
      available: 1,
    });
  });

  it('is over when it is put right', async () => {
    await start();
    await world.untilReady(seed);
    await world.apply({ components: 'nonsense' });
    await world.converge();
    await world.apply(seed);
    await world.converge();
    expect((await world.status()).state).toBe('Ready');
  });
});

describe('what the API server refuses', () => {
  const byDeployer = ({ identity }: RequestInfo) =>
    identity?.user.endsWith(':understage-deployer') === true;
  const isWrite = ({ verb }: RequestInfo) =>
    verb !== 'get' && verb !== 'list' && verb !== 'watch';

  it('without a deployer: says so, writes nothing, and tries again later', async () => {
    let prepared = false;
    await start({ allow: request => prepared || !byDeployer(request) });
    await world.apply(seed);
    const { writes, result } = await world.reconcile();
    expect(writes).toEqual(['patch Application/user-service/status']);
    expect(result.kind).toBe('requeueAfter');
    const status = await world.status();
    expect(status.message).toContain('understage-deployer of namespace shop');
    expect(status.release).toBeUndefined();
    expect(await conditionOf('Applied')).toMatchObject({
      status: 'False',
      reason: 'NoDeployer',
    });
    prepared = true;
    await world.untilReady(seed);
    expect((await world.status()).state).toBe('Ready');
  });

  it('when a release can not be kept, what it would release is not written either', async () => {
    await start({
      allow: request =>
        request.type.kind !== 'ControllerRevision' || !isWrite(request),
    });
    await world.apply(seed);
    await world.reconcile();
    expect(await world.list('StatefulSet')).toEqual([]);
    const status = await world.status();
    expect(status.release).toBeUndefined();
    expect(status.message).toContain('ControllerRevision user-service-1');
  });

  it('without one permission: that component says it, the other goes on', async () => {
    await start({
      allow: request =>
        request.type.kind !== 'StatefulSet' || !isWrite(request),
    });
    await world.apply({
      components: [{ ...frontend, ports: [{ name: 'http', port: 80 }] }, redis],
    });
    const { result } = await world.reconcile();
    expect(result).toMatchObject({
      kind: 'requeueAfter',
      milliseconds: 60_000,
    });
    expect(await world.list('Deployment')).toHaveLength(1);
    const [web, cache] = (await world.status()).components;
    expect(web.reason).not.toBe('NoDeployer');
    expect(cache).toMatchObject({
      reason: 'NoDeployer',
      message: expect.stringMatching(/^StatefulSet .* may not patch/),
    });
  });

  it('when a quota is used up: names it, and goes on when it is raised', async () => {
    let raised = false;
    await start({
      admit: ({ type, verb }) =>
        !raised && type.kind === 'StatefulSet' && verb === 'create'
          ? 'statefulsets.apps "x" is forbidden: exceeded quota: team, requested: count/statefulsets.apps=1, used: count/statefulsets.apps=2, limited: count/statefulsets.apps=2'
          : undefined,
    });
    await world.apply(seed);
    await world.converge();
    expect((await world.status()).components[1]).toMatchObject({
      reason: 'QuotaExceeded',
      message: expect.stringContaining('the quota team of the namespace'),
    });
    raised = true;
    await world.untilReady(seed);
    expect((await world.status()).state).toBe('Ready');
  });

  it('does not make an update available that was not taken', async () => {
    let closed = false;
    await start({
      admit: ({ type }) =>
        closed && type.kind === 'Deployment' ? 'no changes today' : undefined,
    });
    await world.untilReady(seed);
    closed = true;
    await world.apply({
      ...seed,
      components: [{ ...frontend, replicas: 4 }, redis],
    });
    await world.converge();
    expect((await world.status()).release).toEqual({
      current: 2,
      available: 1,
    });
  });
});

describe('an answer that does not come', () => {
  it('is reported, and the work tried again', async () => {
    let broken = true;
    await start({
      fault: ({ verb, type }) => {
        if (broken && verb === 'patch' && type.kind === 'StatefulSet') {
          throw Object.assign(new Error('reset'), {});
        }
      },
    });
    await world.apply(seed);
    await expect(world.reconcile()).rejects.toThrow('reset');
    broken = false;
    await world.converge();
    expect(await world.list('StatefulSet')).toHaveLength(1);
  });
});

describe('drift', () => {
  it('is repaired, and said', async () => {
    await start();
    await world.untilReady(seed);
    await world.edit('Deployment', {
      metadata: { name: 'user-service-frontend' },
      spec: { replicas: 1 },
    });
    const { writes } = await world.reconcile();
    expect(writes).toEqual([
      'patch Deployment/user-service-frontend',
      'patch Application/user-service/status',
    ]);
    expect(
      await world.find('Deployment', 'user-service-frontend'),
    ).toMatchObject({ spec: { replicas: 3 } });
    expect((await world.status()).notices).toEqual([
      expect.objectContaining({
        reason: 'Drifted',
        message: expect.stringContaining('spec.replicas was 1 instead of 3'),
      }),
    ]);
  });

  it('of a deleted child is repaired', async () => {
    await start();
    await world.untilReady(seed);
    await world.remove('Deployment', 'user-service-frontend');
    const { writes } = await world.reconcile();
    expect(writes).toContain('create Deployment/user-service-frontend');
  });

  it('of a child whose labels were taken off is repaired', async () => {
    await start();
    await world.untilReady(seed);
    const before = await world.find('Deployment', 'user-service-frontend');
    await world.kube.writer({ fieldManager: 'vandal' }).update(
      {
        ...before!,
        metadata: { ...before!.metadata, labels: {} },
      },
      {
        type: {
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          plural: 'deployments',
          namespaced: true,
        },
      },
    );
    await world.converge();
    const after = await world.find('Deployment', 'user-service-frontend');
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.metadata.labels).toEqual(before?.metadata.labels);
  });

  it("of others' fields is none", async () => {
    await start();
    await world.untilReady(seed);
    await world.edit('Deployment', {
      metadata: {
        name: 'user-service-frontend',
        annotations: { 'example.com/injected': 'yes' },
      },
    });
    expect((await world.reconcile()).writes).toEqual([]);
  });
});

describe("somebody else's object of the same name", () => {
  it('is left alone, and its owner named', async () => {
    await start();
    await world.edit('StatefulSet', {
      metadata: {
        name: 'user-service-redis-master',
        annotations: { 'meta.helm.sh/release-name': 'old-redis' },
      },
      spec: { replicas: 5 },
    });
    const before = await world.find('StatefulSet', 'user-service-redis-master');
    await world.apply(seed);
    const { result } = await world.reconcile();
    expect(result.kind).toBe('requeueAfter');
    expect(
      await world.find('StatefulSet', 'user-service-redis-master'),
    ).toEqual(before);
    expect((await world.status()).components[1]).toMatchObject({
      reason: 'OwnedByOther',
      message: expect.stringContaining('Helm release old-redis'),
    });
  });

  it('is taken over when it is handed over', async () => {
    await start();
    await world.edit('Service', {
      metadata: {
        name: 'user-service-redis-master',
        annotations: { 'understage.dev/adopt': 'true' },
      },
      spec: { ports: [{ port: 6379 }] },
    });
    await world.apply(seed);
    await world.converge();
    const taken = await world.find('Service', 'user-service-redis-master');
    expect(taken?.metadata.ownerReferences).toHaveLength(1);
  });
});

describe('a paused application', () => {
  it('is observed and not changed; what would be done is said', async () => {
    await start();
    await world.untilReady(seed);
    await world.apply({
      ...seed,
      components: [{ ...frontend, replicas: 5 }, redis],
      paused: true,
    });
    const writes = await world.converge();
    expect(new Set(writes)).toEqual(
      new Set(['patch Application/user-service/status']),
    );
    const status = await world.status();
    expect(status).toMatchObject({
      state: 'Paused',
      release: { current: 1, available: 1 },
    });
  });

  it('that was never applied is paused, and no release of it is claimed', async () => {
    await start();
    await world.apply({ ...seed, paused: true });
    await world.converge();
    const status = await world.status();
    expect(status.state).toBe('Paused');
    expect(status.release).toBeUndefined();
    expect(await world.list('ControllerRevision')).toEqual([]);
  });

  it('goes on when it is no longer', async () => {
    await start();
    await world.apply({ ...seed, paused: true });
    await world.converge();
    await world.untilReady(seed);
    expect((await world.status()).state).toBe('Ready');
  });
});

describe('a component that is no longer wanted', () => {
  it('goes with all its objects', async () => {
    await start();
    await world.untilReady(seed);
    await world.apply({ components: [redis] });
    const writes = await world.converge();
    expect(writes).toContain('delete Deployment/user-service-frontend');
    expect(await world.list('Deployment')).toEqual([]);
    expect(await world.list('StatefulSet')).toHaveLength(1);
  });

  it('stays while a kind can not be read', async () => {
    let blind = false;
    await start({
      fault: ({ verb, type }) => {
        if (blind && verb === 'list' && type.kind === 'Secret') {
          throw new Error('forbidden for now');
        }
      },
    });
    await world.untilReady(seed);
    blind = true;
    await world.apply({ components: [redis] });
    const { writes, result } = await world.reconcile();
    expect(writes.filter(each => each.startsWith('delete'))).toEqual([]);
    expect(result).toMatchObject({ kind: 'requeueAfter', milliseconds: 5000 });
    blind = false;
    await world.converge();
    expect(await world.list('Deployment')).toEqual([]);
  });
});

describe('an application that is gone, or going', () => {
  it('is left to Kubernetes', async () => {
    await start();
    expect(await world.reconcile('never-was')).toEqual({
      result: { kind: 'done' },
      writes: [],
    });
  });

  it('writes nothing while it goes', async () => {
    await start();
    await world.untilReady(seed);
    const application = await world.kube.get(applicationType, {
      namespace: 'shop',
      name: 'user-service',
    });
    world.kube.seed(applicationType, {
      ...application!,
      metadata: {
        ...application!.metadata,
        finalizers: ['example.com/hold'],
        deletionTimestamp: '2026-11-23T10:00:00Z',
      },
    });
    await world.remove('Deployment', 'user-service-frontend');
    expect((await world.reconcile()).writes).toEqual([]);
  });
});

describe('a label that somebody takes off one of ours', () => {
  it('is put back', async () => {
    await start();
    await world.untilReady(seed);
    const key = 'user-service-frontend';
    const live = await world.find('Deployment', key);
    if (!live) throw new Error(`there is no Deployment ${key}`);
    await world.kube
      .writer({ fieldManager: 'kubectl' })
      .update(
        { ...live, metadata: { ...live.metadata, labels: {} } },
        { type: typeOf('Deployment') },
      );
    await world.converge();
    expect((await world.find('Deployment', key))?.metadata.labels).toEqual(
      live.metadata.labels,
    );
  });
});

describe('a deposed leader', () => {
  it.each([1, 2, 5])(
    'makes no further write when it loses the lease in the middle of a plan, at write %s',
    async nth => {
      let patches = -1;
      await start({
        fault: ({ verb }) => {
          if (verb !== 'patch' || patches < 0) return;
          patches += 1;
          if (patches === nth) world.depose();
        },
      });
      await world.apply(seed);
      patches = 0;
      const before = world.kube.writes.length;
      await expect(world.reconcile()).rejects.toThrow(DeposedError);
      // Writes of one kind may be on their way side by side; those that were not sent are not.
      expect(patches).toBe(nth);
      expect(world.kube.writes.length - before).toBeLessThanOrEqual(nth);
    },
  );

  it('writes nothing: no release, no object, no status', async () => {
    await start();
    await world.apply(seed);
    world.depose();
    const before = world.kube.writes.length;
    await expect(world.reconcile()).rejects.toThrow(DeposedError);
    expect(world.kube.writes).toHaveLength(before);
  });
});
