import { TenantRole } from '../schema/Tenant';

/**
 * Who is given a permission by the default policy. Platform engineers (`paas.platformAdmins`) are given everything and
 * stand in no entry.
 */
export type PermissionGrant =
  /** For applications of the tenants in which one has at least this role, and of namespaces of one's own without Tenant. */
  | { readonly to: 'applicationsOf'; readonly role: TenantRole }
  /** For the tenants in which one has at least this role. */
  | { readonly to: 'tenantsOf'; readonly role: TenantRole }
  /** To whoever has at least this role in any tenant. */
  | { readonly to: 'members'; readonly role: TenantRole }
  /** For entities that belong to no tenant, and to one's own tenants. */
  | { readonly to: 'visibleEntities' }
  /** For entities by hand that one owns. */
  | { readonly to: 'ownEntities' }
  /** For runs of templates that one started. */
  | { readonly to: 'ownTasks' }
  | { readonly to: 'signedIn' }
  | { readonly to: 'platform' };

const viewer = 'viewer';
const developer = 'developer';
const admin = 'admin';

/**
 * The default policy, permission by permission. Whatever is not listed is given to platform engineers only, and the
 * policy says so once in the log.
 */
export const permissionGrants: Readonly<Record<string, PermissionGrant>> = {
  'paas.application.read': { to: 'applicationsOf', role: viewer },
  'paas.application.create': { to: 'applicationsOf', role: developer },
  'paas.application.update': { to: 'applicationsOf', role: developer },
  'paas.application.delete': { to: 'applicationsOf', role: developer },
  'paas.application.logs': { to: 'applicationsOf', role: developer },
  'paas.application.rollback': { to: 'applicationsOf', role: developer },
  'paas.cluster.read': { to: 'members', role: viewer },
  'paas.tenant.read': { to: 'tenantsOf', role: viewer },
  'paas.tenant.create': { to: 'platform' },
  'paas.tenant.update': { to: 'tenantsOf', role: admin },
  'paas.tenant.delete': { to: 'platform' },
  'paas.audit.read': { to: 'tenantsOf', role: admin },

  'catalog.entity.read': { to: 'visibleEntities' },
  'catalog.entity.refresh': { to: 'visibleEntities' },
  'catalog.entity.validate': { to: 'signedIn' },
  // What a template registers, and what somebody registers by hand. Files can hold entities of any name, but none that
  // exists already: the catalog keeps the first.
  'catalog.entity.create': { to: 'members', role: developer },
  'catalog.location.create': { to: 'members', role: developer },
  'catalog.location.analyze': { to: 'members', role: developer },
  'catalog.entity.delete': { to: 'ownEntities' },
  // Without conditions: a list of locations names everybody's repositories.
  'catalog.location.read': { to: 'platform' },
  'catalog.location.delete': { to: 'platform' },
  'catalog.ingestion.read': { to: 'platform' },
  'catalog.ingestion.manage': { to: 'platform' },

  // Which templates one sees is decided by catalog.entity.read. What an action changes it changes as the user.
  'scaffolder.template.parameter.read': { to: 'signedIn' },
  'scaffolder.template.step.read': { to: 'signedIn' },
  'scaffolder.action.execute': { to: 'signedIn' },
  'scaffolder.task.create': { to: 'signedIn' },
  'scaffolder.task.read': { to: 'ownTasks' },
  'scaffolder.task.cancel': { to: 'ownTasks' },
  // Runs a template that the caller wrote, within the backend.
  'scaffolder.template.dry-run': { to: 'platform' },
  'scaffolder.template.management': { to: 'platform' },

  // The stock Kubernetes tab asks the cluster with one account for all.
  'kubernetes.clusters.read': { to: 'platform' },
  'kubernetes.resources.read': { to: 'platform' },
  'kubernetes.proxy': { to: 'platform' },
};
