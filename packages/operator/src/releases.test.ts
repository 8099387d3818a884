import { KubeError } from '@understage/kube';
import {
  createWorld,
  frontend,
  redis,
  seed,
  World,
  WorldOptions,
} from './__testUtils__/createWorld';
import { redisChart } from './__testUtils__/redisChart';

let world: World;
async function start(options?: WorldOptions): Promise<World> {
  world = await createWorld(options);
  return world;
}
afterEach(() => world?.stop());

function passwordOf(secret: { readonly [field: string]: unknown } | undefined) {
  return Buffer.from(
    String(Reflect.get(Object(secret?.data), 'password')),
    'base64',
  ).toString();
}

describe('what a chart drew at random', () => {
  it('keeps what its chart drew at random, also without its repository', async () => {
    await start();
    await world.untilReady(seed);
    const before = await world.find('Secret', 'user-service-redis');
    world.charts.setReachable('bitnami', false);
    await world.remove('Secret', 'user-service-redis');
    await world.converge();
    const after = await world.find('Secret', 'user-service-redis');
    expect(passwordOf(after)).toBe(passwordOf(before));
    expect(passwordOf(after)).toBe('drawn-18.0.0-1');
  });
});

describe('the values of Secrets', () => {
  it('are in no ControllerRevision and no status', async () => {
    await start();
    await world.untilReady(seed);
    const readable = JSON.stringify([
      await world.list('ControllerRevision'),
      await world.status(),
    ]);
    const password = 'drawn-18.0.0-1';
    expect(readable).toContain('user-service-redis-master');
    expect(readable).not.toContain(password);
    expect(readable).not.toContain(Buffer.from(password).toString('base64'));
  });

  it('come from the live Secret when those of the release are gone', async () => {
    await start();
    await world.untilReady(seed);
    await world.remove('Secret', 'user-service.release-1');
    expect(await world.converge()).toEqual([]);
    const live = await world.find('Secret', 'user-service-redis');
    expect(passwordOf(live)).toBe('drawn-18.0.0-1');
  });

  it('that are lost altogether are not made up: it is said what to do', async () => {
    await start();
    await world.untilReady(seed);
    await world.remove('Secret', 'user-service.release-1');
    await world.remove('Secret', 'user-service-redis');
    await world.converge();
    expect(await world.find('Secret', 'user-service-redis')).toBeUndefined();
    expect((await world.status()).notices).toEqual([
      expect.objectContaining({
        ref: expect.objectContaining({ name: 'user-service-redis' }),
        message: expect.stringContaining('change the version or the values'),
      }),
    ]);
  });

  it('are not wiped when Secrets can not be read for a while', async () => {
    let blind = false;
    await start({
      fault: ({ verb, type }) => {
        if (blind && type.kind === 'Secret' && verb !== 'patch') {
          throw new Error('the server is busy');
        }
      },
    });
    await world.untilReady(seed);
    blind = true;
    const { writes } = await world.reconcile();
    expect(writes.filter(each => each.includes('Secret'))).toEqual([]);
    blind = false;
    await world.converge();
    const live = await world.find('Secret', 'user-service-redis');
    expect(passwordOf(live)).toBe('drawn-18.0.0-1');
  });
});

describe('releases', () => {
  const withReplicas = (replicas: number, more: object = {}) => ({
    ...seed,
    components: [{ ...frontend, replicas }, redis],
    ...more,
  });
  const revisions = async () =>
    (await world.list('ControllerRevision'))
      .map(({ revision }) => Number(revision))
      .sort((left, right) => left - right);

  it('are kept up to the limit, with the Secrets beside them', async () => {
    await start({ releaseHistory: 3 });
    for (let replicas = 1; replicas <= 6; replicas += 1) {
      await world.untilReady(withReplicas(replicas));
    }
    expect(await revisions()).toEqual([4, 5, 6]);
    const secrets = (await world.list('Secret')).map(
      ({ metadata }) => metadata.name,
    );
    expect(secrets.sort()).toEqual([
      'user-service-redis',
      'user-service.release-4',
      'user-service.release-5',
      'user-service.release-6',
    ]);
  });

  it('never lose the current one and the last that was available', async () => {
    await start({ releaseHistory: 2 });
    await world.untilReady(withReplicas(1));
    for (let replicas = 2; replicas <= 6; replicas += 1) {
      await world.apply(withReplicas(replicas));
      await world.converge();
    }
    expect((await world.status()).release).toEqual({
      current: 6,
      available: 1,
    });
    expect(await revisions()).toEqual([1, 5, 6]);
  });

  it('are brought back by pinning: as they were, although the repository moved on', async () => {
    const charts = {
      bitnami: { redis: { '18.0.0': redisChart('18.0.0') } },
    };
    await start({ charts });
    await world.untilReady(withReplicas(2));
    await world.untilReady(withReplicas(5));
    world.charts.setReachable('bitnami', false);
    await world.untilReady(withReplicas(5, { revision: 1 }));
    expect(
      await world.find('Deployment', 'user-service-frontend'),
    ).toMatchObject({ spec: { replicas: 2 } });
    expect((await world.status()).release).toEqual({
      current: 1,
      available: 1,
    });
    expect(await revisions()).toEqual([1, 2]);
    expect(await world.converge()).toEqual([]);
  });

  it('that are pinned are what health speaks of, not the components that came later', async () => {
    await start();
    const worker = { ...frontend, name: 'worker' };
    await world.untilReady({ components: [frontend] });
    await world.untilReady({ components: [frontend, worker] });
    await world.untilReady({ components: [frontend, worker], revision: 1 });
    const { state, components } = await world.status();
    expect(components.map(({ name }) => name)).toEqual(['frontend']);
    expect(state).toBe('Ready');
  });

  it('bring back the values of their Secrets too', async () => {
    await start();
    await world.untilReady(seed);
    await world.untilReady({
      ...seed,
      components: [frontend, { ...redis, values: { replicas: 2 } }],
    });
    const rotated = await world.find('Secret', 'user-service-redis');
    expect(passwordOf(rotated)).toBe('drawn-18.0.0-2');
    await world.untilReady({ ...seed, revision: 1 });
    const back = await world.find('Secret', 'user-service-redis');
    expect(passwordOf(back)).toBe('drawn-18.0.0-1');
  });

  it('leave alone what somebody else put at their name, say whose it is, and go on when it is gone', async () => {
    await start();
    await world.edit('ControllerRevision', {
      metadata: { name: 'user-service-1' },
      revision: 7,
    });
    const before = await world.find('ControllerRevision', 'user-service-1');
    await world.apply(seed);
    const { result } = await world.reconcile();
    expect(result.kind).toBe('requeueAfter');
    expect((await world.status()).message).toContain(
      'ControllerRevision user-service-1 exists and belongs to someone else',
    );
    expect(await world.find('ControllerRevision', 'user-service-1')).toEqual(
      before,
    );
    expect(await world.list('StatefulSet')).toEqual([]);
    await world.remove('ControllerRevision', 'user-service-1');
    await world.untilReady(seed);
    expect((await world.status()).state).toBe('Ready');
  });

  it('are finished by the next pass when one was cut short between Secret and revision', async () => {
    let cut = true;
    await start({
      fault: ({ verb, type }) => {
        if (cut && verb === 'patch' && type.kind === 'ControllerRevision') {
          throw new KubeError('connection reset');
        }
      },
    });
    await world.apply(seed);
    await expect(world.reconcile()).rejects.toThrow('connection reset');
    expect(await world.list('Secret')).toHaveLength(1);
    cut = false;
    await world.untilReady(seed);
    expect(await revisions()).toEqual([1]);
    const live = await world.find('Secret', 'user-service-redis');
    expect(passwordOf(live)).toBe('drawn-18.0.0-2');
  });

  it('that are pinned and gone change nothing, and say which there are', async () => {
    await start();
    await world.untilReady(seed);
    await world.apply({ ...seed, revision: 9 });
    const writes = await world.converge();
    expect(new Set(writes)).toEqual(
      new Set(['patch Application/user-service/status']),
    );
    expect((await world.status()).message).toContain('there are 1');
    expect(await world.list('Deployment')).toHaveLength(1);
  });
});
