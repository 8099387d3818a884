import { z } from 'zod';
import { componentStates, conditionTypes } from './ApplicationStatus';

export const conditionSchema = z.object({
  type: z.enum(conditionTypes).describe('What the condition is about.'),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds.'),
  reason: z.string().describe('One word why, from the list of reasons.'),
  message: z.string().describe('One sentence why.'),
  observedGeneration: z
    .int()
    .describe('Generation of the specification it speaks of.'),
  lastTransitionTime: z.string().describe('When `status` last changed.'),
});

export const objectStatusSchema = z.object({
  apiVersion: z.string().describe('API version of the object.'),
  kind: z.string().describe('Kind of the object.'),
  name: z.string().describe('Name of the object.'),
});

const imageStatus = z.object({
  ref: z.string().describe('The image.'),
  from: z
    .enum(['component', 'build', 'convention', 'chart'])
    .describe('Who named it.'),
});

const replicaStatus = z.object({
  desired: z.int().describe('Replicas asked for.'),
  ready: z.int().describe('Replicas that answer.'),
  updated: z.int().describe('Replicas of the current release.'),
});

export const componentStatusSchema = z.object({
  name: z.string().describe('Name of the component.'),
  type: z.string().describe('Type of the component.'),
  state: z.enum(componentStates).describe('How it is.'),
  reason: z.string().describe('One word why, from the list of reasons.'),
  message: z.string().describe('One sentence why.'),
  image: imageStatus
    .optional()
    .describe('The image it runs and where that came from.'),
  replicas: replicaStatus.optional().describe('Replicas, where it has any.'),
  objects: z.array(objectStatusSchema).describe('The objects it is made of.'),
});

const releaseStatus = z.object({
  current: z.int().describe('The release that is applied.'),
  available: z
    .int()
    .optional()
    .describe('The last release that became available.'),
});

const noticeSchema = z.object({
  ref: objectStatusSchema.describe('The object.'),
  reason: z.string().describe('One word why, from the list of reasons.'),
  message: z.string().describe('One sentence why.'),
});

export const applicationStatusSchema = z.object({
  observedGeneration: z
    .int()
    .describe('Generation of the specification that the status speaks of.'),
  state: z.enum(componentStates).describe('The worst state of the components.'),
  message: z.string().describe('One sentence a developer can act on.'),
  components: z
    .array(componentStatusSchema)
    .describe('The components, one by one.'),
  release: releaseStatus.optional().describe('Releases.'),
  lastApplied: z
    .string()
    .optional()
    .describe('When something was last written to the cluster.'),
  notices: z
    .array(noticeSchema)
    .optional()
    .describe('Objects that were refused, left alone or kept.'),
  conditions: z
    .array(conditionSchema)
    .meta({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    })
    .describe('Valid, Planned, Applied, Available, and Ready for all of them.'),
});
