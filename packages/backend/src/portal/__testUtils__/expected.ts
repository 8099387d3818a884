import {
  ApiRoutes,
  StreamMessage,
  TenantRole,
} from '@understage/plugin-paas-common';

/** The least that one has to be. `platform` means that no role in a tenant is enough. */
export type Least = TenantRole | 'platform';

/** What a call is about, and who may make it. Whoever may not see what it is about gets the answer of what is not there. */
export type Row =
  /** One application, named in the path. */
  | { readonly about: 'application'; readonly least: Least }
  /** An Application to apply or plan, in the body. */
  | { readonly about: 'applicationFile'; readonly least: Least }
  /** One tenant, named in the path. */
  | { readonly about: 'tenant'; readonly least: Least }
  /** A Tenant to apply or plan, in the body. */
  | { readonly about: 'tenantFile'; readonly least: Least }
  /** Many: everybody may ask, and gets what they may see. */
  | { readonly about: 'applications' }
  /** Many: whoever has a role in any tenant may ask, and gets what they may see. */
  | { readonly about: 'tenants' }
  /** Lines about tenants: whoever has a role in any of them may ask, and gets the lines of these. */
  | { readonly about: 'audit'; readonly least: Least }
  /** The platform as a whole: whoever has a role in any tenant. */
  | { readonly about: 'platform'; readonly least: Least }
  /** What the platform offers: whoever has a role in any tenant. */
  | { readonly about: 'charts'; readonly least: Least }
  | { readonly about: 'stream' }
  | { readonly about: 'nothing'; readonly open: 'signed-in' | 'public' };

const viewer = 'viewer';
const developer = 'developer';
const admin = 'admin';
const platform = 'platform';

/** Every route of the HTTP API: one that is missing here does not compile. */
export const routes: Readonly<Record<keyof ApiRoutes, Row>> = {
  listApplications: { about: 'applications' },
  getApplication: { about: 'application', least: viewer },
  getObject: { about: 'application', least: viewer },
  listEvents: { about: 'application', least: viewer },
  readLogs: { about: 'application', least: developer },
  rollback: { about: 'application', least: developer },
  pause: { about: 'application', least: developer },
  resume: { about: 'application', least: developer },
  deleteApplication: { about: 'application', least: developer },
  // Whoever sees an application may see what its plan would be; to plan a new one takes what creating it takes.
  plan: { about: 'applicationFile', least: viewer },
  apply: { about: 'applicationFile', least: developer },
  listTenants: { about: 'tenants' },
  getTenant: { about: 'tenant', least: viewer },
  planTenant: { about: 'tenantFile', least: admin },
  applyTenant: { about: 'tenantFile', least: admin },
  planOffboarding: { about: 'tenant', least: platform },
  deleteTenant: { about: 'tenant', least: platform },
  listAudit: { about: 'audit', least: admin },
  listCharts: { about: 'charts', least: viewer },
  getChart: { about: 'charts', least: viewer },
  listClusters: { about: 'platform', least: viewer },
  stream: { about: 'stream' },
  openApi: { about: 'nothing', open: 'signed-in' },
  health: { about: 'nothing', open: 'public' },
};

/** Who stands where, towards the tenant shop. Towards the tenant data all of them but ada are outsiders. */
export const people = {
  ada: 'platform',
  grace: 'admin',
  sam: 'developer',
  vera: 'viewer',
  otto: 'outsider',
} as const;

export type Person = keyof typeof people;

const order: readonly string[] = ['platform', 'admin', 'developer', 'viewer'];

/** Whether somebody is at least something, in the tenant shop or elsewhere. */
export function isAtLeast(
  person: Person,
  least: Least,
  tenant: 'own' | 'foreign',
): boolean {
  const standing = people[person];
  if (standing === 'platform') return true;
  if (tenant === 'foreign' || standing === 'outsider') return false;
  return order.indexOf(standing) <= order.indexOf(least);
}

type Standing = (typeof people)[Person];

/** Messages that are about the stream itself, or about a cluster. */
type Control = 'freshness' | 'resync' | 'denied' | 'heartbeat';

export type Topic =
  /** One thing, of the own tenant, of a foreign one, and one that is not there. */
  | {
      readonly about: 'one';
      readonly least: Least;
      readonly own: string;
      readonly foreign: string;
      readonly missing: string;
    }
  /** Many: names of what somebody is told of, or that they are refused. */
  | {
      readonly about: 'many';
      readonly name: string;
      readonly seen: Readonly<Record<Standing, readonly string[] | 'denied'>>;
    };

const shop = ['checkout'];

/** Every topic of the stream, by the message that it sends: one that is missing here does not compile. */
export const topics: Readonly<
  Record<Exclude<StreamMessage['type'], Control>, Topic>
> = {
  applications: {
    about: 'many',
    name: 'applications',
    seen: {
      platform: ['checkout', 'reports', 'training'],
      admin: shop,
      developer: shop,
      viewer: shop,
      outsider: [],
    },
  },
  application: {
    about: 'one',
    least: viewer,
    own: 'application/playground/shop/checkout',
    foreign: 'application/playground/data/training',
    missing: 'application/playground/data/nowhere1',
  },
  tenants: {
    about: 'many',
    name: 'tenants',
    seen: {
      platform: ['data', 'shop'],
      admin: ['shop'],
      developer: ['shop'],
      viewer: ['shop'],
      outsider: 'denied',
    },
  },
  tenant: {
    about: 'one',
    least: viewer,
    own: 'tenant/playground/shop',
    foreign: 'tenant/playground/data',
    missing: 'tenant/playground/nowhere1',
  },
};

/** Every action that agents may call, and the route whose rules it has: one that is missing here fails. */
export const actions: Readonly<Record<string, keyof ApiRoutes>> = {
  'list-applications': 'listApplications',
  'get-application': 'getApplication',
  'get-object': 'getObject',
  'list-events': 'listEvents',
  'read-logs': 'readLogs',
  'plan-application': 'plan',
  'apply-application': 'apply',
  'rollback-application': 'rollback',
  'pause-application': 'pause',
  'resume-application': 'resume',
  'delete-application': 'deleteApplication',
  'list-tenants': 'listTenants',
  'get-tenant': 'getTenant',
  'plan-tenant': 'planTenant',
  'apply-tenant': 'applyTenant',
  'plan-offboarding': 'planOffboarding',
  'offboard-tenant': 'deleteTenant',
  'list-audit': 'listAudit',
  'list-charts': 'listCharts',
  'get-chart': 'getChart',
  'list-clusters': 'listClusters',
};
