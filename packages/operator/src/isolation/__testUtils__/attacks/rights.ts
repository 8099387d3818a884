import { apply, Attack, change, create, read, remove, Use } from '../attack';
import {
  account,
  clusterRole,
  group,
  namespace,
  networkPolicy,
  person,
  roleBinding,
  service,
} from '../manifests';
import { tenant } from '../tenant';

const roles = 'policy understage-roles';
const provisioner = 'policy understage-provisioner';
const bindings = 'policy understage-provisioner-bindings';
const ownRoles = 'policy understage-provisioner-roles';
const tenants = 'policy understage-tenants';
const admin = { kind: 'ClusterRole', name: 'cluster-admin' };
const developer = { kind: 'ClusterRole', name: 'understage-tenant-developer' };
const sam = person('understage:user:default/sam');

/** Rights by role and binding. */
export const roleAttacks: readonly Attack[] = [
  {
    id: 'S7',
    title: 'the deployer binds cluster-admin to itself',
    as: 'deployer',
    request: create(
      roleBinding(admin, [account('understage-deployer', 'shop')], 'shop'),
    ),
    refused: 'rbac',
  },
  {
    id: 'S7',
    title: "the tenant's admin binds a role to an outsider, past the Tenant",
    as: 'grace',
    request: create(
      roleBinding(developer, [person('understage:user:default/otto')], 'shop'),
    ),
    refused: 'rbac',
  },
  {
    id: 'S7',
    title: 'an administrator binds edit to somebody in a hurry',
    as: 'admin',
    request: create(
      roleBinding({ kind: 'ClusterRole', name: 'edit' }, [sam], 'shop'),
    ),
    refused: roles,
  },
  {
    id: 'S7',
    title: 'somebody makes a role that may bind and escalate',
    as: 'admin',
    request: create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'attack', namespace: 'shop' },
      rules: [
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['roles'],
          verbs: ['bind', 'escalate'],
        },
      ],
    }),
    refused: roles,
  },
  {
    id: 'S7',
    title: 'somebody takes a binding of the tenant away',
    as: 'careless',
    request: remove(
      'rbac.authorization.k8s.io/v1 RoleBinding shop/understage-deployer',
    ),
    refused: [roles, 'policy understage-bundles'],
  },
];

const kept = { 'understage.dev/tenant': 'kube-system' };

/** The provisioner, talked into something: it may do much, so it is the one worth abusing. */
export const provisionerAttacks: readonly Attack[] = [
  {
    id: 'S1',
    title: 'the provisioner makes what is no part of a bundle',
    as: 'overpowered',
    request: create(service({})),
    refused: provisioner,
  },
  {
    id: 'S1',
    title: 'the provisioner reads secrets of a tenant into a webhook',
    as: 'provisioner',
    request: create({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'attack' },
      webhooks: [
        {
          name: 'attack.example.com',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { url: 'https://attack.example.com' },
          rules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE'],
              resources: ['secrets'],
            },
          ],
        },
      ],
    }),
    // The API server asks no policy about policies and webhooks: RBAC is alone here.
    refused: 'rbac',
  },
  {
    id: 'S2',
    title: 'the provisioner writes into kube-system',
    as: 'overpowered',
    request: create(networkPolicy({}, { namespace: 'kube-system' })),
    refused: provisioner,
  },
  {
    id: 'S2',
    title: 'the provisioner writes into a namespace of nobody',
    as: 'overpowered',
    request: create(networkPolicy({}, { namespace: 'free' })),
    refused: provisioner,
  },
  {
    id: 'S2',
    title: 'the provisioner makes kube-system a tenant',
    as: 'overpowered',
    request: change('v1 Namespace kube-system', { metadata: { labels: kept } }),
    refused: provisioner,
  },
  {
    id: 'S17',
    title: 'the provisioner makes a namespace with a reserved name',
    as: 'overpowered',
    request: create(
      namespace('understage-shop', { 'understage.dev/tenant': 'shop' }),
    ),
    refused: provisioner,
  },
  {
    id: 'S4',
    title: 'the provisioner takes over a namespace whose owner did not agree',
    as: 'overpowered',
    request: change('v1 Namespace free', {
      metadata: { labels: { 'understage.dev/tenant': 'shop' } },
    }),
    refused: provisioner,
  },
  {
    id: 'S4',
    title:
      'the provisioner takes over a namespace that was promised to another tenant, and agrees in its name',
    as: 'overpowered',
    request: change('v1 Namespace promised', {
      metadata: {
        labels: { 'understage.dev/tenant': 'shop' },
        annotations: { 'understage.dev/adopt': 'shop' },
      },
    }),
    refused: provisioner,
  },
  {
    id: 'S4',
    title: "the provisioner makes one tenant's namespace another's",
    as: 'overpowered',
    request: change('v1 Namespace shop', {
      metadata: { labels: { 'understage.dev/tenant': 'data' } },
    }),
    refused: provisioner,
  },
  {
    id: 'S4',
    title: 'the provisioner makes a namespace without a tenant',
    as: 'overpowered',
    request: create(namespace('nobodys', {})),
    refused: provisioner,
  },
  {
    id: 'S4',
    title: 'the provisioner deletes a namespace of nobody',
    as: 'overpowered',
    request: remove('v1 Namespace free'),
    refused: provisioner,
  },
  {
    id: 'S4',
    title: 'the provisioner makes an account of an application',
    as: 'overpowered',
    request: create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'web', namespace: 'shop' },
    }),
    refused: provisioner,
  },
  {
    id: 'S4',
    title: 'the provisioner does more to a volume than label it',
    as: 'overpowered',
    request: change('v1 PersistentVolume data-free', {
      spec: { persistentVolumeReclaimPolicy: 'Delete' },
    }),
    refused: provisioner,
  },
  {
    id: 'S7',
    title: 'the provisioner binds cluster-admin in a namespace of a tenant',
    as: 'overpowered',
    request: create(roleBinding(admin, [sam], 'shop')),
    refused: bindings,
  },
  {
    id: 'S7',
    title: 'the provisioner binds cluster-admin for the whole cluster',
    as: 'overpowered',
    request: create(roleBinding(admin, [sam])),
    refused: bindings,
  },
  {
    id: 'S7',
    title:
      'the provisioner binds a role of the namespace, whose rules anybody may have written',
    as: 'overpowered',
    request: create(
      roleBinding({ kind: 'Role', name: 'understage-deployer' }, [sam], 'shop'),
    ),
    refused: bindings,
  },
  ...[
    group('system:masters'),
    group('system:authenticated'),
    person('system:admin'),
    account('understage-deployer', 'data'),
    account('web', 'shop'),
  ].map(
    (subject): Attack => ({
      id: 'S7',
      title: `the provisioner binds a role to ${subject.kind} ${subject.name} of somewhere else`,
      as: 'overpowered',
      request: create(roleBinding(developer, [sam, subject], 'shop')),
      refused: bindings,
    }),
  ),
  ...(
    [
      ['a role with another name', clusterRole('edit-all', {})],
      [
        'a role with a name that has more parts',
        clusterRole('understage:tenant:shop:admin:more', {}),
      ],
      [
        'a role about everything',
        clusterRole('understage:tenant:new', {
          apiGroups: ['*'],
          resources: ['*'],
          verbs: ['*'],
          resourceNames: ['new'],
        }),
      ],
      [
        'a role about another Tenant',
        clusterRole('understage:tenant:new', { resourceNames: ['data'] }),
      ],
      [
        'a role about every Tenant',
        clusterRole('understage:tenant:new', { resourceNames: [] }),
      ],
      [
        'a role of members that may change the Tenant',
        clusterRole('understage:tenant:new', {
          resourceNames: ['new'],
          verbs: ['patch'],
        }),
      ],
      [
        'a role of admins that may delete the Tenant',
        clusterRole('understage:tenant:new:admin', {
          resourceNames: ['new'],
          verbs: ['delete'],
        }),
      ],
    ] as const
  ).map(
    ([what, role]): Attack => ({
      id: 'S7',
      title: `the provisioner makes ${what}`,
      as: 'overpowered',
      request: create(role),
      refused: ownRoles,
    }),
  ),
];

const shop = 'paas.understage.dev/v1 Tenant shop';
const report = (state: string) => ({
  observedGeneration: 1,
  state,
  message: 'As it is.',
  environments: [],
  conditions: [],
});

/** The Tenant itself. */
export const tenantAttacks: readonly Attack[] = [
  ...['kube-public', 'kube', 'default', 'understage', 'understage-system'].map(
    (name): Attack => ({
      id: 'S17',
      title: `a Tenant named ${name}`,
      as: 'admin',
      request: create(tenant(name)),
      refused: [tenants, 'validation'],
    }),
  ),
  {
    id: 'S17',
    title: 'a Tenant that takes over kube-system',
    as: 'admin',
    request: create(
      tenant('fresh', {
        environments: [{ name: 'production', adopt: 'kube-system' }],
      }),
    ),
    refused: [tenants, 'validation'],
  },
  ...(
    [
      ['quota', { quota: { pods: 10_000 } }],
      ['network', { network: { egress: { internet: true } } }],
      ['Pod Security', { podSecurity: 'baseline' }],
      ['storage classes', { storage: { classes: [{ name: 'gold' }] } }],
      [
        'environments',
        { environments: [{ name: 'production' }, { name: 'second' }] },
      ],
      ['owner', { owner: 'group:default/team-data' }],
      ['end', { deletionPolicy: 'Delete' }],
    ] as const
  ).map(
    ([what, spec]): Attack => ({
      id: 'S7',
      title: `the tenant's admin changes its ${what}`,
      as: 'grace',
      request: change(shop, { spec }),
      refused: tenants,
    }),
  ),
  {
    id: 'S7',
    title: "the tenant's admin lets it go without offboarding",
    as: 'grace',
    request: change(shop, { metadata: { finalizers: [] } }),
    refused: tenants,
  },
  {
    id: 'S7',
    title: "the tenant's admin confirms its deletion",
    as: 'grace',
    request: change(shop, {
      metadata: { annotations: { 'understage.dev/confirm-delete': 'shop' } },
    }),
    refused: tenants,
  },
  {
    id: 'S7',
    title: 'the last admin of a tenant goes, and nobody is left to ask',
    as: 'grace',
    request: change(shop, {
      spec: {
        members: [{ user: 'user:default/grace', role: 'viewer' }],
      },
    }),
    refused: tenants,
  },
  {
    id: 'S7',
    title: 'the operator changes what a tenant may have',
    as: 'operator',
    request: change(shop, { spec: { quota: { pods: 10_000 } } }),
    refused: tenants,
  },
  {
    id: 'S7',
    title: "the tenant's admin deletes it",
    as: 'grace',
    request: remove(shop),
    refused: 'rbac',
  },
  {
    id: 'S6',
    title: 'a tenant that takes everything along is deleted unasked',
    as: 'admin',
    request: remove('paas.understage.dev/v1 Tenant doomed'),
    refused: tenants,
  },
  {
    id: 'S6',
    title: 'a tenant on its way with Retain is turned to Delete',
    as: 'admin',
    request: change('paas.understage.dev/v1 Tenant leaving', {
      spec: { deletionPolicy: 'Delete' },
    }),
    refused: tenants,
  },
  {
    id: 'S35',
    title: 'somebody writes a green status',
    as: 'admin',
    request: change(shop, { status: report('Ready') }, 'status'),
    refused: 'policy understage-tenant-status',
  },
];

const secrets = (where: string) =>
  read(`/api/v1/namespaces/${where}/secrets?limit=1`);

/** Reads and writes past one's own tenant, or past one's role. */
export const memberAttacks: readonly Attack[] = [
  ...(['sam', 'grace', 'vera', 'deployer'] as const).map(
    (as): Attack => ({
      id: 'S8',
      title: `${as} of shop reads secrets of another tenant`,
      as,
      request: secrets('data'),
      refused: 'rbac',
    }),
  ),
  ...(['sam', 'grace', 'vera', 'otto'] as const).map(
    (as): Attack => ({
      id: 'S8',
      title: `${as} of shop makes an application of another tenant`,
      as,
      request: apply({
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Application',
        metadata: { name: 'attack', namespace: 'data' },
        spec: { components: [] },
      }),
      refused: 'rbac',
    }),
  ),
  {
    id: 'S8',
    title: 'a viewer reads secrets of the own tenant',
    as: 'vera',
    request: secrets('shop'),
    refused: 'rbac',
  },
  {
    id: 'S8',
    title: 'an outsider reads pods',
    as: 'otto',
    request: read('/api/v1/namespaces/shop/pods?limit=1'),
    refused: 'rbac',
  },
  ...(['sam', 'grace', 'vera', 'otto', 'deployer', 'probe'] as const).flatMap(
    (as): readonly Attack[] => [
      {
        id: 'S8',
        title: `${as} lists every Tenant`,
        as,
        request: read('/apis/paas.understage.dev/v1/tenants?limit=1'),
        refused: 'rbac',
      },
      {
        id: 'S1',
        title: `${as} makes a cluster role`,
        as,
        request: create(clusterRole('attack', {})),
        refused: 'rbac',
      },
      {
        id: 'S12',
        title: `${as} reads through the proxy of a node`,
        as,
        request: read('/api/v1/nodes/node-0/proxy/pods'),
        refused: 'rbac',
      },
      {
        id: 'S8',
        title: `${as} reads secrets of the cluster`,
        as,
        request: secrets('kube-system'),
        refused: 'rbac',
      },
    ],
  ),
  {
    id: 'S8',
    title: 'a member reads the Tenant of others',
    as: 'sam',
    request: read('/apis/paas.understage.dev/v1/tenants/data'),
    refused: 'rbac',
  },
];

export const rightsUses: readonly Use[] = [
  {
    title: 'an administrator makes a Tenant',
    as: 'admin',
    request: create(tenant('fresh')),
  },
  {
    title: 'an administrator changes the quota of a Tenant',
    as: 'admin',
    request: change(shop, { spec: { quota: { pods: 30 } } }),
  },
  {
    title: "a tenant's admin takes a member in",
    as: 'grace',
    request: change(shop, {
      spec: {
        members: [
          { group: 'group:default/team-shop-admins', role: 'admin' },
          { user: 'user:default/otto', role: 'viewer' },
        ],
      },
    }),
  },
  {
    title: "a tenant's admin describes it",
    as: 'grace',
    request: change(shop, { spec: { description: 'We sell things.' } }),
  },
  {
    title: 'a member reads the own Tenant',
    as: 'vera',
    request: read('/apis/paas.understage.dev/v1/tenants/shop'),
  },
  {
    title: 'a developer reads secrets of the own environment',
    as: 'sam',
    request: secrets('shop'),
  },
  ...(['sam', 'grace'] as const).map(as => ({
    title: `${as} makes an application`,
    as,
    request: apply({
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name: 'ours', namespace: 'shop' },
      spec: {
        components: [{ name: 'web', type: 'Deployment', image: 'web:1' }],
      },
    }),
  })),
  {
    title: 'a confirmed end of a tenant that takes everything along',
    as: 'admin',
    request: remove('paas.understage.dev/v1 Tenant confirmed'),
  },
  {
    title: 'the operator says that it takes care of the end',
    as: 'operator',
    request: change(shop, {
      metadata: { finalizers: ['understage.dev/offboarding', 'other.dev/x'] },
    }),
  },
  {
    title: 'the operator reports',
    as: 'operator',
    request: change(shop, { status: report('Progressing') }, 'status'),
  },
  {
    title: 'the provisioner takes over a namespace whose owner agreed',
    as: 'provisioner',
    request: change('v1 Namespace promised', {
      metadata: { labels: { 'understage.dev/tenant': 'data' } },
    }),
  },
  {
    title: 'the provisioner makes a namespace for a tenant',
    as: 'provisioner',
    request: create(
      namespace('shop-second', { 'understage.dev/tenant': 'shop' }),
    ),
  },
  {
    title: 'the provisioner lets a namespace go',
    as: 'provisioner',
    request: change('v1 Namespace shop', {
      metadata: {
        labels: { 'understage.dev/tenant': null },
        annotations: { 'understage.dev/former-tenant': 'shop' },
      },
    }),
  },
  {
    title: 'the provisioner says whose a volume is',
    as: 'provisioner',
    request: change('v1 PersistentVolume any-volume', {
      metadata: { labels: { 'understage.dev/tenant': 'shop' } },
    }),
  },
];
