import { Application, checkApplication } from '@understage/plugin-paas-common';
import { observedEdges } from './observedEdges';
import { clusterObject } from './testing/clusterObjects';

function application(...dependencies: readonly unknown[]): Application {
  const checked = checkApplication({
    apiVersion: 'paas/v1',
    kind: 'Application',
    metadata: { name: 'shop' },
    spec: {
      components: [
        { name: 'web', type: 'Deployment' },
        { name: 'api', type: 'Deployment', ports: [{ port: 80 }] },
        { name: 'redis', type: 'HelmChart', chart: 'bitnami/redis' },
      ],
      dependencies,
    },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value;
}

function service(
  name: string,
  fields: {
    readonly component?: string;
    readonly instance?: string;
    readonly clusterIP?: string;
    readonly port?: number;
    readonly targetPort?: number | string;
  } = {},
) {
  const { component = 'redis', instance = 'shop-redis' } = fields;
  const { port = 6379, targetPort, clusterIP = '10.0.0.1' } = fields;
  return clusterObject('Service', {
    name,
    namespace: 'team',
    labels: {
      'app.kubernetes.io/instance': instance,
      'app.kubernetes.io/name': component,
      'understage.dev/component': component,
    },
    spec: { clusterIP, ports: [{ port, targetPort }] },
  });
}

const alias = (name: string, targetPort = 6379) =>
  service(name, { instance: 'shop', targetPort });
const redis = (...services: readonly ReturnType<typeof service>[]) =>
  observedEdges(application('web -> redis:6379'), services)[0].to;

describe('the edges of an application as they are in the cluster', () => {
  it("lead to the Service that a chart renders, by the component's own name", () => {
    expect(
      redis(
        alias('redis'),
        alias('shop-redis'),
        service('shop-redis-headless', { clusterIP: 'None' }),
        service('shop-redis-master', { targetPort: 'redis' }),
        service('shop-redis-metrics', { port: 9121 }),
      ),
    ).toEqual({
      kind: 'component',
      component: 'redis',
      service: 'shop-redis-master',
      host: 'shop-redis',
      targetPort: 6379,
    });
  });

  it('lead to a headless one where a chart has no other', () => {
    expect(
      redis(
        alias('shop-redis', 7000),
        service('shop-redis-headless', { clusterIP: 'None', targetPort: 'x' }),
      ),
    ).toMatchObject({ service: 'shop-redis-headless', targetPort: 7000 });
  });

  it("lead to a chart's own Service of the component's name", () => {
    expect(
      redis(
        service('shop-redis', { targetPort: 7000 }),
        service('shop-redis-headless', { clusterIP: 'None' }),
      ),
    ).toEqual({
      kind: 'component',
      component: 'redis',
      service: 'shop-redis',
      targetPort: 7000,
    });
  });

  it.each([
    ['nothing is there yet', []],
    ['nothing offers the port', [service('shop-redis-master', { port: 1 })]],
    ['another component does', [service('shop-api', { component: 'api' })]],
    [
      'its Service can not be read',
      [{ ...service('shop-redis-master'), spec: { ports: 'none' } }],
    ],
  ])('go by the name that will be where %s', (_what, services) => {
    expect(redis(...services)).toEqual({
      kind: 'component',
      component: 'redis',
      service: 'shop-redis',
      targetPort: 6379,
    });
  });

  it('of other types lead to the Service of their name', () => {
    const services = [
      service('shop-api', { component: 'api', instance: 'shop', port: 80 }),
      service('api', { component: 'api', instance: 'shop', port: 80 }),
    ];
    expect(
      observedEdges(
        application('web -> api:80', 'web -> external:example.com:443'),
        services,
      ).map(({ to }) => to),
    ).toEqual([
      {
        kind: 'component',
        component: 'api',
        service: 'shop-api',
        targetPort: 80,
      },
      { kind: 'external', host: 'example.com' },
    ]);
  });
});
