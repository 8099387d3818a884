import { Attack, change, create, read, remove, Use } from '../attack';
import { tenant } from '../tenant';

const tenants = 'policy understage-tenants';
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
      refused: 'validation',
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
    refused: 'validation',
  },
  ...(
    [
      ['quota', { quota: { pods: 10_000 } }],
      ['network', { network: { domains: ['example.com'] } }],
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

/** What platform, admins and operator change. */
export const tenantUses: readonly Use[] = [
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
];
