import { z } from 'zod';
import {
  applicationDetailSchema,
  applicationListSchema,
  applicationSummarySchema,
  freshnessSchema,
} from './answerSchemas';
import { tenantDetailSchema, tenantSummarySchema } from './tenantSchemas';
import { StreamMessage } from './types';

/** One message of `GET /stream`: the JSON of an event's `data`. */
export const streamMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('applications'),
    topic: z.string(),
    upserts: z.array(applicationSummarySchema),
    removed: z.array(z.string()),
    total: z.int(),
    counts: applicationListSchema.shape.counts,
  }),
  z.object({
    type: z.literal('application'),
    topic: z.string(),
    detail: applicationDetailSchema.optional(),
  }),
  z.object({
    type: z.literal('tenants'),
    topic: z.string(),
    upserts: z.array(tenantSummarySchema),
    removed: z.array(z.string()),
  }),
  z.object({
    type: z.literal('tenant'),
    topic: z.string(),
    detail: tenantDetailSchema.optional(),
  }),
  z.object({
    type: z.literal('freshness'),
    cluster: z.string(),
    freshness: freshnessSchema,
  }),
  z.object({ type: z.literal('resync'), topic: z.string() }),
  z.object({
    type: z.literal('denied'),
    topic: z.string(),
    message: z.string(),
  }),
  z.object({ type: z.literal('heartbeat'), at: z.string() }),
]);

/** Reads one message; throws when the server speaks a language that this version does not. */
export function parseStreamMessage(data: string): StreamMessage {
  const message = streamMessageSchema.parse(JSON.parse(data));
  switch (message.type) {
    case 'application':
      return { ...message, detail: message.detail };
    case 'tenant':
      return { ...message, detail: message.detail };
    default:
      return message;
  }
}
