import { z as z4 } from 'zod';
import { z } from 'zod/v3';

type JsonSchema = z4.core.JSONSchema.BaseSchema;

/**
 * The registry of actions takes schemas of zod 3 and shows them as JSON schema; ours are of zod 4. This is the way
 * between them: what it lets through is checked again, by the route's own schema, behind the door.
 */
export function toZod3(schema: JsonSchema | boolean | undefined): z.ZodTypeAny {
  if (typeof schema !== 'object') return z.any();
  const made = made3(schema);
  return schema.description === undefined
    ? made
    : made.describe(schema.description);
}

/** Of an object: fields that are not required may be absent; `unknown` says what becomes of fields that are not named. */
export function toZod3Object(
  schema: Pick<JsonSchema, 'properties'> & {
    readonly required?: readonly string[];
  },
  unknown: 'refused' | 'kept',
): z.AnyZodObject {
  const { properties = {}, required = [] } = schema;
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => {
      const made = toZod3(field);
      return [name, required.includes(name) ? made : made.optional()];
    }),
  );
  return unknown === 'refused'
    ? z.object(shape).strict()
    : z.object(shape).passthrough();
}

function made3(schema: JsonSchema): z.ZodTypeAny {
  const { const: constant, enum: values, anyOf, oneOf } = schema;
  if (constant !== undefined) return literal(constant);
  if (values) return oneOfThese(values.map(literal));
  const options = anyOf ?? oneOf;
  if (options) return oneOfThese(options.map(option => toZod3(option)));
  const type = typeof schema.type === 'string' ? schema.type : '';
  return byType[type]?.(schema) ?? z.any();
}

const byType: Readonly<
  Record<string, ((schema: JsonSchema) => z.ZodTypeAny) | undefined>
> = {
  string: text,
  integer: schema => bounded(z.number().int(), schema),
  number: schema => bounded(z.number(), schema),
  boolean: () => z.boolean(),
  null: () => z.null(),
  array: ({ items }) =>
    z.array(toZod3(Array.isArray(items) ? undefined : items)),
  object: schema =>
    schema.properties
      ? toZod3Object(schema, 'kept')
      : z.record(toZod3(schema.additionalProperties)),
};

function literal(value: unknown): z.ZodTypeAny {
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null
    ? z.literal(value)
    : z.any();
}

function oneOfThese([
  first = z.any(),
  second,
  ...rest
]: readonly z.ZodTypeAny[]): z.ZodTypeAny {
  return second ? z.union([first, second, ...rest]) : first;
}

function text({ pattern, minLength, maxLength }: JsonSchema): z.ZodTypeAny {
  let made = z.string();
  if (minLength !== undefined) made = made.min(minLength);
  if (maxLength !== undefined) made = made.max(maxLength);
  return pattern === undefined ? made : made.regex(new RegExp(pattern));
}

function bounded(
  number: z.ZodNumber,
  { minimum, maximum }: JsonSchema,
): z.ZodTypeAny {
  let made = number;
  if (minimum !== undefined) made = made.min(minimum);
  if (maximum !== undefined) made = made.max(maximum);
  return made;
}
