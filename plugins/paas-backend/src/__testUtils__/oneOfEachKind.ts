import { KubeObject } from '@understage/kube';
import { LABEL_APPLICATION } from '@understage/plugin-paas-common';

/** Stands for the Gateway API, which is an add-on. */
export const routesCrd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'httproutes.gateway.networking.k8s.io',
    annotations: { 'api-approved.kubernetes.io': 'unapproved' },
  },
  spec: {
    group: 'gateway.networking.k8s.io',
    scope: 'Namespaced',
    names: { kind: 'HTTPRoute', plural: 'httproutes', singular: 'httproute' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

const labels = { app: 'one' };
const selector = { matchLabels: labels };
const pod = {
  automountServiceAccountToken: false,
  securityContext: {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  containers: [
    {
      name: 'main',
      image: 'main:1',
      resources: { limits: { cpu: '10m', memory: '16Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    },
  ],
};
const template = { metadata: { labels }, spec: pod };
const job = {
  template: { metadata: { labels }, spec: { ...pod, restartPolicy: 'Never' } },
};

/** What an object of each kind needs beside its name to be taken by the API server, by API version. */
const contents: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
> = {
  v1: {
    ServiceAccount: {},
    ConfigMap: {},
    Service: { spec: { ports: [{ port: 80 }] } },
    PersistentVolumeClaim: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    },
    Pod: { spec: pod },
  },
  'apps/v1': {
    Deployment: { spec: { replicas: 0, selector, template } },
    StatefulSet: {
      spec: { replicas: 0, serviceName: 'one', selector, template },
    },
    DaemonSet: { spec: { selector, template } },
    ReplicaSet: { spec: { replicas: 0, selector, template } },
    ControllerRevision: { revision: 1, data: {} },
  },
  'batch/v1': {
    Job: { spec: { ...job, suspend: true } },
    CronJob: {
      spec: {
        schedule: '0 0 1 1 *',
        suspend: true,
        jobTemplate: { spec: job },
      },
    },
  },
  'networking.k8s.io/v1': {
    NetworkPolicy: { spec: { podSelector: {} } },
    Ingress: {
      spec: {
        defaultBackend: { service: { name: 'one', port: { number: 80 } } },
      },
    },
  },
  'gateway.networking.k8s.io/v1': { HTTPRoute: {} },
  'policy/v1': {
    PodDisruptionBudget: { spec: { maxUnavailable: 1, selector } },
  },
  'autoscaling/v2': {
    HorizontalPodAutoscaler: {
      spec: {
        maxReplicas: 3,
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'one',
        },
      },
    },
  },
};

/** An object of every kind that the portal shows, all of one name, labelled as of the application of that name. */
export function oneOfEachKind(name: string): readonly KubeObject[] {
  return Object.entries(contents).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds).map(([kind, content]) => ({
      ...content,
      apiVersion,
      kind,
      metadata: { name, labels: { [LABEL_APPLICATION]: name } },
    })),
  );
}
