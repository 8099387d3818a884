import { Manifest } from './attack';
import { account, group, namespace, networkPolicy } from './manifests';

/** What a tenant is allowed, as its namespace says it. */
export interface Allowance {
  readonly domains: string;
  readonly classes: string;
  readonly volumes: string;
  readonly grants: string;
}

const member = (tenant: string, role: string) =>
  group(`understage:group:default/team-${tenant}-${role}s`);

/** The bundle of a tenant with one environment. */
export function bundleOf(
  tenant: string,
  allowed: Allowance,
): readonly Manifest[] {
  const labels = {
    'understage.dev/bundle': 'tenant',
    'understage.dev/tenant': tenant,
    'understage.dev/environment': 'production',
  };
  const place = (name: string) => ({ name, namespace: tenant, labels });
  const binding = (
    name: string,
    role: string,
    subjects: readonly object[],
  ) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: place(name),
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role,
    },
    subjects,
  });
  const roles = ['admin', 'developer', 'viewer'];
  const accounts = [
    'understage-deployer',
    ...roles.map(role => `understage-probe-${role}`),
  ];
  const ofTenant = (suffix: string, verbs: readonly string[]): Manifest[] => [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: `understage:tenant:${tenant}${suffix}`, labels },
      rules: [
        {
          apiGroups: ['paas.understage.dev'],
          resources: ['tenants'],
          resourceNames: [tenant],
          verbs,
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: `understage:tenant:${tenant}${suffix}`, labels },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: `understage:tenant:${tenant}${suffix}`,
      },
      subjects: (suffix === '' ? roles : ['admin']).map(role =>
        member(tenant, role),
      ),
    },
  ];
  return [
    {
      ...namespace(tenant, {}),
      metadata: {
        name: tenant,
        labels: {
          ...labels,
          'pod-security.kubernetes.io/enforce': 'restricted',
        },
        annotations: {
          'understage.dev/domains': allowed.domains,
          'understage.dev/storage-classes': allowed.classes,
          'understage.dev/volumes': allowed.volumes,
          'understage.dev/grants': allowed.grants,
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: place('understage-quota'),
      spec: {
        hard: { 'requests.cpu': '2', 'requests.memory': '4Gi', pods: '20' },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: place('understage-limits'),
      spec: {
        limits: [
          {
            type: 'Container',
            default: { cpu: '100m', memory: '128Mi' },
            defaultRequest: { cpu: '50m', memory: '64Mi' },
            max: { memory: '2Gi' },
          },
        ],
      },
    },
    networkPolicy(
      { policyTypes: ['Ingress', 'Egress'] },
      place('understage-default-deny'),
    ),
    ...accounts.map(name => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: place(name),
      automountServiceAccountToken: false,
    })),
    binding('understage-deployer', 'understage-deployer', [
      account('understage-deployer', tenant),
    ]),
    ...roles.map(role =>
      binding(`understage-tenant-${role}`, `understage-tenant-${role}`, [
        member(tenant, role),
        account(`understage-probe-${role}`, tenant),
      ]),
    ),
    ...ofTenant('', ['get']),
    ...ofTenant(':admin', ['get', 'patch', 'update']),
  ];
}
