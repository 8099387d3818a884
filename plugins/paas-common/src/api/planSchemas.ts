import { z } from 'zod';
import { Action } from '../domain/action';
import { KubeObject } from '../domain/kubernetes';
import { Problem } from '../domain/problem';
import { reasons, Reason } from '../domain/reasons';
import { applicationRefSchema, objectRefSchema } from './answerSchemas';
import { ApplyAnswer, PlanAnswer } from './types';

/** One thing wrong with an input. */
export const problemSchema = z.object({
  path: z.string(),
  line: z.int().optional(),
  column: z.int().optional(),
  message: z.string(),
  found: z.string().optional(),
  allowed: z.string().optional(),
  suggestion: z.string().optional(),
}) satisfies z.ZodType<Problem>;

const kubeObjectShape = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
const kubeObject = z.custom<KubeObject>(
  value => kubeObjectShape.safeParse(value).success,
  'a Kubernetes object',
);

// JSON drops `undefined`: an absent side is an absent field.
const change = z
  .object({
    path: z.string(),
    from: z.unknown().optional(),
    to: z.unknown().optional(),
  })
  .transform(({ path, from, to }) => ({ path, from, to }));
const base = { ref: objectRefSchema, component: z.string().optional() };
const isReason = (value: unknown): value is Reason =>
  typeof value === 'string' && value in reasons;
const reason = z
  .string()
  .transform((value): Reason => (isReason(value) ? value : 'NotReady'));
const blocked = { ...base, reason, message: z.string() };

/** What is to be done with one object. */
export const actionSchema = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('create'), object: kubeObject }),
  z.object({
    ...base,
    kind: z.literal('update'),
    object: kubeObject,
    changes: z.array(change),
    drift: z.boolean(),
  }),
  z.object({
    ...base,
    kind: z.literal('delete'),
    uid: z.string(),
    why: z.string(),
  }),
  z.object({
    ...base,
    kind: z.literal('replace'),
    uid: z.string(),
    object: kubeObject,
    changes: z.array(change),
  }),
  z.object({ ...blocked, kind: z.literal('refuse') }),
  z.object({ ...blocked, kind: z.literal('wait') }),
  z.object({ ...base, kind: z.literal('keep'), why: z.string() }),
  z.object({ ...base, kind: z.literal('none') }),
]) satisfies z.ZodType<Action>;

/** Refused input, in the form in which every route answers it with status 422. */
export const invalidAnswerSchema = z.object({
  kind: z.literal('invalid'),
  problems: z.array(problemSchema),
});

/** Answer of `POST /plan`. */
export const planAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('planned'),
    actions: z.array(actionSchema),
    summary: z.string(),
    warnings: z.array(problemSchema),
  }),
  invalidAnswerSchema,
]) satisfies z.ZodType<PlanAnswer>;

/** Fields that somebody else set, in the form in which every route answers it with status 409. */
export const conflictAnswerSchema = z.object({
  kind: z.literal('conflict'),
  message: z.string(),
  fields: z.array(z.object({ field: z.string(), by: z.string() })),
});

/** Answer of `POST /apply`. */
export const applyAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('applied'),
    ref: applicationRefSchema,
    changed: z.boolean(),
    warnings: z.array(problemSchema),
  }),
  invalidAnswerSchema,
  conflictAnswerSchema,
]) satisfies z.ZodType<ApplyAnswer>;
