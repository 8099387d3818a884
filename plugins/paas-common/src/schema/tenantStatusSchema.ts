import { z } from 'zod';
import { conditionSchema } from './statusSchema';
import {
  isolationDimensions,
  isolationLayers,
  tenantConditionTypes,
  tenantStates,
} from './TenantStatus';

const checkSchema = z.object({
  id: z.string().describe('Name of the check.'),
  dimension: z.enum(isolationDimensions).describe('What it is about.'),
  title: z.string().describe('What was tried.'),
  result: z
    .enum(['enforced', 'notEnforced', 'unknown'])
    .describe('Whether it was refused, as it must be.'),
  by: z.enum(isolationLayers).optional().describe('Who refused it.'),
  evidence: z.string().describe('What the API server answered.'),
});

const environmentSchema = z.object({
  name: z.string().describe('Name of the environment.'),
  namespace: z.string().describe('Its namespace.'),
  state: z.enum(tenantStates).describe('How it is.'),
  reason: z.string().describe('One word why, from the list of reasons.'),
  message: z.string().describe('One sentence why.'),
  checks: z.array(checkSchema).describe('What must be refused, tried.'),
});

const noticeSchema = z.object({
  ref: z
    .object({
      apiVersion: z.string().describe('API version of the object.'),
      kind: z.string().describe('Kind of the object.'),
      namespace: z.string().optional().describe('Namespace of the object.'),
      name: z.string().describe('Name of the object.'),
    })
    .describe('The object.'),
  reason: z.string().describe('One word why, from the list of reasons.'),
  message: z.string().describe('One sentence why.'),
});

/** What the operator reports of a tenant. */
export const tenantStatusSchema = z.object({
  observedGeneration: z
    .int()
    .describe('Generation of the specification that the status speaks of.'),
  state: z.enum(tenantStates).describe('The worst state of the environments.'),
  message: z.string().describe('One sentence a platform engineer can act on.'),
  environments: z
    .array(environmentSchema)
    .describe('The environments, one by one.'),
  notices: z
    .array(noticeSchema)
    .optional()
    .describe('Objects that were refused, left alone or kept.'),
  conditions: z
    .array(
      conditionSchema.extend({
        type: z
          .enum(tenantConditionTypes)
          .describe('What the condition is about.'),
      }),
    )
    .meta({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    })
    .describe('Valid, Provisioned, Isolated, and Ready for all of them.'),
});
