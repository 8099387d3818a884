import { Permission } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import {
  applicationCreatePermission,
  applicationDeletePermission,
  applicationReadPermission,
  applicationRollbackPermission,
  applicationUpdatePermission,
  clusterReadPermission,
} from '../permissions/permissions';
import {
  applicationDetailSchema,
  applicationEventSchema,
  applicationListSchema,
  clusterSummarySchema,
  freshnessSchema,
} from './answerSchemas';
import {
  applyAnswerSchema,
  invalidAnswerSchema,
  planAnswerSchema,
} from './planSchemas';
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

/** One route of the HTTP API: what it takes, what it answers, who may call it. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'delete';
  /** In Express notation, below `/api/paas`. */
  readonly path: string;
  readonly summary: string;
  /**
   * Who may call it. `public` is open to everybody, `signed-in` to every signed-in user. Of several permissions one has
   * to be given for the call to begin, the route then asks for the one that the case needs.
   */
  readonly access: readonly Permission[] | 'public' | 'signed-in';
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** `noBody` when nothing is sent. */
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
  /** True when a specification is read: refused input is answered with 422 and its problems. */
  readonly refusesInput?: boolean;
  /** `application/json` unless said otherwise. */
  readonly contentType?: string;
}

const none = emptyQuerySchema;
/** Nothing is sent; servers see that as absent or empty. */
export const noBody = z.strictObject({}).optional();
const application = '/applications/:cluster/:namespace/:name';

/** Answer of `GET .../objects`: the live object as YAML, without managedFields; values of Secrets are masked. */
export const objectAnswerSchema = z.object({ yaml: z.string() });
/** Answer of `GET .../events`. */
export const eventsAnswerSchema = z.object({
  items: z.array(applicationEventSchema),
  freshness: freshnessSchema,
});
/** Answer of `GET /clusters`. */
export const clustersAnswerSchema = z.object({
  items: z.array(clusterSummarySchema),
});
/** Answer of `GET /health`: the backend lives; clusters may be stale and it still does. */
export const healthAnswerSchema = z.object({
  status: z.literal('ok'),
  clusters: z.record(z.string(), z.enum(['live', 'stale', 'unavailable'])),
});
/** Answer of the verbs that change one application. `changed` is false when it already was as asked. */
export const changeAnswerSchema = z.object({ changed: z.boolean() });

export type ObjectAnswer = z.output<typeof objectAnswerSchema>;
export type EventsAnswer = z.output<typeof eventsAnswerSchema>;
export type ClustersAnswer = z.output<typeof clustersAnswerSchema>;
export type HealthAnswer = z.output<typeof healthAnswerSchema>;
export type ChangeAnswer = z.output<typeof changeAnswerSchema>;

/** Every route of the HTTP API. Routers, the OpenAPI document and the permission test are made from this table. */
export const apiRoutes = {
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
} as const satisfies Readonly<Record<string, ApiRoute>>;

export type ApiRouteId = keyof typeof apiRoutes;
/** The refused form of plan and apply, for clients. */
export { invalidAnswerSchema };
