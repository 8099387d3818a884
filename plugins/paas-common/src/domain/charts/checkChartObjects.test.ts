import { CheckedChart } from './checkChartObjects';
import {
  chartDeployment,
  chartObject,
  chartService,
  checkObjects,
} from './testing/chartObjects';

function accepted(checked: CheckedChart) {
  if (checked.kind === 'refused') {
    throw new Error(`refused: ${checked.blocked.message}`);
  }
  return checked;
}

describe('checkChartObjects', () => {
  it('keeps names, forces the namespace and drops what the chart says of its state', () => {
    const { objects } = accepted(
      checkObjects([
        {
          ...chartDeployment({}, { uid: 'x', creationTimestamp: null }),
          status: {},
        },
      ]),
    );
    expect(objects).toHaveLength(1);
    const [{ object, component, retained }] = objects;
    expect(object.metadata).toEqual({
      name: 'shop-redis',
      namespace: 'shop',
      labels: expect.anything(),
    });
    expect(object).not.toHaveProperty('status');
    expect({ component, retained }).toEqual({
      component: 'redis',
      retained: false,
    });
  });

  it('adds our labels to the object and to its pods, and leaves the labels that its selectors use', () => {
    const [{ object }] = accepted(checkObjects([chartDeployment()])).objects;
    const labels = {
      'app.kubernetes.io/name': 'redis',
      'app.kubernetes.io/instance': 'shop-redis',
      'app.kubernetes.io/component': 'redis',
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/version': '18.1.0',
      'app.kubernetes.io/managed-by': 'understage',
      'understage.dev/application': 'shop',
      'understage.dev/component': 'redis',
      'understage.dev/tenant': 'team',
      'backstage.io/kubernetes-id': 'shop-redis',
    };
    expect(object.metadata.labels).toEqual(labels);
    expect(object.spec).toMatchObject({
      selector: {
        matchLabels: {
          'app.kubernetes.io/name': 'redis',
          'app.kubernetes.io/instance': 'shop-redis',
        },
      },
      template: { metadata: { labels } },
    });
  });

  it('adds our labels to the runs of a schedule, which belong to the application as well', () => {
    const jobTemplate = { metadata: { labels: { own: 'yes' } }, spec: {} };
    const cron = chartObject('CronJob', 'batch/v1', { spec: { jobTemplate } });
    const [{ object }] = accepted(checkObjects([cron])).objects;
    expect(object.spec).toMatchObject({
      jobTemplate: {
        metadata: {
          labels: {
            own: 'yes',
            'understage.dev/application': 'shop',
            'understage.dev/component': 'redis',
          },
        },
      },
    });
  });

  it('does not let a chart pass for another component, or speak for the platform', () => {
    const metadata = {
      labels: {
        'understage.dev/application': 'bank',
        'backstage.io/kubernetes-id': 'bank',
        'understage.dev/admin': 'yes',
      },
      annotations: {
        'understage.dev/adopt': 'true',
        'understage.dev/application-uid': 'u',
        note: 'kept',
      },
    };
    const [{ object }] = accepted(
      checkObjects([chartDeployment({}, metadata)]),
    ).objects;
    expect(object.metadata.labels).toMatchObject({
      'understage.dev/application': 'shop',
      'backstage.io/kubernetes-id': 'shop-redis',
    });
    expect(object.metadata.labels).not.toHaveProperty(['understage.dev/admin']);
    expect(object.metadata.annotations).toEqual({ note: 'kept' });
  });

  it('refuses a chart that renders nothing, or nothing but tests and network policies', () => {
    const policy = chartObject('NetworkPolicy', 'networking.k8s.io/v1');
    const test = chartDeployment(
      {},
      { annotations: { 'helm.sh/hook': 'test' } },
    );
    for (const objects of [
      [],
      [policy],
      [test],
      [policy, test],
      [null, 'text', 7, {}],
    ]) {
      expect(checkObjects(objects)).toEqual({
        kind: 'refused',
        blocked: {
          reason: 'ChartEmpty',
          message:
            'redis: chart bitnami/redis 18.1.0 renders no objects with these values.',
        },
        refusals: [],
      });
    }
  });

  it('leaves out network policies, which would open what no dependency declares', () => {
    const policy = chartObject('NetworkPolicy', 'networking.k8s.io/v1', {
      spec: { podSelector: {}, ingress: [{}] },
    });
    const { objects, warnings } = accepted(
      checkObjects([chartDeployment(), policy]),
    );
    expect(objects).toHaveLength(1);
    expect(warnings).toEqual([
      {
        component: 'redis',
        reason: 'KindNotAllowed',
        message:
          'redis: NetworkPolicy thing of the chart was left out: who may call whom follows from `dependencies`.',
      },
    ]);
  });

  it('warns of definitions that are not installed', () => {
    expect(
      accepted(checkObjects([chartDeployment()], { crds: ['crds/redis.yaml'] }))
        .warnings,
    ).toMatchObject([
      {
        reason: 'KindNotAllowed',
        message:
          "redis: crds/redis.yaml of the chart was not installed: definitions are the platform team's to install.",
      },
    ]);
  });

  it('refuses the whole chart for one object, and lists every refusal', () => {
    const checked = checkObjects([
      chartDeployment({ hostNetwork: true, hostPID: true }),
      chartService(),
      chartObject('Namespace'),
    ]);
    expect(checked).toMatchObject({
      kind: 'refused',
      blocked: {
        reason: 'FieldNotAllowed',
        message: expect.stringMatching(
          /hostNetwork: true is not allowed. \(and 2 more\)$/,
        ),
      },
    });
    expect(
      checked.kind === 'refused' &&
        checked.refusals.map(({ ref }) => `${ref?.kind} ${ref?.name}`),
    ).toEqual([
      'Deployment shop-redis',
      'Deployment shop-redis',
      'Namespace thing',
    ]);
  });

  it('refuses an object that is rendered twice', () => {
    expect(checkObjects([chartService('a'), chartService('a')])).toMatchObject({
      kind: 'refused',
      blocked: {
        reason: 'ChartFailed',
        message: 'redis: the chart renders Service a twice.',
      },
    });
  });

  it('unrolls lists', () => {
    const list = chartObject('List', 'v1', {
      items: [chartDeployment(), chartService(), 'nonsense'],
    });
    expect(
      accepted(checkObjects([list])).objects.map(({ object }) => object.kind),
    ).toEqual(['Deployment', 'Service']);
  });

  it('knows what items of a list of one kind are', () => {
    const { apiVersion: _v, kind: _k, ...item } = chartObject('ConfigMap');
    const list = { apiVersion: 'v1', kind: 'ConfigMapList', items: [item] };
    expect(accepted(checkObjects([list])).objects[0].object).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'thing' },
    });
  });

  it('takes a List without items as nothing', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: null };
    expect(
      accepted(checkObjects([list, chartDeployment()])).objects,
    ).toHaveLength(1);
  });

  describe('volumes', () => {
    const claim = chartObject('PersistentVolumeClaim', 'v1', { spec: {} });
    const set = chartObject('StatefulSet', 'apps/v1', {
      spec: {
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: 'Delete',
          whenScaled: 'Delete',
        },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
      },
    });

    it.each(['Retain', 'Delete'] as const)(
      "follow the application's policy %s, whatever the chart wants",
      deletionPolicy => {
        const { objects } = accepted(
          checkObjects([claim, set], { deletionPolicy }),
        );
        expect(objects[0].retained).toBe(deletionPolicy === 'Retain');
        expect(objects[1].object.spec).toMatchObject({
          persistentVolumeClaimRetentionPolicy: {
            whenDeleted: deletionPolicy,
            whenScaled: 'Retain',
          },
          volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
        });
      },
    );

    it('leave a StatefulSet without claims as it is', () => {
      const [{ object }] = accepted(
        checkObjects([
          chartObject('StatefulSet', 'apps/v1', { spec: { replicas: 1 } }),
        ]),
      ).objects;
      expect(object.spec).not.toHaveProperty(
        'persistentVolumeClaimRetentionPolicy',
      );
    });
  });
});

describe('the Services of a chart', () => {
  const fronts = (...objects: readonly unknown[]) =>
    accepted(checkObjects(objects)).fronts;

  it("lead to the pods' ports by number: a named target is looked up", () => {
    expect(fronts(chartDeployment(), chartService())).toEqual([
      {
        service: 'shop-redis-master',
        selector: {
          'app.kubernetes.io/name': 'redis',
          'app.kubernetes.io/instance': 'shop-redis',
          'understage.dev/application': 'shop',
          'understage.dev/component': 'redis',
        },
        ports: [
          { name: 'tcp-redis', port: 6379, protocol: 'TCP', targetPort: 6379 },
        ],
      },
    ]);
  });

  it.each([
    ['a number', 7000, 7000],
    ['a number as text', '7000', 7000],
    ['nothing: the port itself', undefined, 6379],
    ['a name', 'redis', 6379],
  ])('take %s as target', (_what, targetPort, expected) => {
    const [front] = fronts(
      chartDeployment(),
      chartService('s', { ports: [{ port: 6379, targetPort }] }),
    );
    expect(front.ports[0].targetPort).toBe(expected);
  });

  it('come with an address of their own first, then headless ones, each by name', () => {
    const names = fronts(
      chartDeployment(),
      chartService('b'),
      chartService('a-headless', { clusterIP: 'None' }),
      chartService('a'),
    ).map(({ service }) => service);
    expect(names).toEqual(['a', 'b', 'a-headless']);
  });

  it.each([
    ['selects nothing', { selector: {} }],
    ['selects other pods', { selector: { app: 'other' } }],
    [
      'names a port that no container has',
      { ports: [{ port: 1, targetPort: 'nobody' }] },
    ],
    ['has no ports', { ports: [] }],
    [
      'has ports that are none',
      { ports: [{ port: '80' }, { port: 0 }, { port: 70000 }, null] },
    ],
  ])('leave out one that %s', (_what, spec) => {
    expect(fronts(chartDeployment(), chartService('s', spec))).toEqual([]);
  });
});

describe('the ingresses of a chart', () => {
  const ingress = (backend: object) =>
    chartObject('Ingress', 'networking.k8s.io/v1', {
      spec: {
        rules: [
          { host: 'a.example.com', http: { paths: [{ path: '/', backend }] } },
        ],
      },
    });
  const exposed = (...objects: readonly unknown[]) =>
    accepted(checkObjects([chartDeployment(), chartService(), ...objects]))
      .exposed;

  it.each([
    [
      'by number',
      { service: { name: 'shop-redis-master', port: { number: 6379 } } },
    ],
    [
      'by name',
      { service: { name: 'shop-redis-master', port: { name: 'tcp-redis' } } },
    ],
  ])("open the pods' port that they lead to, %s", (_how, backend) => {
    expect(exposed(ingress(backend))).toEqual([
      { port: 6379, protocol: 'TCP' },
    ]);
  });

  it('open nothing where they lead nowhere', () => {
    expect(
      exposed(
        ingress({
          service: { name: 'shop-redis-master', port: { number: 1 } },
        }),
      ),
    ).toEqual([]);
    expect(exposed()).toEqual([]);
  });

  it('are read as routes too', () => {
    const route = chartObject('HTTPRoute', 'gateway.networking.k8s.io/v1', {
      spec: {
        hostnames: ['a.example.com'],
        rules: [{ backendRefs: [{ name: 'shop-redis-master', port: 6379 }] }],
      },
    });
    expect(exposed(route)).toEqual([{ port: 6379, protocol: 'TCP' }]);
  });
});
