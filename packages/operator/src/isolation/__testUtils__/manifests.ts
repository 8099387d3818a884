import { Manifest } from './attack';

const restricted = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** A pod that the restricted profile lets in, before `more` is put over its spec. */
export function podSpec(more: object = {}, container: object = {}): object {
  return {
    automountServiceAccountToken: false,
    containers: [
      {
        name: 'main',
        image: 'registry.example.com/app:1',
        securityContext: restricted,
        resources: {
          requests: { cpu: '10m', memory: '16Mi' },
          limits: { cpu: '20m', memory: '32Mi' },
        },
        ...container,
      },
    ],
    ...more,
  };
}

export const pod = (more?: object, container?: object): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: podSpec(more, container),
});

const labels = { app: 'attack' };
const template = (more?: object, container?: object) => ({
  metadata: { labels },
  spec: podSpec(more, container),
});

export const deployment = (more?: object): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: { selector: { matchLabels: labels }, template: template(more) },
});

export const cronJob = (more?: object): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: {
    schedule: '0 0 * * *',
    jobTemplate: {
      spec: { template: template({ restartPolicy: 'Never', ...more }) },
    },
  },
});

export const job = (more?: object): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: { template: template({ restartPolicy: 'Never', ...more }) },
});

export const service = (spec: object): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: { selector: labels, ports: [{ port: 80 }], ...spec },
});

export const claim = (spec: object): Manifest => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'standard',
    resources: { requests: { storage: '1Gi' } },
    ...spec,
  },
});

export const ingressRule = (host?: string) => ({
  ...(host === undefined ? {} : { host }),
  http: {
    paths: [
      {
        path: '/',
        pathType: 'Prefix',
        backend: { service: { name: 'web', port: { number: 80 } } },
      },
    ],
  },
});

export const ingress = (
  spec: object,
  annotations: Readonly<Record<string, string>> = {},
): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'attack', namespace: 'shop', annotations },
  spec,
});

export const route = (spec: object): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'attack', namespace: 'shop' },
  spec: {
    parentRefs: [{ namespace: 'ingress', name: 'gateway' }],
    hostnames: ['www.shop.example.com'],
    rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
    ...spec,
  },
});

export const networkPolicy = (
  spec: object,
  metadata: object = {},
): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'attack', namespace: 'shop', ...metadata },
  spec: { podSelector: {}, ...spec },
});

export const roleBinding = (
  roleRef: { readonly kind: string; readonly name: string },
  subjects: readonly object[],
  namespace?: string,
): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata:
    namespace === undefined
      ? { name: 'understage:tenant:shop:attack' }
      : { name: 'attack', namespace },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...roleRef },
  subjects,
});

export const person = (name: string) => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'User',
  name,
});

export const group = (name: string) => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'Group',
  name,
});

export const account = (name: string, namespace: string) => ({
  kind: 'ServiceAccount',
  name,
  namespace,
});

export const clusterRole = (name: string, rule: object): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules: [
    {
      apiGroups: ['paas.understage.dev'],
      resources: ['tenants'],
      resourceNames: ['shop'],
      verbs: ['get'],
      ...rule,
    },
  ],
});

export const namespace = (
  name: string,
  labelled: Readonly<Record<string, string>>,
): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: labelled },
});
