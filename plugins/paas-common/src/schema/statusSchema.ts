import { z } from 'zod';

export const conditionTypes = [
  'Valid',
  'Planned',
  'Applied',
  'Available',
  'Ready',
] as const;

export const conditionSchema = z.object({
  type: z.enum(conditionTypes),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  observedGeneration: z.int(),
  lastTransitionTime: z.string(),
});

export const componentStates = [
  'Ready',
  'Progressing',
  'Waiting',
  'Degraded',
  'Failed',
  'Paused',
  'Unknown',
] as const;

export const objectStatusSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
});

export const componentStatusSchema = z.object({
  name: z.string(),
  type: z.string(),
  state: z.enum(componentStates),
  reason: z.string(),
  message: z.string(),
  image: z
    .object({
      ref: z.string(),
      from: z.enum(['component', 'build', 'convention', 'chart']),
    })
    .optional(),
  replicas: z
    .object({ desired: z.int(), ready: z.int(), updated: z.int() })
    .optional(),
  objects: z.array(objectStatusSchema),
});

export const applicationStatusSchema = z.object({
  observedGeneration: z.int(),
  state: z.enum(componentStates).describe('The worst state of the components.'),
  message: z.string().describe('One sentence a developer can act on.'),
  components: z.array(componentStatusSchema),
  release: z
    .object({ current: z.int(), available: z.int().optional() })
    .optional(),
  lastApplied: z.string().optional(),
  /** Objects that were refused, left alone or kept, with the sentence why. */
  notices: z
    .array(
      z.object({
        ref: objectStatusSchema,
        reason: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
  conditions: z.array(conditionSchema),
});

export type ConditionType = (typeof conditionTypes)[number];
export type Condition = z.output<typeof conditionSchema>;
export type ComponentState = (typeof componentStates)[number];
export type ComponentStatus = z.output<typeof componentStatusSchema>;
export type ApplicationStatus = z.output<typeof applicationStatusSchema>;
