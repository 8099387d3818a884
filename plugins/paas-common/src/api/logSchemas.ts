import { z } from 'zod';
import { LogMessage, LogQuery } from './logs';

const flag = z
  .enum(['true', 'false'])
  .transform(text => text === 'true')
  // Said once more, for what is made from this schema.
  .pipe(z.boolean())
  .optional();
const name = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    'a Kubernetes name: lower-case letters, digits, - and .',
  )
  .optional();
const upTo = (most: number) =>
  z.coerce.number().int().min(1).max(most).optional();

/** Query of `GET .../logs`: everything comes as text. */
export const logQuerySchema = z.strictObject({
  component: name,
  pod: name,
  container: name,
  previous: flag,
  follow: flag,
  tailLines: upTo(5_000),
  sinceSeconds: upTo(7 * 24 * 60 * 60),
}) satisfies z.ZodType<LogQuery>;

const source = { pod: z.string(), container: z.string() };

/** One message of `GET .../logs`: the JSON of an event's `data`. */
export const logMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reading'),
    sources: z.array(z.object(source)),
    left: z.int(),
  }),
  z.object({
    type: z.literal('lines'),
    ...source,
    lines: z.array(z.object({ at: z.string().optional(), text: z.string() })),
  }),
  z.object({ type: z.literal('ended'), ...source }),
  z.object({ type: z.literal('problem'), ...source, message: z.string() }),
  z.object({ type: z.literal('end'), message: z.string().optional() }),
  z.object({ type: z.literal('heartbeat'), at: z.string() }),
]) satisfies z.ZodType<LogMessage>;

/** Reads one message; throws when the server speaks a language that this version does not. */
export function parseLogMessage(data: string): LogMessage {
  return logMessageSchema.parse(JSON.parse(data));
}
