import { z } from 'zod';
import { reasons, Reason } from '../domain/reasons';
import { componentStates } from '../schema/ApplicationStatus';
import { componentStatusSchema, conditionSchema } from '../schema/statusSchema';
import {
  ApplicationDetail,
  ApplicationEvent,
  ApplicationList,
  ApplicationSummary,
  ClusterSummary,
  Freshness,
  ObjectNode,
  PodContainer,
  ReleaseSummary,
} from './types';

const state = z.enum(componentStates);
const isReason = (value: unknown): value is Reason =>
  typeof value === 'string' && value in reasons;
/** A reason that this version does not know is still shown: as `NotReady`, with the server's sentence beside it. */
const reason = z
  .string()
  .transform((value): Reason => (isReason(value) ? value : 'NotReady'));

/** Names one object. */
export const objectRefSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** How fresh an answer is. */
export const freshnessSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('live'), at: z.string() }),
  z.object({ kind: z.literal('stale'), since: z.string(), why: z.string() }),
  z.object({ kind: z.literal('unavailable'), why: z.string() }),
]) satisfies z.ZodType<Freshness>;

/** One row of the list. */
export const applicationSummarySchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
  tenant: z.string(),
  owner: z.string().optional(),
  state,
  reason,
  message: z.string(),
  components: z.int(),
  replicas: z.object({ ready: z.int(), desired: z.int() }),
  release: z.int().optional(),
  createdAt: z.string(),
  since: z.string().optional(),
}) satisfies z.ZodType<ApplicationSummary>;

const counts = z.partialRecord(state, z.int());

/** A page of the list. */
export const applicationListSchema = z.object({
  items: z.array(applicationSummarySchema),
  total: z.int(),
  counts,
  nextCursor: z.string().optional(),
  freshness: freshnessSchema,
}) satisfies z.ZodType<ApplicationList>;

const podContainerSchema = z.object({
  name: z.string(),
  init: z.literal(true).optional(),
  state: z.enum(['waiting', 'running', 'terminated']),
  restarts: z.int(),
  failing: z.boolean(),
  started: z.boolean(),
  ranBefore: z.boolean(),
}) satisfies z.ZodType<PodContainer>;

/** A node of the object tree. */
export const objectNodeSchema: z.ZodType<ObjectNode> = z
  .object({
    ref: objectRefSchema,
    uid: z.string().optional(),
    component: z.string().optional(),
    state,
    message: z.string(),
    createdAt: z.string().optional(),
    containers: z.array(podContainerSchema).optional(),
    get children(): z.ZodArray<z.ZodType<ObjectNode>> {
      return z.array(objectNodeSchema);
    },
  })
  .meta({ id: 'ObjectNode' });

const edgeSchema = z.object({
  text: z.string(),
  from: z.string(),
  to: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('component'),
      component: z.string(),
      service: z.string(),
      targetPort: z.int(),
    }),
    z.object({
      kind: z.literal('application'),
      application: z.string(),
      component: z.string(),
    }),
    z.object({ kind: z.literal('external'), host: z.string() }),
  ]),
  port: z.int(),
  env: z.string(),
});

/** One release of the history. */
export const releaseSummarySchema = z.object({
  revision: z.int(),
  createdAt: z.string(),
  current: z.boolean(),
  available: z.boolean(),
  images: z.record(z.string(), z.string()),
  charts: z.record(z.string(), z.string()),
}) satisfies z.ZodType<ReleaseSummary>;

/** One event about an application or one of its objects. */
export const applicationEventSchema = z.object({
  type: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  message: z.string(),
  about: objectRefSchema,
  count: z.int(),
  lastSeen: z.string(),
}) satisfies z.ZodType<ApplicationEvent>;

/** What the Application page shows. */
export const applicationDetailSchema = z.object({
  summary: applicationSummarySchema,
  components: z.array(componentStatusSchema),
  conditions: z.array(conditionSchema),
  edges: z.array(edgeSchema),
  tree: z.array(objectNodeSchema),
  releases: z.array(releaseSummarySchema),
  events: z.array(applicationEventSchema),
  notices: z.array(
    z.object({ ref: z.string(), reason: z.string(), message: z.string() }),
  ),
  links: z.array(z.object({ title: z.string().optional(), url: z.string() })),
  yaml: z.string(),
  freshness: freshnessSchema,
}) satisfies z.ZodType<ApplicationDetail>;

/** One cluster. */
export const clusterSummarySchema = z.object({
  name: z.string(),
  applications: z.int(),
  freshness: freshnessSchema,
  simulatedNodes: z.boolean(),
}) satisfies z.ZodType<ClusterSummary>;

/** Names one application. */
export const applicationRefSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
});
