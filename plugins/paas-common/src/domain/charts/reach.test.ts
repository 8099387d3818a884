import { KubeObject } from '../kubernetes';
import {
  chartDeployment,
  chartObject,
  chartService,
  checkObjects,
  verdict,
} from './testing/chartObjects';

const identity = {
  'understage.dev/application': 'shop',
  'understage.dev/component': 'redis',
};
const others = { app: 'bank', 'understage.dev/application': 'bank' };

function rendered(kind: string, ...objects: readonly unknown[]): KubeObject {
  const checked = checkObjects(objects);
  if (checked.kind === 'refused') throw new Error(checked.blocked.message);
  const found = checked.objects.find(({ object }) => object.kind === kind);
  if (!found) throw new Error(`no ${kind}`);
  return found.object;
}

describe("a chart's objects reach the pods of their own component only", () => {
  it('a Service that selects the pods of another application finds none of them', () => {
    const service = chartService('s', { selector: others });
    expect(rendered('Service', chartDeployment(), service).spec).toMatchObject({
      selector: { app: 'bank', ...identity },
    });
  });

  it('a Service of its own pods still selects them', () => {
    const objects = [chartDeployment(), chartService()];
    const { selector } = Object(rendered('Service', ...objects).spec);
    const { template } = Object(rendered('Deployment', ...objects).spec);
    expect(template.metadata.labels).toMatchObject(selector);
  });

  it.each([
    ['is left out', undefined],
    ['is empty', {}],
    ['is null', null],
  ])(
    'a Service whose selector %s selects nothing, as before',
    (_what, selector) => {
      const service = chartService('s', { selector });
      const { spec } = rendered('Service', chartDeployment(), service);
      expect(Object(spec).selector ?? {}).toEqual({});
    },
  );

  const budget = (selector: unknown) =>
    chartObject('PodDisruptionBudget', 'policy/v1', {
      spec: { maxUnavailable: 0, selector },
    });
  const budgetSelector = (selector: unknown) =>
    Object(
      rendered('PodDisruptionBudget', chartDeployment(), budget(selector)).spec,
    ).selector;

  it('a disruption budget of every pod, or of somebody else, guards its own', () => {
    expect(budgetSelector({})).toEqual({ matchLabels: identity });
    expect(budgetSelector({ matchLabels: others })).toEqual({
      matchLabels: { ...others, ...identity },
    });
    const matchExpressions = [{ key: 'app', operator: 'Exists' }];
    expect(budgetSelector({ matchExpressions })).toEqual({
      matchLabels: identity,
      matchExpressions,
    });
  });

  it('a disruption budget without a selector guards nothing, as before', () => {
    expect(budgetSelector(undefined)).toBeUndefined();
    expect(budgetSelector(null)).toBeNull();
  });

  it('selectors of workloads, which are immutable, stay as they are', () => {
    const { selector } = Object(rendered('Deployment', chartDeployment()).spec);
    expect(selector).toEqual({
      matchLabels: {
        'app.kubernetes.io/name': 'redis',
        'app.kubernetes.io/instance': 'shop-redis',
      },
    });
  });

  it('a chart can not keep the pods of others off its nodes', () => {
    const term = (labelSelector: unknown) => ({
      topologyKey: 'kubernetes.io/hostname',
      labelSelector,
    });
    const deployment = chartDeployment({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            term({}),
            term({ matchLabels: { app: 'redis' } }),
            term(null),
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: term({}) },
          ],
        },
      },
    });
    const { template } = Object(rendered('Deployment', deployment).spec);
    expect(template.spec.affinity.podAntiAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: [
        term({ matchLabels: identity }),
        term({ matchLabels: { app: 'redis', ...identity } }),
        term(null),
      ],
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: term({}) },
      ],
    });
  });

  it.each([
    ['by name', { namespaces: ['kube-system'] }],
    ['by label', { namespaceSelector: {} }],
  ])('nor those of other namespaces, %s', (_how, where) => {
    const term = { topologyKey: 'zone', labelSelector: {}, ...where };
    const affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [term],
      },
    };
    expect(verdict(chartDeployment({ affinity }))).toMatch(
      'FieldNotAllowed: redis: Deployment shop-redis: spec.template.spec.affinity.podAntiAffinity names other namespaces',
    );
  });

  it('its own namespace may be named', () => {
    const term = {
      topologyKey: 'zone',
      labelSelector: {},
      namespaces: ['shop'],
    };
    const affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [term],
      },
    };
    expect(verdict(chartDeployment({ affinity }))).toBe('accepted');
  });
});

describe('what scales and what routes names objects of the same chart', () => {
  const scaler = (scaleTargetRef: unknown) =>
    chartObject('HorizontalPodAutoscaler', 'autoscaling/v2', {
      spec: { scaleTargetRef, maxReplicas: 1 },
    });

  it.each([
    ['with its version', { apiVersion: 'apps/v1', kind: 'Deployment' }],
    ['without', { kind: 'Deployment' }],
  ])('a scaler of the workload beside it is fine, %s', (_how, target) => {
    expect(
      verdict(chartDeployment(), scaler({ ...target, name: 'shop-redis' })),
    ).toBe('accepted');
  });

  it.each([
    ['of another application', { kind: 'Deployment', name: 'bank-web' }],
    ['of another kind', { kind: 'StatefulSet', name: 'shop-redis' }],
    [
      'of another group',
      { apiVersion: 'x.io/v1', kind: 'Deployment', name: 'shop-redis' },
    ],
    ['that is not named', {}],
    ['that is nothing', undefined],
  ])('a scaler of a workload %s is refused', (_what, target) => {
    expect(verdict(chartDeployment(), scaler(target))).toMatch(
      /^FieldNotAllowed: redis: HorizontalPodAutoscaler thing: spec\.scaleTargetRef names .*, which this chart does not render/,
    );
  });

  const ingress = (backend: unknown) =>
    chartObject('Ingress', 'networking.k8s.io/v1', {
      spec: {
        rules: [{ host: 'a.example.com', http: { paths: [{ backend }] } }],
      },
    });
  const route = (spec: object) =>
    chartObject('HTTPRoute', 'gateway.networking.k8s.io/v1', {
      spec: { hostnames: ['a.example.com'], ...spec },
    });
  const own = chartService('front');

  it.each([
    [
      'an Ingress',
      ingress({ service: { name: 'bank-web', port: { number: 80 } } }),
    ],
    ['a route', route({ rules: [{ backendRefs: [{ name: 'bank-web' }] }] })],
    [
      'a mirror',
      route({
        rules: [
          {
            filters: [{ requestMirror: { backendRef: { name: 'bank-web' } } }],
          },
        ],
      }),
    ],
    [
      'a mirror of one backend',
      route({
        rules: [
          {
            backendRefs: [
              {
                name: 'front',
                filters: [
                  { requestMirror: { backendRef: { name: 'bank-web' } } },
                ],
              },
            ],
          },
        ],
      }),
    ],
  ])('%s to the Service of another application is refused', (_what, object) => {
    expect(verdict(chartDeployment(), own, object)).toMatch(
      'it leads to Service "bank-web", which this chart does not render',
    );
  });

  it.each([
    ['an Ingress', ingress({ resource: { kind: 'Bucket', name: 'b' } })],
    [
      'a route',
      route({
        rules: [
          { backendRefs: [{ group: 'x.io', kind: 'Bucket', name: 'b' }] },
        ],
      }),
    ],
  ])('%s to something that is no Service is refused', (_what, object) => {
    expect(verdict(chartDeployment(), own, object)).toMatch(
      'it leads to Bucket "b", and only Services of this chart may be led to',
    );
  });

  it("a route that hangs on the Service of another application would take that one's calls", () => {
    const bound = (name: string) =>
      route({ parentRefs: [{ group: '', kind: 'Service', name }] });
    expect(verdict(chartDeployment(), own, bound('bank-web'))).toMatch(
      'it leads to Service "bank-web"',
    );
    expect(verdict(chartDeployment(), own, bound('front'))).toBe('accepted');
  });

  it('Services of the chart, and the redirects that controllers know as a port, are fine', () => {
    expect(
      verdict(
        chartDeployment(),
        own,
        ingress({ service: { name: 'front', port: { number: 6379 } } }),
      ),
    ).toBe('accepted');
    expect(
      verdict(
        ingress({
          service: { name: 'ssl-redirect', port: { name: 'use-annotation' } },
        }),
      ),
    ).toBe('accepted');
  });

  it('a Job that counts pods by a selector of its own is refused', () => {
    const job = chartObject('Job', 'batch/v1', {
      spec: { manualSelector: true, template: {} },
    });
    expect(verdict(job)).toMatch('spec.manualSelector: true is not allowed');
  });
});

describe('a chart as large publishers write them', () => {
  const own = {
    'app.kubernetes.io/name': 'redis',
    'app.kubernetes.io/instance': 'shop-redis',
  };
  const soft = {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: {
            labelSelector: { matchLabels: own },
            namespaces: ['shop'],
            topologyKey: 'kubernetes.io/hostname',
          },
        },
      ],
    },
  };
  const objects = [
    chartDeployment({ affinity: soft }),
    chartService('shop-redis'),
    chartService('shop-redis-headless', { clusterIP: 'None' }),
    chartObject('PodDisruptionBudget', 'policy/v1', {
      spec: { maxUnavailable: 1, selector: { matchLabels: own } },
    }),
    chartObject('HorizontalPodAutoscaler', 'autoscaling/v2', {
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'shop-redis',
        },
        minReplicas: 1,
        maxReplicas: 3,
      },
    }),
    chartObject('NetworkPolicy', 'networking.k8s.io/v1', {
      spec: { podSelector: { matchLabels: own } },
    }),
    chartObject('Ingress', 'networking.k8s.io/v1', {
      spec: {
        rules: [
          {
            host: 'redis.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'ImplementationSpecific',
                  backend: {
                    service: {
                      name: 'shop-redis',
                      port: { name: 'tcp-redis' },
                    },
                  },
                },
              ],
            },
          },
        ],
      },
    }),
  ];

  it('is accepted, and each selector still finds its pods', () => {
    const checked = checkObjects(objects);
    expect(checked).toMatchObject({ kind: 'accepted' });
    const { template } = Object(rendered('Deployment', ...objects).spec);
    const { labels } = template.metadata;
    expect(labels).toMatchObject(
      Object(rendered('Service', ...objects).spec).selector,
    );
    expect(labels).toMatchObject(
      Object(rendered('PodDisruptionBudget', ...objects).spec).selector
        .matchLabels,
    );
    expect(template.spec.affinity).toEqual(soft);
  });
});
