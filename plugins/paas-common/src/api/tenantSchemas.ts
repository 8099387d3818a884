import { z } from 'zod';
import { tenantRoles } from '../schema/Tenant';
import { tenantSpecSchema } from '../schema/tenantSchema';
import { tenantStatusSchema } from '../schema/tenantStatusSchema';
import { tenantStates } from '../schema/TenantStatus';
import { applicationRefSchema, freshnessSchema } from './answerSchemas';
import {
  actionSchema,
  conflictAnswerSchema,
  invalidAnswerSchema,
  planAnswerSchema,
  problemSchema,
} from './planSchemas';
import { clusterName, name } from './requestSchemas';
import {
  AuditEntry,
  AuditList,
  OffboardingPlan,
  QuotaMeter,
  TenantApplyAnswer,
  TenantDetail,
  TenantList,
  TenantPlanAnswer,
  TenantRef,
  TenantSummary,
} from './tenantTypes';

/** Path parameters that name one tenant. */
export const tenantParams = z.strictObject({
  cluster: clusterName,
  name,
}) satisfies z.ZodType<TenantRef>;

/** Query of `GET /tenants`. */
export const tenantQuerySchema = z.strictObject({
  cluster: clusterName.optional(),
  state: z.enum(tenantStates).optional(),
  text: z.string().max(200).optional(),
});

/** A Tenant to plan or apply: the file's text (exactly one document) or the object. */
export const tenantBodySchema = z.strictObject({
  cluster: clusterName,
  tenant: z.union([
    z.string().min(1).max(1_048_576),
    z.record(z.string(), z.unknown()),
  ]),
  force: z.boolean().optional(),
});

/** What is deleted, and that it is meant: `confirm` is the tenant's name. */
export const tenantDeleteQuerySchema = z.strictObject({
  uid: z.string().max(64).optional(),
  confirm: z.string().max(253),
});

const auditResults = ['succeeded', 'failed', 'refused', 'unknown'] as const;

/** Query of `GET /audit`: numbers come as text. */
export const auditQuerySchema = z.strictObject({
  tenant: name.optional(),
  cluster: clusterName.optional(),
  who: z.string().max(512).optional(),
  action: z.string().max(128).optional(),
  result: z.enum(auditResults).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'the nextCursor of the page before')
    .optional(),
});

const auditEntrySchema = z.object({
  id: z.string(),
  at: z.string(),
  who: z.string(),
  action: z.string(),
  cluster: z.string().optional(),
  tenant: z.string().optional(),
  namespace: z.string().optional(),
  name: z.string().optional(),
  allowed: z.boolean(),
  result: z.enum(auditResults),
  message: z.string().optional(),
}) satisfies z.ZodType<AuditEntry>;

/** Answer of `GET /audit`. */
export const auditListSchema = z.object({
  items: z.array(auditEntrySchema),
  nextCursor: z.string().optional(),
}) satisfies z.ZodType<AuditList>;

const tenantRefSchema = z.object({ cluster: z.string(), name: z.string() });

/** One row of the Tenants list. */
export const tenantSummarySchema = tenantRefSchema.extend({
  owner: z.string(),
  description: z.string().optional(),
  state: z.enum(tenantStates),
  reason: z.string(),
  message: z.string(),
  environments: z.int(),
  namespaces: z.array(z.string()),
  members: z.int(),
  applications: z.int(),
  checks: z.object({ enforced: z.int(), total: z.int() }),
  fullest: z.object({ resource: z.string(), share: z.number() }).optional(),
  createdAt: z.string(),
  role: z.enum(tenantRoles).optional(),
}) satisfies z.ZodType<TenantSummary>;

/** Answer of `GET /tenants`. */
export const tenantListSchema = z.object({
  items: z.array(tenantSummarySchema),
  total: z.int(),
  counts: z.partialRecord(z.enum(tenantStates), z.int()),
  may: z.object({ create: z.boolean(), audit: z.boolean() }),
  freshness: freshnessSchema,
}) satisfies z.ZodType<TenantList>;

const meterSchema = z.object({
  resource: z.string(),
  used: z.string(),
  hard: z.string(),
  share: z.number().optional(),
}) satisfies z.ZodType<QuotaMeter>;

const checkSchema =
  tenantStatusSchema.shape.environments.element.shape.checks.element;

/** Answer of `GET /tenants/{cluster}/{name}`. */
export const tenantDetailSchema = z.object({
  summary: tenantSummarySchema,
  spec: tenantSpecSchema,
  uid: z.string(),
  members: z.array(
    z.object({
      group: z.string().optional(),
      user: z.string().optional(),
      role: z.enum(tenantRoles),
    }),
  ),
  environments: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      approval: z.boolean(),
      state: z.enum(tenantStates),
      reason: z.string(),
      message: z.string(),
      checks: z.array(checkSchema),
      quota: z.array(meterSchema).optional(),
      applications: z.int(),
      pods: z.int(),
    }),
  ),
  conditions: tenantStatusSchema.shape.conditions,
  notices: tenantStatusSchema.shape.notices.unwrap(),
  may: z.object({
    update: z.boolean(),
    delete: z.boolean(),
    audit: z.boolean(),
  }),
  yaml: z.string(),
  freshness: freshnessSchema,
}) satisfies z.ZodType<TenantDetail>;

/** Answer of `POST /tenants/plan`: a plan is a plan. */
export const tenantPlanAnswerSchema =
  planAnswerSchema satisfies z.ZodType<TenantPlanAnswer>;

/** Answer of `POST /tenants/apply`. */
export const tenantApplyAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    ref: tenantRefSchema,
    changed: z.boolean(),
    warnings: z.array(problemSchema),
  }),
  invalidAnswerSchema,
  conflictAnswerSchema,
]) satisfies z.ZodType<TenantApplyAnswer>;

/** Answer of `GET /tenants/{cluster}/{name}/offboarding`. */
export const offboardingSchema = z.object({
  ref: tenantRefSchema,
  uid: z.string(),
  policy: z.enum(['Retain', 'Delete']),
  applications: z.array(applicationRefSchema.omit({ cluster: true })),
  volumes: z.array(
    z.object({
      name: z.string(),
      claim: z.string().optional(),
      capacity: z.string(),
      storageClass: z.string().optional(),
      phase: z.string(),
      reclaimPolicy: z.string(),
    }),
  ),
  actions: z.array(actionSchema),
  summary: z.string(),
  export: z.string(),
  confirm: z.string(),
}) satisfies z.ZodType<OffboardingPlan>;
