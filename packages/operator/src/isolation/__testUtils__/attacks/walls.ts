import { Attack, change, create, remove, Use } from '../attack';
import { namespace, networkPolicy } from '../manifests';

const shop = 'v1 Namespace shop';
const quota = 'v1 ResourceQuota shop/understage-quota';
const limits = 'v1 LimitRange shop/understage-limits';
const denial =
  'networking.k8s.io/v1 NetworkPolicy shop/understage-default-deny';
const everything = { egress: [{}], policyTypes: ['Egress'] };
const withLabels = (labels: object) => ({ metadata: { labels } });
const withAnnotations = (annotations: object) => ({
  metadata: { annotations },
});
const privileged = withLabels({
  'pod-security.kubernetes.io/enforce': 'privileged',
});
const namespaces = 'policy understage-tenant-namespaces';
const bundles = 'policy understage-bundles';

/** The namespace itself: whose it is, and how strict. */
export const namespaceAttacks: readonly Attack[] = [
  {
    id: 'S6',
    title: 'the deployer turns Pod Security off',
    as: 'deployer',
    request: change(shop, privileged),
    refused: 'rbac',
  },
  {
    id: 'S6',
    title: "the tenant's admin turns Pod Security off",
    as: 'grace',
    request: change(shop, privileged),
    refused: 'rbac',
  },
  {
    id: 'S6',
    title: 'somebody who may patch namespaces turns Pod Security off',
    as: 'careless',
    request: change(shop, privileged),
    refused: namespaces,
  },
  {
    id: 'S6',
    title: 'somebody turns Pod Security off by taking its label away',
    as: 'careless',
    request: change(
      shop,
      withLabels({ 'pod-security.kubernetes.io/enforce': null }),
    ),
    refused: namespaces,
  },
  {
    id: 'S6',
    title:
      'somebody turns Pod Security off through the status of the namespace',
    as: 'careless',
    request: change(shop, privileged, 'status'),
    refused: namespaces,
  },
  {
    id: 'S6',
    title:
      'somebody turns Pod Security off through the finalizers of the namespace',
    as: 'careless',
    request: {
      method: 'PUT',
      path: '/api/v1/namespaces/shop/finalize',
      body: {
        ...namespace('shop', {
          'pod-security.kubernetes.io/enforce': 'privileged',
        }),
        spec: { finalizers: ['kubernetes'] },
      },
    },
    refused: namespaces,
  },
  {
    id: 'S6',
    title:
      'a cluster administrator gives the namespace to another tenant by hand',
    as: 'admin',
    request: change(shop, withLabels({ 'understage.dev/tenant': 'data' })),
    refused: namespaces,
  },
  {
    id: 'S6',
    title:
      'somebody takes the label of the tenant off, so that no rule applies any more',
    as: 'careless',
    request: change(shop, withLabels({ 'understage.dev/tenant': null })),
    refused: namespaces,
  },
  {
    id: 'S6',
    title: 'somebody widens the domains of a tenant',
    as: 'careless',
    request: change(
      shop,
      withAnnotations({ 'understage.dev/domains': 'example.com' }),
    ),
    refused: namespaces,
  },
  {
    id: 'S6',
    title:
      'somebody grants a tenant the internet by taking the annotation away and setting it again',
    as: 'careless',
    request: change(shop, withAnnotations({ 'understage.dev/grants': null })),
    refused: namespaces,
  },
  {
    id: 'S4',
    title: "somebody makes a namespace a tenant's that nobody gave it",
    as: 'admin',
    request: create(
      namespace('shop-backdoor', { 'understage.dev/tenant': 'shop' }),
    ),
    refused: namespaces,
  },
  {
    id: 'S4',
    title: 'somebody takes over a namespace of nobody with a label',
    as: 'careless',
    request: change(
      'v1 Namespace free',
      withLabels({ 'understage.dev/tenant': 'shop' }),
    ),
    refused: namespaces,
  },
  {
    id: 'S6',
    title: 'somebody who may not create tenants deletes the namespace of one',
    as: 'careless',
    request: remove(shop),
    refused: namespaces,
  },
];

/** Quota, limits, default-deny, accounts. */
export const bundleAttacks: readonly Attack[] = [
  {
    id: 'S6',
    title:
      'the deployer, who may write network policies, deletes the one that closes everything',
    as: 'deployer',
    request: remove(denial),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'the deployer opens the one that closes everything',
    as: 'deployer',
    request: change(denial, { spec: everything }),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'the deployer takes the label off that makes the policy ours',
    as: 'deployer',
    request: change(denial, withLabels({ 'understage.dev/bundle': null })),
    refused: bundles,
  },
  {
    id: 'S6',
    title:
      'the deployer passes its own network policy off as one of ours, to open more than applications may',
    as: 'deployer',
    request: create(
      networkPolicy(everything, {
        labels: { 'understage.dev/bundle': 'tenant' },
      }),
    ),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'the deployer raises the quota',
    as: 'deployer',
    request: change(quota, { spec: { hard: { pods: '10000' } } }),
    refused: 'rbac',
  },
  {
    id: 'S6',
    title: "the tenant's admin raises the quota",
    as: 'grace',
    request: change(quota, { spec: { hard: { pods: '10000' } } }),
    refused: 'rbac',
  },
  {
    id: 'S6',
    title: 'somebody with every right raises the quota',
    as: 'admin',
    request: change(quota, { spec: { hard: { pods: '10000' } } }),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'somebody takes the label off a quota through its status',
    as: 'careless',
    request: change(
      quota,
      withLabels({ 'understage.dev/bundle': null }),
      'status',
    ),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'somebody deletes the quota',
    as: 'careless',
    request: remove(quota),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'somebody deletes the limits',
    as: 'careless',
    request: remove(limits),
    refused: bundles,
  },
  {
    id: 'S6',
    title: 'somebody widens what members may do with their Tenant',
    as: 'admin',
    request: change(
      'rbac.authorization.k8s.io/v1 ClusterRole understage:tenant:shop',
      { rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
    ),
    refused: bundles,
  },
];

/** What stays possible with namespaces and beside bundles. */
export const wallUses: readonly Use[] = [
  {
    title: "an administrator labels a tenant's namespace for something else",
    as: 'admin',
    request: change(shop, withLabels({ 'example.com/cost-centre': '42' })),
  },
  {
    title: 'whoever owns a namespace of nobody hands it over',
    as: 'careless',
    request: change(
      'v1 Namespace free',
      withAnnotations({ 'understage.dev/adopt': 'shop' }),
    ),
  },
  {
    title: 'whoever may create tenants deletes a namespace of one',
    as: 'admin',
    request: remove(shop),
  },
  {
    title: 'an administrator repairs a wall as the provisioner',
    as: 'provisioner',
    request: change(quota, { spec: { hard: { pods: '20' } } }),
  },
  {
    title: 'the cluster counts what is used of a quota',
    as: 'admin',
    request: change(quota, { status: { used: { pods: '1' } } }, 'status'),
  },
];
