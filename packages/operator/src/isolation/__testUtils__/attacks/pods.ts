import { Attack, change, create, Manifest, read, remove, Use } from '../attack';
import { cronJob, deployment, job, pod } from '../manifests';

const pods = 'policy understage-pods';
const accounts = 'policy understage-accounts';
const tokens = 'policy understage-tokens';
const tokenSecrets = 'policy understage-token-secrets';
const asDeployer = { serviceAccountName: 'understage-deployer' };

const insecure: readonly (readonly [
  what: string,
  pod: object,
  container?: object,
])[] = [
  [
    'of the directory of the node',
    { volumes: [{ name: 'node', hostPath: { path: '/' } }] },
  ],
  ['on the network of the node', { hostNetwork: true }],
  ['that sees processes of the node', { hostPID: true }],
  ['that shares memory with the node', { hostIPC: true }],
  ['as root', { securityContext: { runAsUser: 0 } }],
  [
    'with kernel settings',
    { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
  ],
  ['with everything allowed', {}, { securityContext: { privileged: true } }],
  [
    'with a capability',
    {},
    { securityContext: { capabilities: { add: ['NET_ADMIN'] } } },
  ],
  [
    'with an unmasked /proc',
    { hostUsers: false },
    { securityContext: { procMount: 'Unmasked' } },
  ],
  [
    'on a port of the node',
    {},
    { ports: [{ containerPort: 80, hostPort: 80 }] },
  ],
];

/** Pods that reach the node. Pod Security looks at pods; workloads with such templates make none. */
export const podSecurityAttacks: readonly Attack[] = insecure.map(
  ([what, spec, container]) => ({
    id: 'S5',
    title: `a pod ${what}`,
    as: 'careless',
    request: create(pod(spec, container)),
    refused: 'podSecurity',
  }),
);

const disguises: readonly (readonly [what: string, object: Manifest])[] = [
  ['Deployment', deployment(asDeployer)],
  [
    'Deployment, by the old name of the field',
    deployment({ serviceAccount: 'understage-deployer' }),
  ],
  ['Job', job(asDeployer)],
  ['CronJob', cronJob(asDeployer)],
];

const tokenSecret = (account: string, namespace = 'shop'): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: {
    name: 'token',
    namespace,
    annotations: { 'kubernetes.io/service-account.name': account },
  },
});

const tokenOf = (account: string, namespace = 'shop') => ({
  method: 'POST' as const,
  path: `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
  body: {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 600 },
  },
});

/** Being one of the platform's accounts. */
export const accountAttacks: readonly Attack[] = [
  ...disguises.map(
    ([what, object]): Attack => ({
      id: 'S5',
      title: `pods that run as the deployer, in a ${what}`,
      as: 'deployer',
      request: create(object),
      refused: pods,
    }),
  ),
  {
    id: 'S5',
    title: 'a pod that runs as the deployer',
    as: 'careless',
    request: create(pod(asDeployer)),
    refused: pods,
  },
  {
    id: 'S5',
    title: 'a Deployment that is there is turned to the deployer',
    as: 'deployer',
    request: change('apps/v1 Deployment shop/web', {
      spec: { template: { spec: asDeployer } },
    }),
    refused: pods,
  },
  {
    id: 'S31',
    title: "a Deployment that pushes the cluster's own pods from nodes",
    as: 'deployer',
    request: create(deployment({ priorityClassName: 'system-node-critical' })),
    refused: pods,
  },
  {
    id: 'S7',
    title: 'the deployer makes an account that a role may be bound to',
    as: 'deployer',
    request: create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'understage-probe-root', namespace: 'shop' },
    }),
    refused: accounts,
  },
  {
    id: 'S7',
    title: 'the deployer deletes itself',
    as: 'deployer',
    request: remove('v1 ServiceAccount shop/understage-deployer'),
    refused: [accounts, 'policy understage-bundles'],
  },
  {
    id: 'S7',
    title: 'the deployer asks for a token of itself',
    as: 'deployer',
    request: tokenOf('understage-deployer'),
    refused: 'rbac',
  },
  {
    id: 'S7',
    title: 'an administrator asks for a token of the deployer',
    as: 'admin',
    request: tokenOf('understage-deployer'),
    refused: tokens,
  },
  {
    id: 'S7',
    title: 'an administrator asks for a token of the provisioner',
    as: 'admin',
    request: tokenOf('understage-provisioner', 'understage-system'),
    refused: tokens,
  },
  {
    id: 'S7',
    title: 'the deployer makes a secret that is filled with a token of itself',
    as: 'deployer',
    request: create(tokenSecret('understage-deployer')),
    refused: tokenSecrets,
  },
  {
    id: 'S7',
    title:
      'a secret with a token of a harmless account is turned to the deployer',
    as: 'deployer',
    request: change('v1 Secret shop/harmless', {
      metadata: {
        annotations: {
          'kubernetes.io/service-account.name': 'understage-deployer',
        },
      },
    }),
    refused: tokenSecrets,
  },
  {
    id: 'S7',
    title: 'an administrator makes a secret with a token of the provisioner',
    as: 'admin',
    request: create(tokenSecret('understage-provisioner', 'understage-system')),
    refused: tokenSecrets,
  },
];

const asPodsProbe = 'as the account that only tries pods';

/** The account that may make pods, which nobody of a tenant may, but only as a dry run. */
export const podsProbeAttacks: readonly Attack[] = [
  {
    id: 'S7',
    title: `a pod in earnest, ${asPodsProbe}`,
    as: 'podsProbe',
    request: { ...create(pod()), inEarnest: true },
    refused: 'policy understage-probe-pods',
  },
  {
    id: 'S7',
    title: `a Deployment, ${asPodsProbe}`,
    as: 'podsProbe',
    request: create(deployment()),
    refused: 'rbac',
  },
  {
    id: 'S7',
    title: `reading secrets, ${asPodsProbe}`,
    as: 'podsProbe',
    request: read('/api/v1/namespaces/shop/secrets'),
    refused: 'rbac',
  },
  {
    id: 'S7',
    title: `a pod of another tenant, ${asPodsProbe}`,
    as: 'podsProbe',
    request: create({
      ...pod(),
      metadata: { name: 'attack', namespace: 'data' },
    }),
    refused: 'rbac',
  },
  {
    id: 'S7',
    title: 'the deployer makes a secret with a token of it',
    as: 'deployer',
    request: create(tokenSecret('understage-probe-pods')),
    refused: tokenSecrets,
  },
  {
    id: 'S7',
    title: 'a developer makes a secret with a token of it',
    as: 'sam',
    request: create(tokenSecret('understage-probe-pods')),
    refused: tokenSecrets,
  },
  {
    id: 'S7',
    title: 'an administrator asks for a token of it',
    as: 'admin',
    request: tokenOf('understage-probe-pods'),
    refused: tokens,
  },
  {
    id: 'S5',
    title: 'pods that run as it, in a Deployment',
    as: 'deployer',
    request: create(
      deployment({ serviceAccountName: 'understage-probe-pods' }),
    ),
    refused: pods,
  },
];

/** More than the tenant may use. */
export const quotaAttacks: readonly Attack[] = [
  {
    id: 'S31',
    title: 'a pod that asks for more than the quota',
    as: 'careless',
    request: create(
      pod(
        {},
        {
          resources: {
            requests: { cpu: '3', memory: '16Mi' },
            limits: { cpu: '3', memory: '32Mi' },
          },
        },
      ),
    ),
    refused: 'quota',
  },
  {
    id: 'S31',
    title: 'a container that asks for more than any one may have',
    as: 'careless',
    request: create(
      pod(
        {},
        {
          resources: {
            requests: { cpu: '10m', memory: '16Mi' },
            limits: { cpu: '10m', memory: '64Gi' },
          },
        },
      ),
    ),
    refused: 'limits',
  },
];

export const podUses: readonly Use[] = [
  {
    title: 'verification tries a pod',
    as: 'podsProbe',
    request: create(pod()),
  },
  {
    title: 'a pod that keeps the rules',
    as: 'careless',
    request: create(pod()),
  },
  { title: 'a Deployment', as: 'deployer', request: create(deployment()) },
  { title: 'a Job', as: 'deployer', request: create(job()) },
  { title: 'a CronJob', as: 'deployer', request: create(cronJob()) },
  {
    title: 'pods that run as an account of the application',
    as: 'deployer',
    request: create(deployment({ serviceAccountName: 'web' })),
  },
  {
    title: 'an account for an application',
    as: 'deployer',
    request: create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'web', namespace: 'shop' },
    }),
  },
  {
    title: 'a token of the operator, for its own pod',
    as: 'admin',
    request: tokenOf('understage-operator', 'understage-system'),
  },
];
