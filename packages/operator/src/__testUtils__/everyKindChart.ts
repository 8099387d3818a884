import {
  allowedKinds,
  apiVersionOf,
  KubeObject,
} from '@understage/plugin-paas-common';

const labels = { app: 'everything' };
const template = {
  metadata: { labels },
  spec: {
    restartPolicy: 'Always',
    containers: [{ name: 'main', image: 'main:1' }],
  },
};
const job = {
  template: {
    metadata: { labels },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'main:1' }],
    },
  },
};
const workload = { selector: { matchLabels: labels }, template };

/** What an object of a kind needs beside its name to be taken by the API server. */
const contents: Readonly<Record<string, Record<string, unknown>>> = {
  ServiceAccount: {},
  Secret: { stringData: { key: 'value' } },
  ConfigMap: { data: { key: 'value' } },
  PersistentVolumeClaim: {
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  },
  Service: { spec: { selector: labels, ports: [{ name: 'http', port: 80 }] } },
  // A chart's policies are left out: those of its dependencies are the platform's.
  PodDisruptionBudget: {
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  },
  Deployment: { spec: workload },
  StatefulSet: { spec: { ...workload, serviceName: 'everything' } },
  DaemonSet: { spec: workload },
  Job: { spec: job },
  CronJob: { spec: { schedule: '0 0 * * *', jobTemplate: { spec: job } } },
  HorizontalPodAutoscaler: {
    spec: {
      maxReplicas: 3,
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'everything',
      },
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 80 },
          },
        },
      ],
    },
  },
};

/** What claims a host, one of the namespace's own: a host is one application's only. */
const routes = (host: string): typeof contents => ({
  Ingress: {
    spec: {
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: 'everything', port: { number: 80 } },
                },
              },
            ],
          },
        },
      ],
    },
  },
  HTTPRoute: { spec: { hostnames: [host] } },
});

/** A chart with one object of every kind that charts may bring. */
export function everyKindChart({
  namespace,
}: {
  readonly namespace: string;
}): readonly KubeObject[] {
  const all = { ...contents, ...routes(`${namespace}.example.com`) };
  return allowedKinds.flatMap(kind => {
    const content = all[kind.kind];
    return content === undefined
      ? []
      : [
          {
            apiVersion: apiVersionOf(kind),
            kind: kind.kind,
            metadata: { name: 'everything' },
            ...content,
          },
        ];
  });
}
