import { apply, Attack, create, read, remove, Use } from '../attack';
import { account, clusterRole, person, roleBinding } from '../manifests';

const roles = 'policy understage-roles';
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
  ...(
    ['sam', 'grace', 'vera', 'otto', 'deployer', 'developerProbe'] as const
  ).flatMap((as): readonly Attack[] => [
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
  ]),
  {
    id: 'S8',
    title: 'a member reads the Tenant of others',
    as: 'sam',
    request: read('/apis/paas.understage.dev/v1/tenants/data'),
    refused: 'rbac',
  },
];

/** What members do all day. */
export const memberUses: readonly Use[] = [
  {
    title: 'a viewer sees pods',
    as: 'vera',
    request: read('/api/v1/namespaces/shop/pods?limit=1'),
  },
  // Whoever could make one of them would be given what is bound to its name.
  ...[
    'deployer',
    ...['admin', 'developer', 'viewer', 'pods'].map(name => `probe-${name}`),
  ].map(
    (name): Use => ({
      title: `the account understage-${name} is there`,
      as: 'vera',
      request: read(
        `/api/v1/namespaces/shop/serviceaccounts/understage-${name}`,
      ),
    }),
  ),
  ...(['admin', 'developer', 'viewer'] as const).map(
    (role): Use => ({
      title: `verification tries things as a ${role}`,
      as: `${role}Probe`,
      request: read('/api/v1/namespaces/shop/pods?limit=1'),
    }),
  ),
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
];
