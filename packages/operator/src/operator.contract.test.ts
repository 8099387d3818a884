import { readFileSync } from 'node:fs';
import { ResourceType } from '@understage/kube';
import { kindOf, releaseKind } from '@understage/plugin-paas-common';
import { applicationType } from '@understage/plugin-paas-node';
import {
  createOperatorWorld,
  deployerYaml,
  OperatorWorld,
  repositoryFile,
  StartedOperator,
} from './__testUtils__/createOperatorWorld';
import { killableCluster } from './__testUtils__/killableCluster';
import { waitFor } from './__testUtils__/waitFor';

jest.setTimeout(240_000);

const seed = readFileSync(
  repositoryFile('examples/applications/user-service.yaml'),
  'utf8',
);

/** The same with so little that dozens of them fit onto three nodes. */
const smallSeed = seed.replace(
  'cpu: "2", memory: 4Gi',
  'cpu: 50m, memory: 64Mi',
);

const type = (apiVersion: string, kind: string): ResourceType => {
  const found = kindOf(apiVersion, kind);
  if (!found) throw new Error(`no kind ${kind}`);
  return found;
};
const deployments = type('apps/v1', 'Deployment');
const statefulSets = type('apps/v1', 'StatefulSet');
const volumes = type('v1', 'PersistentVolumeClaim');
const services = type('v1', 'Service');
const secrets = type('v1', 'Secret');

let world: OperatorWorld;
beforeAll(async () => {
  world = await createOperatorWorld();
});
afterAll(() => world?.stop());

const userService = (namespace: string) => ({
  namespace,
  name: 'user-service',
});
const ready = (namespace: string) =>
  world.waitForStatus(
    userService(namespace),
    'ready',
    ({ state }) => state === 'Ready',
  );

/** An application with one Deployment. */
const oneDeployment = (more = '', spec = '') => `
apiVersion: paas/v1
kind: Application
metadata: { name: user-service }
spec:
  components:
    - name: frontend
      type: Deployment
      replicas: 2
${more}
${spec}
`;

async function remove(
  resource: ResourceType,
  key: { readonly namespace: string; readonly name: string },
) {
  const object = await world.admin.get(resource, key);
  await world.admin
    .writer({ fieldManager: 'kubectl' })
    .delete(resource, key, { uid: object?.metadata.uid ?? '' });
}

describe('one operator, with its own account', () => {
  let running: StartedOperator;
  beforeAll(async () => {
    running = await world.startOperator();
    await running.leading();
  });
  afterAll(() => running?.stop());

  it("runs the seed's file: ready, with all that belongs to it, and no password for who reads releases", async () => {
    await world.prepareNamespace('shop');
    await world.apply('shop', seed);
    const status = await ready('shop');
    expect(status).toMatchObject({
      message: 'Both components are ready.',
      release: { current: 1, available: 1 },
      components: [
        { name: 'frontend', replicas: { desired: 3, ready: 3, updated: 3 } },
        { name: 'redis' },
      ],
    });
    const children = await world.children('shop');
    expect([...children.keys()]).toEqual(
      expect.arrayContaining([
        'Deployment/user-service-frontend',
        'Service/redis',
        'ControllerRevision/user-service-1',
        'Secret/user-service.release-1',
      ]),
    );
    const revision = await world.admin.get(releaseKind, {
      namespace: 'shop',
      name: 'user-service-1',
    });
    const { items } = await world.admin.list(secrets, { namespace: 'shop' });
    const values = items.flatMap(({ data }) => Object.values(Object(data)));
    expect(values.length).toBeGreaterThan(0);
    const readable = JSON.stringify(revision);
    for (const value of values) expect(readable).not.toContain(value);
  });

  it('writes nothing when it looks again, and nothing after a restart', async () => {
    await ready('shop');
    await running.operator.resync();
    const before = running.writes();
    await running.operator.resync();
    expect(running.writes() - before).toBe(0);

    await running.stop();
    running = await world.startOperator();
    await running.leading();
    await running.operator.resync();
    expect(running.writes()).toBe(0);
  });

  it('acts as the deployer: where that lacks one right, the component concerned says it', async () => {
    // Bound before the namespace is a tenant's: afterwards nobody may bind such a role there.
    await world.playground.kubectl(
      ['apply', '-f', '-'],
      `
apiVersion: v1
kind: Namespace
metadata: { name: narrow, annotations: { understage.dev/adopt: retail } }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: narrow-deployer }
rules:
  - apiGroups: ['']
    resources: [serviceaccounts, secrets, configmaps, persistentvolumeclaims, services]
    verbs: [get, list, create, patch, delete]
  - apiGroups: [networking.k8s.io, policy, batch, autoscaling]
    resources: ['*']
    verbs: [get, list, create, patch, delete]
  - apiGroups: [apps]
    resources: [statefulsets, controllerrevisions]
    verbs: [get, list, create, patch, delete]
---
${deployerYaml('narrow', 'narrow-deployer')}`,
    );
    await world.prepareNamespace('narrow', false);
    await world.apply('narrow', smallSeed);
    const status = await world.waitForStatus(
      userService('narrow'),
      'refused',
      ({ components }) => components[0]?.reason === 'NoDeployer',
    );
    expect(status.components[0].message).toMatch(
      /Deployment user-service-frontend was not written: .*understage-deployer of namespace narrow does not exist or may not patch deployments/,
    );
    expect(status.components[1].state).toBe('Ready');
    await world.provision([
      'delete',
      'rolebinding',
      'understage-deployer',
      '-n',
      'narrow',
    ]);
    await world.provision(['apply', '-f', '-'], deployerYaml('narrow'));
    await ready('narrow');
  });

  it('says that a namespace has no deployer, and goes on by itself when it has', async () => {
    await world.prepareNamespace('bare', false);
    await world.apply('bare', oneDeployment());
    const status = await world.waitForStatus(
      userService('bare'),
      'refused',
      ({ conditions }) =>
        conditions.some(({ reason }) => reason === 'NoDeployer'),
    );
    expect(status.message).toContain('understage-deployer of namespace bare');
    expect((await world.children('bare')).size).toBe(0);
    await world.prepareNamespace('bare', true);
    await ready('bare');
  });

  it('S31: names the quota that is used up, and goes on by itself when it is raised', async () => {
    await world.prepareNamespace('small');
    const quota = (deploymentsAllowed: number) =>
      world.playground.kubectl(
        ['apply', '-f', '-'],
        `
apiVersion: v1
kind: ResourceQuota
metadata: { name: team, namespace: small }
spec: { hard: { count/deployments.apps: '${deploymentsAllowed}' } }
`,
      );
    await quota(0);
    await waitFor('the quota to be counted', async () =>
      (
        await world.playground.kubectl([
          'get',
          'resourcequota/team',
          '-n',
          'small',
          '-o',
          'jsonpath={.status.used}',
        ])
      ).includes('deployments')
        ? true
        : undefined,
    );
    await world.apply('small', oneDeployment());
    const status = await world.waitForStatus(
      userService('small'),
      'refused by the quota',
      ({ components }) => components[0]?.reason === 'QuotaExceeded',
    );
    expect(status.message).toContain('quota team');
    await quota(3);
    await ready('small');
  });

  it("S4: leaves somebody else's object of the same name alone, and names its owner", async () => {
    await world.prepareNamespace('taken');
    await world.playground.kubectl(
      ['apply', '-f', '-'],
      `
apiVersion: v1
kind: Service
metadata:
  name: user-service-frontend
  namespace: taken
  annotations: { meta.helm.sh/release-name: legacy }
spec: { selector: { app: legacy }, ports: [{ port: 80 }] }
`,
    );
    const key = { namespace: 'taken', name: 'user-service-frontend' };
    const before = await world.admin.get(services, key);
    await world.apply(
      'taken',
      oneDeployment('      ports: [{ name: http, port: 8080 }]'),
    );
    const status = await world.waitForStatus(
      userService('taken'),
      'refused',
      ({ components }) => components[0]?.reason === 'OwnedByOther',
    );
    expect(status.message).toContain('Helm release legacy');
    expect(await world.admin.get(services, key)).toEqual(before);
  });

  it.each([
    ['cluster-role', 'KindNotAllowed', /ClusterRole/],
    ['hook', 'HookNotAllowed', /hook/i],
    ['other-namespace', 'NamespaceNotAllowed', /namespace/],
    ['nothing', 'ChartEmpty', /no objects|nothing/i],
    ['broken-template', 'ChartFailed', /template/],
    ['redsi', 'ChartNotFound', /no chart/],
  ])('a chart called %s: %s', async (chart, reason, sentence) => {
    const namespace = `chart-${chart}`;
    await world.prepareNamespace(namespace);
    await world.apply(
      namespace,
      `
apiVersion: paas/v1
kind: Application
metadata: { name: user-service }
spec:
  components: [{ name: cache, type: HelmChart, chart: bad/${chart} }]
`,
    );
    const status = await world.waitForStatus(
      userService(namespace),
      'refused',
      ({ conditions, notices = [] }) =>
        conditions.some(each => each.reason === reason) ||
        notices.some(each => each.reason === reason),
    );
    const said = JSON.stringify([status.message, status.notices]);
    expect(said).toMatch(sentence);
    expect(status.message).not.toMatch(/^cache: cache:/);
  });

  it('rolls back to a release, and forward again', async () => {
    await world.prepareNamespace('history');
    const withReplicas = (replicas: number, spec = '') =>
      oneDeployment('', spec).replace('replicas: 2', `replicas: ${replicas}`);
    const replicasOf = async () =>
      (
        await world.admin.get(deployments, {
          namespace: 'history',
          name: 'user-service-frontend',
        })
      )?.spec;
    const released = (current: number) =>
      world.waitForStatus(
        userService('history'),
        `at release ${current}`,
        ({ state, release }) =>
          state === 'Ready' &&
          release?.current === current &&
          release.available === current,
      );
    await world.apply('history', withReplicas(1));
    await released(1);
    await world.apply('history', withReplicas(3));
    await released(2);
    await world.apply('history', withReplicas(3, '  revision: 1'));
    await released(1);
    expect(await replicasOf()).toMatchObject({ replicas: 1 });
    await world.apply('history', withReplicas(3));
    await released(2);
    expect(await replicasOf()).toMatchObject({ replicas: 3 });
  });

  it('repairs what somebody changed, and what somebody deleted', async () => {
    await world.prepareNamespace('drift');
    await world.apply('drift', oneDeployment());
    await ready('drift');
    const key = { namespace: 'drift', name: 'user-service-frontend' };
    await world.playground.kubectl([
      'scale',
      'deployment/user-service-frontend',
      '--replicas=5',
      '-n',
      'drift',
    ]);
    await waitFor('two replicas', async () => {
      const object = await world.admin.get(deployments, key);
      return Reflect.get(Object(object?.spec), 'replicas') === 2
        ? true
        : undefined;
    });
    await world.playground.kubectl([
      'label',
      'deployment/user-service-frontend',
      'understage.dev/application-',
      '-n',
      'drift',
    ]);
    await waitFor('the label', async () => {
      const object = await world.admin.get(deployments, key);
      return object?.metadata.labels?.['understage.dev/application'];
    });
    await remove(deployments, key);
    await waitFor('the deployment', () => world.admin.get(deployments, key));
    await ready('drift');
  });

  it('deleted while it is applied: everything goes but the volumes, which stay', async () => {
    await world.prepareNamespace('gone');
    await world.apply(
      'gone',
      oneDeployment(
        '      volumes: [{ name: data, size: 1Gi, mountPath: /data }]',
      ).replace('replicas: 2', 'replicas: 1'),
    );
    await waitFor('the volume', async () =>
      (await world.admin.list(volumes, { namespace: 'gone' })).items.at(0),
    );
    await remove(applicationType, userService('gone'));
    await waitFor('everything but the volume to go', async () => {
      const left = [...(await world.children('gone')).keys()];
      return left.length === 1 && left[0].startsWith('PersistentVolumeClaim/')
        ? true
        : undefined;
    });
    const [volume] = (await world.admin.list(volumes, { namespace: 'gone' }))
      .items;
    expect(volume.metadata.ownerReferences).toBeUndefined();
    expect(volume.metadata.deletionTimestamp).toBeUndefined();
  });

  it('does not hold up the deletion of a namespace', async () => {
    await world.prepareNamespace('closing');
    await world.apply('closing', smallSeed);
    await waitFor('the first objects', async () =>
      (await world.children('closing')).size > 3 ? true : undefined,
    );
    await world.playground.kubectl([
      'delete',
      'namespace',
      'closing',
      '--timeout=60s',
    ]);
    expect((await world.children('closing')).size).toBe(0);
  });
});

/** What became of every object by name: how often one of that name was made. */
function watchBirths() {
  const births = new Map<string, Set<string>>();
  const watching = new AbortController();
  const ended = Promise.all(
    [deployments, statefulSets, services, secrets, releaseKind].map(
      async resource => {
        const { resourceVersion } = await world.admin.list(resource, {});
        const events = world.admin.watch(resource, {
          resourceVersion,
          timeoutSeconds: 300,
          signal: watching.signal,
        });
        for await (const event of events) {
          if (event.type !== 'ADDED') continue;
          const { kind, metadata } = event.object;
          const key = `${metadata.namespace} ${kind}/${metadata.name}`;
          const uids = births.get(key) ?? new Set<string>();
          births.set(key, uids.add(metadata.uid ?? ''));
        }
      },
    ),
  ).catch(() => {});
  return {
    births,
    stop: async () => {
      watching.abort();
      await ended;
    },
  };
}

/** An operator that dies after its k-th write into a namespace, events not counted, unless it is done before that. */
async function startAndKill(namespace: string, k: number) {
  let writes = 0;
  const running = await world.startOperator({
    through: cluster =>
      killableCluster(cluster, write => {
        if (write.namespace !== namespace || write.kind === 'Event') {
          return false;
        }
        writes += 1;
        return writes === k;
      }),
  });
  await running.leading();
  await world.apply(namespace, smallSeed);
  const end = await waitFor('the kill, or the end', async () => {
    if (writes >= k) return 'killed';
    const status = await world.status(namespace, 'user-service');
    return status?.state === 'Ready' ? 'survived' : undefined;
  });
  await world.dropLease();
  return { running, end } as const;
}

describe('an operator that is killed', () => {
  it('after any single write: its successor brings about the same, and makes nothing twice', async () => {
    const watched = watchBirths();
    const namespaces: string[] = [];
    let running: StartedOperator;
    let end: 'killed' | 'survived';
    do {
      const namespace = `kill-${namespaces.length + 1}`;
      namespaces.push(namespace);
      await world.prepareNamespace(namespace);
      ({ running, end } = await startAndKill(namespace, namespaces.length));
      if (end === 'killed') await running.stop();
    } while (end === 'killed');
    for (const namespace of namespaces) await ready(namespace);
    await running.stop();
    await watched.stop();

    const reference = [
      ...(await world.children(namespaces.at(-1) ?? '')).keys(),
    ];
    for (const namespace of namespaces) {
      const children = await world.children(namespace);
      expect([namespace, ...[...children.keys()].sort()]).toEqual([
        namespace,
        ...reference.sort(),
      ]);
    }
    const twice = [...watched.births].filter(([, uids]) => uids.size > 1);
    expect(twice).toEqual([]);
    expect(namespaces.length).toBeGreaterThan(15);
  });

  it('is followed by the one that waits, within the lease', async () => {
    await world.dropLease();
    const kills: { kill(): void }[] = [];
    const first = await world.startOperator({
      through: cluster => {
        const victim = killableCluster(cluster);
        kills.push(victim);
        return victim;
      },
    });
    await first.leading();
    const second = await world.startOperator();
    await second.operator.ready();
    await world.prepareNamespace('handover');
    await world.apply('handover', oneDeployment());
    await ready('handover');
    expect(second.operator.isLeader()).toBe(false);
    expect(second.writes()).toBe(0);

    const begun = performance.now();
    kills.forEach(each => each.kill());
    await world.apply(
      'handover',
      oneDeployment().replace('replicas: 2', 'replicas: 3'),
    );
    await world.waitForStatus(
      userService('handover'),
      'ready with three replicas',
      ({ state, components }) =>
        state === 'Ready' && components[0].replicas?.desired === 3,
    );
    // The lease of 4 s, the next attempt, and the work itself.
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(second.operator.isLeader()).toBe(true);
    expect(first.operator.isLeader()).toBe(false);
    await first.stop();
    await second.stop();
  });

  it('gives its lease back when it stops in an orderly way', async () => {
    const first = await world.startOperator();
    await first.leading();
    const second = await world.startOperator();
    await second.operator.ready();
    await first.stop();
    await waitFor(
      'the successor to lead',
      () => (second.operator.isLeader() ? true : undefined),
      2_000,
    );
    await second.stop();
  });
});

describe('an API server that is gone for a while', () => {
  it('loses nothing: what was asked for meanwhile is done, what was there stays as it was', async () => {
    await world.dropLease();
    const running = await world.startOperator();
    await running.leading();
    await world.prepareNamespace('outage');
    await world.apply('outage', smallSeed);
    await ready('outage');
    const before = await world.children('outage');
    await world.playground.kill('kube-apiserver');
    await waitFor('the operator to stand down', () =>
      running.operator.isLeader() ? undefined : true,
    );
    await world.playground.restart('kube-apiserver');
    await world.apply(
      'outage',
      smallSeed.replace('replicas: 3', 'replicas: 4'),
    );
    await world.waitForStatus(
      userService('outage'),
      'ready with four replicas',
      ({ state, components }) =>
        state === 'Ready' && components[0].replicas?.ready === 4,
    );
    const after = await world.children('outage');
    for (const [key, uid] of before)
      expect([key, after.get(key)]).toEqual([key, uid]);
    await waitFor('every cache to follow again', async () => {
      const answer = await fetch(
        `http://127.0.0.1:${running.operator.port}/readyz`,
      );
      return answer.ok ? true : undefined;
    });
    await running.stop();
  });
});
