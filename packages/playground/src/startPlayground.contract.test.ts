import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { waitFor } from './cluster/waitFor';
import type { Playground } from './playground';
import { startPlayground } from './startPlayground';

jest.setTimeout(180_000);

let playground: Playground;

beforeAll(async () => {
  playground = await startPlayground();
});
afterAll(async () => {
  await playground?.stop();
});

async function get(...args: string[]) {
  return JSON.parse(await playground.kubectl(['get', ...args, '-o', 'json']));
}

function deployment(name: string, pod: { image?: string; simulate?: string }) {
  const labels = { app: name };
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          annotations: pod.simulate
            ? { 'understage.dev/simulate': pod.simulate }
            : {},
        },
        spec: {
          containers: [
            { name: 'main', image: pod.image ?? 'example.com/web:1' },
          ],
        },
      },
    },
  });
}

async function apply(text: string) {
  await playground.kubectl(['apply', '--server-side', '-f', '-'], text);
}

/** Waits until a Deployment is available; answers how many of its pods are. */
async function available(name: string): Promise<number> {
  await playground.kubectl([
    'wait',
    '--for=condition=Available',
    `deployment/${name}`,
    '--timeout=60s',
  ]);
  return (await get('deployment', name)).status.availableReplicas;
}

async function podsOf(app: string) {
  return (await get('pods', '-l', `app=${app}`)).items;
}

/** kubectl as somebody else; answers what it printed, also when it fails. */
function as(kubeconfig: string, ...args: string[]): Promise<string> {
  return playground
    .kubectl([`--kubeconfig=${kubeconfig}`, ...args])
    .catch((error: Error) => error.message);
}

describe('the nodes', () => {
  it('are three by default, ready, in three zones, and say that they are simulated', async () => {
    const { items } = await get('nodes');
    expect(items).toHaveLength(3);
    const zones = items.map(
      (node: { metadata: { labels: Record<string, string> } }) => {
        expect(node.metadata.labels['understage.dev/simulated']).toBe('true');
        return node.metadata.labels['topology.kubernetes.io/zone'];
      },
    );
    expect(new Set(zones).size).toBe(3);
  });

  it('hold no more than they offer', async () => {
    await apply(
      deployment('huge', {}).replace(
        'image: example.com/web:1',
        'image: example.com/web:1\n          resources: { requests: { cpu: "100" } }',
      ),
    );
    let sentence = '';
    await waitFor(
      async () => {
        const { items } = await get('events');
        sentence = items.find(
          (event: { reason: string }) => event.reason === 'FailedScheduling',
        )?.message;
        return Boolean(sentence);
      },
      { what: 'the scheduler to say why', timeoutMs: 20_000 },
    );
    expect(sentence).toContain('3 Insufficient cpu');
    await playground.kubectl(['delete', 'deployment', 'huge']);
  });
});

describe('pods', () => {
  it('of a Deployment get ready, and go away with it', async () => {
    await apply(deployment('web', {}));
    expect(await available('web')).toBe(3);
    expect(await podsOf('web')).toHaveLength(3);
    await playground.kubectl(['delete', 'deployment', 'web']);
    await waitFor(async () => (await podsOf('web')).length === 0, {
      what: 'the pods to go',
      timeoutMs: 20_000,
    });
  });

  it('that the node controller took for not ready while the API server was away say again that they are', async () => {
    await apply(deployment('back-again', {}));
    await available('back-again');
    const [pod] = (await get('pods', '-l', 'app=back-again')).items;
    const unready = {
      status: { conditions: [{ type: 'Ready', status: 'False' }] },
    };
    await playground.kubectl([
      'patch',
      'pod',
      pod.metadata.name,
      '--subresource=status',
      '-p',
      JSON.stringify(unready),
    ]);
    await playground.kubectl([
      'wait',
      '--for=condition=Ready',
      `pod/${pod.metadata.name}`,
      '--timeout=60s',
    ]);
    await playground.kubectl(['delete', 'deployment', 'back-again']);
  });

  it('of a Job complete', async () => {
    await playground.kubectl([
      'create',
      'job',
      'once',
      '--image=example.com/x',
    ]);
    await playground.kubectl([
      'wait',
      '--for=condition=Complete',
      'job/once',
      '--timeout=30s',
    ]);
    expect((await get('job', 'once')).status.succeeded).toBe(1);
  });

  it('answer kubectl logs and say what they are', async () => {
    await apply(deployment('talks', {}));
    await available('talks');
    const tail = await playground.kubectl([
      'logs',
      'deployment/talks',
      '--tail=3',
    ]);
    expect(tail.trim().split('\n')).toEqual([
      expect.stringMatching(/^SIMULATED .* no container runs/),
      expect.stringMatching(/^SIMULATED .* no container runs/),
      expect.stringMatching(/^SIMULATED .* no container runs/),
    ]);
    expect(
      await playground.kubectl(['logs', 'deployment/talks', '--previous']),
    ).toContain('SIMULATED FATAL');
  });

  it.each([
    ['crashloop', 'CrashLoopBackOff', 'Error', 'BackOff'],
    ['oom', 'CrashLoopBackOff', 'OOMKilled', 'BackOff'],
    ['image-pull', 'ImagePullBackOff', undefined, 'Failed'],
    ['not-ready', undefined, undefined, 'Unhealthy'],
  ])(
    'show %s when asked to, by annotation and by image',
    async (...[behaviour, waiting, last, event]) => {
      await apply(deployment(`${behaviour}-a`, { simulate: behaviour }));
      await apply(
        deployment(`${behaviour}-i`, {
          image: `registry.example.com/simulate/${behaviour}:1.0`,
        }),
      );
      for (const app of [`${behaviour}-a`, `${behaviour}-i`]) {
        await waitFor(
          async () =>
            (
              await podsOf(app)
            ).filter(
              (pod: { status: { containerStatuses?: unknown[] } }) =>
                pod.status.containerStatuses?.length,
            ).length === 3,
          { what: `3 pods of ${app} with a status`, timeoutMs: 20_000 },
        );
        const [pod] = await podsOf(app);
        const [status] = pod.status.containerStatuses;
        expect(status.ready).toBe(false);
        expect(status.state.waiting?.reason).toBe(waiting);
        expect(status.lastState?.terminated?.reason).toBe(last);
      }
      const reasons = (await get('events')).items
        .filter((item: { involvedObject: { name: string } }) =>
          item.involvedObject.name.startsWith(behaviour),
        )
        .map((item: { reason: string }) => item.reason);
      expect(reasons).toContain(event);
      await playground.kubectl([
        'delete',
        'deployment',
        `${behaviour}-a`,
        `${behaviour}-i`,
      ]);
    },
  );
});

describe('volumes', () => {
  it('are provided by the default storage class once a pod wants them', async () => {
    await apply(
      stringify({
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'store' },
        spec: {
          serviceName: 'store',
          selector: { matchLabels: { app: 'store' } },
          template: {
            metadata: { labels: { app: 'store' } },
            spec: { containers: [{ name: 'main', image: 'example.com/x' }] },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1Gi' } },
              },
            },
          ],
        },
      }),
    );
    await playground.kubectl([
      'wait',
      '--for=jsonpath={.status.phase}=Bound',
      '--timeout=30s',
      'pvc/data-store-0',
    ]);
    const { spec } = await get('pvc', 'data-store-0');
    expect(spec.storageClassName).toBe('standard');
  });
});

describe('who may do what', () => {
  it('is nothing for a new user, until a role is bound', async () => {
    const { kubeconfig } = await playground.addUser({
      name: 'understage:user:default/ada',
      groups: ['understage:group:default/team-shop'],
    });
    expect(await as(kubeconfig, 'get', 'pods')).toContain(
      'User "understage:user:default/ada" cannot list resource "pods"',
    );
    await playground.kubectl([
      'create',
      'rolebinding',
      'team-shop-views',
      '--clusterrole=view',
      '--group=understage:group:default/team-shop',
    ]);
    await waitFor(
      async () => !(await as(kubeconfig, 'get', 'pods')).includes('cannot'),
      { what: 'the binding to be seen', timeoutMs: 10_000 },
    );
    expect(await as(kubeconfig, 'get', 'secrets')).toContain('cannot list');
  });

  it('differs for users whose names differ only in punctuation', async () => {
    const [a, b] = await Promise.all([
      playground.addUser({ name: 'team:a' }),
      playground.addUser({ name: 'team/a' }),
    ]);
    expect(await as(a.kubeconfig, 'auth', 'whoami')).toContain('team:a');
    expect(await as(b.kubeconfig, 'auth', 'whoami')).toContain('team/a');
  });

  it('is what is bound to a service account for its token', async () => {
    await playground.kubectl(['create', 'serviceaccount', 'robot']);
    const { kubeconfig } = await playground.serviceAccountKubeconfig({
      namespace: 'default',
      name: 'robot',
    });
    expect(await as(kubeconfig, 'auth', 'whoami')).toContain(
      'system:serviceaccount:default:robot',
    );
    expect(await as(kubeconfig, 'get', 'pods')).toContain('cannot list');
  });

  it('is refused with a sentence for a service account that does not exist', async () => {
    await expect(
      playground.serviceAccountKubeconfig({
        namespace: 'default',
        name: 'nobody',
      }),
    ).rejects.toThrow('serviceaccounts "nobody" not found');
  });

  it('is everything for the administrator, without the exemptions of system:masters', async () => {
    const who = await playground.kubectl(['auth', 'whoami', '-o', 'json']);
    expect(JSON.parse(who).status.userInfo.groups).not.toContain(
      'system:masters',
    );
    expect((await playground.kubectl(['auth', 'can-i', '*', '*'])).trim()).toBe(
      'yes',
    );
  });

  it('is written to nobody else: the kubeconfig is ours alone', async () => {
    expect(readFileSync(playground.kubeconfig, 'utf8')).toContain(
      'client-key-data',
    );
    const { statSync } =
      jest.requireActual<typeof import('node:fs')>('node:fs');
    expect(statSync(playground.kubeconfig).mode % 0o100).toBe(0);
  });
});

describe('admission', () => {
  it('holds a namespace to the pod security that it asks for', async () => {
    await playground.kubectl(['create', 'namespace', 'strict']);
    await playground.kubectl([
      'label',
      'namespace',
      'strict',
      'pod-security.kubernetes.io/enforce=restricted',
    ]);
    await expect(
      playground.kubectl([
        '-n',
        'strict',
        'run',
        'x',
        '--image=example.com/x',
        '--privileged',
      ]),
    ).rejects.toThrow('violates PodSecurity "restricted:latest"');
  });

  it('holds a namespace to its quota', async () => {
    await playground.kubectl(['create', 'namespace', 'small']);
    await playground.kubectl([
      '-n',
      'small',
      'create',
      'quota',
      'q',
      '--hard=configmaps=1',
    ]);
    await waitFor(
      async () =>
        (await get('quota', 'q', '-n', 'small')).status.hard !== undefined,
      { what: 'the quota to count', timeoutMs: 20_000 },
    );
    await expect(
      playground.kubectl([
        '-n',
        'small',
        'create',
        'configmap',
        'one-too-many',
      ]),
    ).rejects.toThrow('exceeded quota');
  });

  it('shares the API server fairly', async () => {
    const names = (await get('flowschemas')).items.map(
      (item: { metadata: { name: string } }) => item.metadata.name,
    );
    expect(names).toContain('global-default');
  });
});

describe('recovery', () => {
  it.each([
    'etcd',
    'kube-apiserver',
    'kube-controller-manager',
    'kube-scheduler',
    'kwok',
  ] as const)(
    'after %s was killed and started again: nothing is lost, and new pods get ready',
    async component => {
      const before = await playground.kubectl([
        'get',
        'namespace',
        'default',
        '-o',
        'jsonpath={.metadata.uid}',
      ]);
      const pid = playground.pids()[component];
      await playground.kill(component);
      expect(playground.pids()[component]).toBeUndefined();
      await playground.restart(component);
      expect(playground.pids()[component]).not.toBe(pid);
      expect(
        await playground.kubectl([
          'get',
          'namespace',
          'default',
          '-o',
          'jsonpath={.metadata.uid}',
        ]),
      ).toBe(before);
      const name = `after-${component}`;
      await apply(deployment(name, {}));
      expect(await available(name)).toBe(3);
      await playground.kubectl(['delete', 'deployment', name]);
    },
  );

  it('by a restart of a component that runs', async () => {
    await playground.restart('kube-apiserver');
    await apply(deployment('after-restart', {}));
    expect(await available('after-restart')).toBe(3);
  });
});
