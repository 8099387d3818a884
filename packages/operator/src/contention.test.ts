import {
  createWorld,
  frontend,
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

describe('an object of somebody else that appears between plan and write', () => {
  const master = 'user-service-redis-master';
  const foreign = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: master, namespace: 'shop' },
    spec: { selector: { app: 'theirs' }, ports: [{ port: 1 }] },
  };

  it('is not merged into, and is refused as soon as it is seen', async () => {
    let appeared = false;
    await start({
      fault: ({ verb, type }) => {
        if (appeared || verb !== 'patch' || type.kind !== 'Secret') return;
        appeared = true;
        world.kube.seed(typeOf('Service'), foreign, 'kubectl');
      },
    });
    await world.apply(seed);
    await expect(world.reconcile()).rejects.toThrow('has appeared');
    await world.converge();
    const found = await world.find('Service', master);
    expect(found).toMatchObject({ spec: foreign.spec });
    expect(found?.metadata).not.toHaveProperty('ownerReferences');
    expect((await world.status()).message).toContain(
      `Service ${master} exists and belongs to someone else`,
    );
  });

  it('takes no update that was meant for ours of the same name', async () => {
    let uid: string | undefined;
    await start({
      fault: ({ verb, type }) => {
        const ours = uid;
        if (!ours || verb !== 'patch' || type.kind !== 'ConfigMap') return;
        uid = undefined;
        const person = world.kube.writer({ fieldManager: 'kubectl' });
        person.delete(typeOf('Deployment'), theirs.metadata, { uid: ours });
        world.kube.seed(typeOf('Deployment'), theirs, 'kubectl');
      },
    });
    const theirs = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'user-service-frontend', namespace: 'shop' },
      spec: { replicas: 7 },
    };
    const withFile = (content: string) => ({
      components: [
        { ...frontend, files: [{ path: '/etc/app.conf', content }] },
      ],
    });
    await world.untilReady(withFile('a'));
    const live = await world.find('Deployment', theirs.metadata.name);
    uid = live?.metadata.uid;
    await world.apply(withFile('b'));
    await expect(world.reconcile()).rejects.toThrow('in the meantime');
    const found = await world.find('Deployment', theirs.metadata.name);
    expect(found).toMatchObject({ spec: theirs.spec });
    expect(found?.metadata).not.toHaveProperty('ownerReferences');
  });
});

describe('a host', () => {
  const exposing = {
    components: [
      {
        ...frontend,
        ports: [{ name: 'http', port: 80 }],
        expose: { host: 'shop.example.com' },
      },
    ],
  };

  it('belongs to one application: the next is refused, gets the rest, and has it when it is free', async () => {
    await start();
    await world.apply(exposing, 'first');
    await world.converge('first');
    await world.apply(exposing, 'second');
    await world.converge('second');
    const ingresses = async () =>
      (await world.list('Ingress')).map(({ metadata }) => metadata.name);
    expect(await ingresses()).toEqual(['first-frontend']);
    expect((await world.status('second')).components).toMatchObject([
      {
        reason: 'HostTaken',
        message: expect.stringContaining('which application first has'),
      },
    ]);
    expect(await world.find('Deployment', 'second-frontend')).toBeDefined();
    await world.apply({ components: [frontend] }, 'first');
    await world.converge('first');
    await world.converge('second');
    expect(await ingresses()).toEqual(['second-frontend']);
    expect((await world.status('second')).state).not.toBe('Refused');
  });

  it('that two got at once is given back by one of them, and no other write is made', async () => {
    await start();
    await world.apply(exposing, 'first');
    await world.converge('first');
    const claim = await world.find('Ingress', 'first-frontend');
    if (!claim) throw new Error('first has no Ingress');
    await world.remove('Ingress', 'first-frontend');
    await world.apply(exposing, 'second');
    await world.converge('second');
    // As if neither had seen the other.
    world.kube.seed(typeOf('Ingress'), claim, 'understage');
    const writes = [
      ...(await world.converge('first')),
      ...(await world.converge('second')),
    ];
    expect(writes.filter(each => each.includes('Ingress'))).toEqual([
      expect.stringMatching(/^delete Ingress/),
    ]);
    const [left, ...others] = await world.list('Ingress');
    expect(others).toEqual([]);
    const loser = left.metadata.name === 'first-frontend' ? 'second' : 'first';
    expect((await world.status(loser)).components).toMatchObject([
      { reason: 'HostTaken' },
    ]);
  });
});
