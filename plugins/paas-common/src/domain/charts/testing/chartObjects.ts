import { RenderedChart } from '../../desired';
import { KubeObject } from '../../kubernetes';
import { labelsFor } from '../../labels';
import { checkChartObjects, CheckedChart } from '../checkChartObjects';

/** A Deployment as charts write them, with `pod` in its pod's spec. */
export function chartDeployment(
  pod: object = {},
  metadata: object = {},
): KubeObject {
  const labels = {
    'app.kubernetes.io/name': 'redis',
    'app.kubernetes.io/instance': 'shop-redis',
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop-redis', labels, ...metadata },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'redis',
              image: 'redis:7',
              ports: [{ name: 'redis', containerPort: 6379 }],
            },
          ],
          ...pod,
        },
      },
    },
  };
}

/** A Service as charts write them, with `spec` laid over it. */
export function chartService(
  name: string = 'shop-redis-master',
  spec: object = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      selector: {
        'app.kubernetes.io/name': 'redis',
        'app.kubernetes.io/instance': 'shop-redis',
      },
      ports: [{ name: 'tcp-redis', port: 6379, targetPort: 'redis' }],
      ...spec,
    },
  };
}

/** An object of any kind. */
export function chartObject(
  kind: string,
  apiVersion: string = 'v1',
  fields: object = {},
): KubeObject {
  return { apiVersion, kind, metadata: { name: 'thing' }, ...fields };
}

/** Checks objects as those of component `redis` of application `shop` in namespace `shop`. */
export function checkObjects(
  objects: readonly unknown[],
  options: {
    readonly deletionPolicy?: 'Retain' | 'Delete';
    readonly crds?: readonly string[];
    readonly domains?: readonly string[];
  } = {},
): CheckedChart {
  // What stands in a chart is whatever helm printed, whatever the type says.
  const chart: RenderedChart = JSON.parse(
    JSON.stringify({
      chart: 'bitnami/redis',
      version: '18.1.0',
      digest: 'sha256:1',
      objects,
      crds: options.crds,
    }),
  );
  const labels = labelsFor({
    application: 'shop',
    component: 'redis',
    tenant: 'team',
    version: chart.version,
  });
  return checkChartObjects(chart, {
    component: 'redis',
    namespace: 'shop',
    labels,
    deletionPolicy: options.deletionPolicy ?? 'Retain',
    domains: options.domains,
  });
}

/** The reason and the sentence of the first refusal; `accepted` when there is none. */
export function verdict(...objects: readonly unknown[]): string {
  const checked = checkObjects(objects);
  return checked.kind === 'accepted'
    ? 'accepted'
    : `${checked.blocked.reason}: ${checked.blocked.message}`;
}
