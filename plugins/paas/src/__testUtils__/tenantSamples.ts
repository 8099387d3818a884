import {
  OffboardingPlan,
  TenantCheck,
  TenantDetail,
  TenantRef,
  TenantSummary,
} from '@understage/plugin-paas-common';

const yaml = `apiVersion: paas.understage.dev/v1
kind: Tenant
metadata:
  name: shop
spec:
  owner: group:default/team-shop
  members:
    - { group: group:default/team-shop-developers, role: developer }
  environments:
    - name: production
`;

const checks: readonly TenantCheck[] = [
  {
    id: 'developer-reads-other-namespace',
    dimension: 'identity',
    title: 'A developer lists the secrets of another tenant.',
    result: 'enforced',
    by: 'rbac',
    evidence: 'secrets is forbidden: User can not list resource "secrets".',
  },
  {
    id: 'default-deny',
    dimension: 'network',
    title: 'A pod of another tenant calls in.',
    result: 'unknown',
    evidence: 'The policies were not read.',
  },
];

const members = [
  { group: 'group:default/team-shop-developers', role: 'developer' as const },
];

/** A tenant with one environment, nearly out of CPU, and one check that is not known. */
export function sampleTenant(
  changes: Partial<TenantSummary> = {},
): TenantDetail {
  const summary: TenantSummary = {
    cluster: 'local',
    name: 'shop',
    owner: 'group:default/team-shop',
    state: 'Degraded',
    reason: 'IsolationUnknown',
    message: 'production: one of two checks is not known.',
    environments: 1,
    namespaces: [changes.name ?? 'shop'],
    members: 1,
    applications: 3,
    checks: { enforced: 1, total: 2 },
    fullest: { resource: 'requests.cpu', share: 0.9 },
    createdAt: '2026-11-01T08:00:00Z',
    role: 'admin',
    ...changes,
  };
  const { state, reason, message } = summary;
  return {
    summary,
    spec: {
      owner: summary.owner,
      contacts: [],
      members,
      environments: [{ name: 'production', approval: false }],
      quota: { cpu: '10' },
      limits: {},
      network: {
        allowFrom: [],
        egress: { internet: false, cidrs: [], tenants: [] },
        allowTenants: [],
        domains: [],
      },
      storage: { classes: [] },
      podSecurity: 'restricted',
      deletionPolicy: 'Retain',
    },
    uid: 'uid-1',
    members,
    environments: [
      {
        name: 'production',
        namespace: summary.name,
        approval: false,
        state,
        reason,
        message,
        checks,
        quota: [
          { resource: 'requests.cpu', used: '9', hard: '10', share: 0.9 },
          { resource: 'pods', used: '50', hard: '50', share: 1 },
          { resource: 'services.loadbalancers', used: '0', hard: '0' },
        ],
        applications: 3,
        pods: 50,
      },
    ],
    conditions: [],
    notices: [],
    may: { update: true, delete: true, audit: true },
    yaml,
    freshness: { kind: 'live', at: '2026-11-20T12:00:00Z' },
  };
}

/** What offboarding keeps of a tenant with one volume. */
export function sampleOffboarding(ref: TenantRef): OffboardingPlan {
  return {
    ref,
    uid: 'uid-1',
    policy: 'Retain',
    applications: [{ namespace: ref.name, name: 'user-service' }],
    volumes: [
      {
        name: 'pv-1',
        claim: `${ref.name}/data-redis-0`,
        capacity: '8Gi',
        phase: 'Bound',
        reclaimPolicy: 'Retain',
      },
    ],
    actions: [],
    summary: '0 to create, 1 to change, 4 to delete',
    export: yaml,
    confirm: ref.name,
  };
}
