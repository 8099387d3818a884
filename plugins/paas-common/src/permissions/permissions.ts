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

/** Every permission of the plugin, for registration and for policies. */
export const paasPermissions = [
  applicationReadPermission,
  applicationCreatePermission,
  applicationUpdatePermission,
  applicationDeletePermission,
  applicationLogsPermission,
  applicationRollbackPermission,
  clusterReadPermission,
];
