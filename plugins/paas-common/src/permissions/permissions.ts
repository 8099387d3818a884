import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of conditional decisions; a resource is named by `cluster/namespace/name`. */
export const RESOURCE_TYPE_APPLICATION = 'paas-application';

/** See an application: list, page, objects, events, plan. */
export const applicationReadPermission = createPermission({
  name: 'paas.application.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_APPLICATION,
});

/**
 * Apply an application that does not exist yet, or plan one. Conditions are asked of the application that would be:
 * its namespace says whose it is.
 */
export const applicationCreatePermission = createPermission({
  name: 'paas.application.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_APPLICATION,
});

/** Change an application: apply, pause, resume. */
export const applicationUpdatePermission = createPermission({
  name: 'paas.application.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_APPLICATION,
});

/** Delete an application. */
export const applicationDeletePermission = createPermission({
  name: 'paas.application.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_APPLICATION,
});

/** Read what its pods print. */
export const applicationLogsPermission = createPermission({
  name: 'paas.application.logs',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_APPLICATION,
});

/** Pin a release, or let it go. */
export const applicationRollbackPermission = createPermission({
  name: 'paas.application.rollback',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_APPLICATION,
});

/** See the clusters and how fresh what is known of them is. */
export const clusterReadPermission = createPermission({
  name: 'paas.cluster.read',
  attributes: { action: 'read' },
});

/** Resource type of conditional decisions about tenants; a resource is named by `cluster/name`. */
export const RESOURCE_TYPE_TENANT = 'paas-tenant';

/** See a tenant: list, page, quota, members, checks. */
export const tenantReadPermission = createPermission({
  name: 'paas.tenant.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT,
});

/** Make a tenant, or plan one. */
export const tenantCreatePermission = createPermission({
  name: 'paas.tenant.create',
  attributes: { action: 'create' },
});

/** Change a tenant. */
export const tenantUpdatePermission = createPermission({
  name: 'paas.tenant.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_TENANT,
});

/** Offboard a tenant. */
export const tenantDeletePermission = createPermission({
  name: 'paas.tenant.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_TENANT,
});

/** Read who did what in a tenant; with no condition, everywhere. */
export const auditReadPermission = createPermission({
  name: 'paas.audit.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TENANT,
});

/** Every permission about tenants; `paas.tenant.create` has no resource. */
export const tenantPermissions = [
  tenantReadPermission,
  tenantCreatePermission,
  tenantUpdatePermission,
  tenantDeletePermission,
  auditReadPermission,
];

/** Every permission about applications and clusters, for registration and for policies. */
export const paasPermissions = [
  applicationReadPermission,
  applicationCreatePermission,
  applicationUpdatePermission,
  applicationDeletePermission,
  applicationLogsPermission,
  applicationRollbackPermission,
  clusterReadPermission,
];
