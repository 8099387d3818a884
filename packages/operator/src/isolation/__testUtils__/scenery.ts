import { Manifest } from './attack';
import {
  account,
  claim,
  ingress,
  ingressRule,
  namespace,
  person,
  podSpec,
  service,
} from './manifests';
import { tenant } from './tenant';

const named = (object: Manifest, name: string): Manifest => ({
  ...object,
  metadata: { ...object.metadata, name },
});

/** A volume that waits for a claim; of a tenant where one is named. */
export const volume = (
  name: string,
  of: { readonly tenant?: string; readonly storageClass?: string } = {},
): Manifest => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {
    name,
    labels:
      of.tenant === undefined ? {} : { 'understage.dev/tenant': of.tenant },
  },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    storageClassName: of.storageClass ?? 'kept',
    persistentVolumeReclaimPolicy: 'Retain',
    csi: { driver: 'csi.example.com', volumeHandle: name },
  },
});

/** Stands for the Gateway API, which is an add-on. */
const routes: Manifest = {
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

const all = ['*'];
const careless: readonly Manifest[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'careless' },
    rules: [
      ...[
        '',
        'apps',
        'batch',
        'networking.k8s.io',
        'rbac.authorization.k8s.io',
      ].map(group => ({ apiGroups: [group], resources: all, verbs: all })),
      {
        apiGroups: ['paas.understage.dev'],
        resources: ['tenants'],
        verbs: ['get', 'list', 'update', 'patch', 'delete'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'careless' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'careless',
    },
    // The binder and the operator have more rights here than they have: only policies are left to say no.
    subjects: [
      person('careless'),
      account('persistent-volume-binder', 'kube-system'),
      account('understage-operator', 'understage-system'),
    ],
  },
];

/** What is there beside tenants, made before any of them. */
export const around: readonly Manifest[] = [
  routes,
  ...careless,
  namespace('free', {}),
  {
    ...namespace('promised', {}),
    metadata: {
      name: 'promised',
      annotations: { 'understage.dev/adopt': 'data' },
    },
  },
  volume('data-kept', { tenant: 'data' }),
  volume('data-free', { tenant: 'data' }),
  volume('shop-kept', { tenant: 'shop' }),
  volume('any-volume'),
];

/** With a bit of everything, so that its bundle holds every object that there is. */
export const shop = tenant(
  'shop',
  {
    quota: { cpu: '2', memory: '4Gi', pods: 20, storage: '2Ti', objects: 50 },
    limits: {
      default: { cpu: '100m', memory: '128Mi' },
      max: { memory: '2Gi' },
    },
    network: {
      egress: {
        internet: true,
        cidrs: ['198.51.100.0/24', '10.20.0.0/16'],
        tenants: ['data'],
      },
      domains: ['shop.example.com'],
    },
    storage: { classes: [{ name: 'standard' }] },
  },
  { finalizers: ['understage.dev/offboarding'] },
);

/** With as little as can be, and a load balancer. */
export const data = tenant('data', {
  quota: { loadBalancers: 1 },
  network: {
    allowFrom: ['ingress', 'monitoring'],
    egress: { cidrs: ['198.51.100.0/24'] },
  },
});

/** Tenants in states that attacks need. */
export const bystanders: readonly Manifest[] = [
  tenant('doomed', { deletionPolicy: 'Delete' }),
  tenant(
    'confirmed',
    { deletionPolicy: 'Delete' },
    { annotations: { 'understage.dev/confirm-delete': 'confirmed' } },
  ),
  tenant('leaving', {}, { finalizers: ['understage.dev/offboarding'] }),
];

const labels = { app: 'web' };

/** What runs in shop, written by its deployer. */
export const running: readonly Manifest[] = [
  named(service({}), 'web'),
  named(ingress({ rules: [ingressRule('www.shop.example.com')] }), 'web'),
  // Larger than any volume that is there, so that it waits.
  named(claim({ resources: { requests: { storage: '500Gi' } } }), 'waiting'),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec() },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: {
      name: 'harmless',
      namespace: 'shop',
      annotations: { 'kubernetes.io/service-account.name': 'default' },
    },
  },
];
