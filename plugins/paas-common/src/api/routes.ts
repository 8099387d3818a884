import { z } from 'zod';
import {
  applicationCreatePermission,
  applicationDeletePermission,
  applicationLogsPermission,
  applicationReadPermission,
  applicationRollbackPermission,
  applicationUpdatePermission,
  clusterReadPermission,
  tenantCreatePermission,
  tenantDeletePermission,
  tenantReadPermission,
  tenantUpdatePermission,
} from '../permissions/permissions';
import { ApiRoutes } from './ApiRoutes';
import {
  applicationDetailSchema,
  applicationEventSchema,
  applicationListSchema,
  clusterSummarySchema,
  freshnessSchema,
} from './answerSchemas';
import { logMessageSchema, logQuerySchema } from './logSchemas';
import { applyAnswerSchema, planAnswerSchema } from './planSchemas';
import {
  applicationBodySchema,
  applicationParams,
  applicationQuerySchema,
  applyBodySchema,
  deleteQuerySchema,
  emptyQuerySchema,
  objectQuerySchema,
  rollbackBodySchema,
  streamQuerySchema,
} from './requestSchemas';

import {
  offboardingSchema,
  tenantApplyAnswerSchema,
  tenantBodySchema,
  tenantDeleteQuerySchema,
  tenantDetailSchema,
  tenantListSchema,
  tenantParams,
  tenantPlanAnswerSchema,
  tenantQuerySchema,
} from './tenantSchemas';

const none = emptyQuerySchema;
/** Nothing is sent; servers see that as absent or empty. */
const noBody = z.strictObject({}).optional();
const application = '/applications/:cluster/:namespace/:name';
const tenant = '/tenants/:cluster/:name';

const objectAnswerSchema = z.object({ yaml: z.string() });
const eventsAnswerSchema = z.object({
  items: z.array(applicationEventSchema),
  freshness: freshnessSchema,
});
const clustersAnswerSchema = z.object({
  items: z.array(clusterSummarySchema),
});
const healthAnswerSchema = z.object({
  status: z.literal('ok'),
  clusters: z.record(z.string(), z.enum(['live', 'stale', 'unavailable'])),
});
const changeAnswerSchema = z.object({ changed: z.boolean() });

/** Every route of the HTTP API. Routers, the OpenAPI document and the permission test are made from this table. */
export const apiRoutes: ApiRoutes = {
  listApplications: {
    method: 'get',
    path: '/applications',
    summary:
      'Lists applications: filtered, sorted, paged, with counts by state',
    access: [applicationReadPermission],
    params: none,
    query: applicationQuerySchema,
    body: noBody,
    answer: applicationListSchema,
  },
  getApplication: {
    method: 'get',
    path: application,
    summary: 'Everything the Application page shows',
    access: [applicationReadPermission],
    params: applicationParams,
    query: none,
    body: noBody,
    answer: applicationDetailSchema,
  },
  getObject: {
    method: 'get',
    path: `${application}/objects`,
    summary: 'One live object of the application, as YAML',
    access: [applicationReadPermission],
    params: applicationParams,
    query: objectQuerySchema,
    body: noBody,
    answer: objectAnswerSchema,
  },
  listEvents: {
    method: 'get',
    path: `${application}/events`,
    summary: 'Events about the application and its objects, newest first',
    access: [applicationReadPermission],
    params: applicationParams,
    query: none,
    body: noBody,
    answer: eventsAnswerSchema,
  },
  readLogs: {
    method: 'get',
    path: `${application}/logs`,
    summary:
      'What its containers print, read as the signed-in user; server-sent events, each one message as JSON',
    access: [applicationLogsPermission],
    params: applicationParams,
    query: logQuerySchema,
    body: noBody,
    answer: logMessageSchema,
    contentType: 'text/event-stream',
  },
  plan: {
    method: 'post',
    path: '/plan',
    summary: 'What applying an Application would do; writes nothing',
    access: [applicationReadPermission, applicationCreatePermission],
    params: none,
    query: none,
    body: applicationBodySchema,
    answer: planAnswerSchema,
    refusesInput: true,
  },
  apply: {
    method: 'post',
    path: '/apply',
    summary: 'Creates or changes an Application, as the signed-in user',
    access: [applicationCreatePermission, applicationUpdatePermission],
    params: none,
    query: none,
    body: applyBodySchema,
    answer: applyAnswerSchema,
    refusesInput: true,
  },
  rollback: {
    method: 'post',
    path: `${application}/rollback`,
    summary: 'Pins a release, or lets the pin go',
    access: [applicationRollbackPermission],
    params: applicationParams,
    query: none,
    body: rollbackBodySchema,
    answer: changeAnswerSchema,
  },
  pause: {
    method: 'post',
    path: `${application}/pause`,
    summary: 'Stops writing for the application; it is still observed',
    access: [applicationUpdatePermission],
    params: applicationParams,
    query: none,
    body: noBody,
    answer: changeAnswerSchema,
  },
  resume: {
    method: 'post',
    path: `${application}/resume`,
    summary: 'Ends a pause',
    access: [applicationUpdatePermission],
    params: applicationParams,
    query: none,
    body: noBody,
    answer: changeAnswerSchema,
  },
  deleteApplication: {
    method: 'delete',
    path: application,
    summary:
      'Deletes an application; volumes stay unless its deletionPolicy says otherwise',
    access: [applicationDeletePermission],
    params: applicationParams,
    query: deleteQuerySchema,
    body: noBody,
    answer: changeAnswerSchema,
  },
  listTenants: {
    method: 'get',
    path: '/tenants',
    summary: 'Lists tenants, with counts by state',
    access: [tenantReadPermission],
    params: none,
    query: tenantQuerySchema,
    body: noBody,
    answer: tenantListSchema,
  },
  getTenant: {
    method: 'get',
    path: tenant,
    summary:
      'A tenant: members, environments, quota, and what was tried to break out of it',
    access: [tenantReadPermission],
    params: tenantParams,
    query: none,
    body: noBody,
    answer: tenantDetailSchema,
  },
  planTenant: {
    method: 'post',
    path: '/tenants/plan',
    summary: 'What applying a Tenant would do; writes nothing',
    access: [tenantCreatePermission, tenantUpdatePermission],
    params: none,
    query: none,
    body: tenantBodySchema,
    answer: tenantPlanAnswerSchema,
    refusesInput: true,
  },
  applyTenant: {
    method: 'post',
    path: '/tenants/apply',
    summary: 'Creates or changes a Tenant, as the signed-in user',
    access: [tenantCreatePermission, tenantUpdatePermission],
    params: none,
    query: none,
    body: tenantBodySchema,
    answer: tenantApplyAnswerSchema,
    refusesInput: true,
  },
  planOffboarding: {
    method: 'get',
    path: `${tenant}/offboarding`,
    summary:
      'What goes and what stays when the tenant is offboarded: applications, volumes, plan, and everything as one file',
    access: [tenantDeletePermission],
    params: tenantParams,
    query: none,
    body: noBody,
    answer: offboardingSchema,
  },
  deleteTenant: {
    method: 'delete',
    path: tenant,
    summary: 'Offboards a tenant, by its deletionPolicy',
    access: [tenantDeletePermission],
    params: tenantParams,
    query: tenantDeleteQuerySchema,
    body: noBody,
    answer: changeAnswerSchema,
  },
  listClusters: {
    method: 'get',
    path: '/clusters',
    summary: 'The clusters and how fresh what is known of them is',
    access: [clusterReadPermission],
    params: none,
    query: none,
    body: noBody,
    answer: clustersAnswerSchema,
  },
  stream: {
    method: 'get',
    path: '/stream',
    summary:
      'Live changes of several topics in one stream of server-sent events',
    access: [applicationReadPermission],
    params: none,
    query: streamQuerySchema,
    body: noBody,
    answer: z.string(),
    contentType: 'text/event-stream',
  },
  openApi: {
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    access: 'signed-in',
    params: none,
    query: none,
    body: noBody,
    answer: z.looseObject({ openapi: z.string() }),
  },
  health: {
    method: 'get',
    path: '/health',
    summary: 'Whether the backend lives, and which clusters it sees',
    access: 'public',
    params: none,
    query: none,
    body: noBody,
    answer: healthAnswerSchema,
  },
};
