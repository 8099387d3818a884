import { ApiRoute } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { SentParts } from '../http/audited';

/** A JSON schema of an object, as far as it is looked at here. */
export interface ObjectSchema {
  readonly properties: Readonly<Record<string, z.core.JSONSchema.BaseSchema>>;
  readonly required: readonly string[];
}

/** Other names for fields of the query; `null` for those that are not offered. */
type QueryNames = Readonly<Record<string, string | null>>;

/** What one part of a route takes; nothing when it takes none. */
function schemaOf(part: z.ZodType, names: QueryNames = {}): ObjectSchema {
  const json = z.toJSONSchema(part, {
    io: 'output',
    unrepresentable: 'any',
    reused: 'inline',
  });
  const { properties = {}, required = [] } = json;
  const nameOf = (field: string) => nameIn(names, field);
  return {
    properties: Object.fromEntries(
      Object.entries(properties).flatMap(([field, schema]) =>
        typeof schema === 'object'
          ? nameOf(field).map(name => [name, schema])
          : [],
      ),
    ),
    required: required.flatMap(nameOf),
  };
}

function nameIn(names: QueryNames, field: string): readonly string[] {
  const { [field]: name = field } = names;
  return name === null ? [] : [name];
}

/** What agents send for a route: one object with the fields of its path, its query and its body. */
export function inputSchema(
  { method, path, params, query, body }: ApiRoute,
  queryNames?: QueryNames,
): ObjectSchema {
  const all = [schemaOf(params), schemaOf(query, queryNames), schemaOf(body)];
  const names = all.flatMap(({ properties }) => Object.keys(properties));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(
      `${method} ${path} takes "${twice}" in two places; an action can name it only once.`,
    );
  }
  return {
    properties: Object.assign({}, ...all.map(each => each.properties)),
    required: all.flatMap(each => each.required),
  };
}

/** Puts the fields of an input where the route takes them. */
export function sentParts(
  route: ApiRoute,
  input: object,
  queryNames: QueryNames = {},
): SentParts {
  const given = new Map(Object.entries(input));
  const pick = (part: z.ZodType, names: QueryNames = {}) =>
    Object.fromEntries(
      Object.keys(schemaOf(part).properties).flatMap(field =>
        nameIn(names, field)
          .filter(name => given.has(name))
          .map(name => [field, given.get(name)]),
      ),
    );
  return {
    params: pick(route.params),
    query: Object.fromEntries(
      Object.entries(pick(route.query, queryNames)).map(([field, value]) => [
        field,
        asText(value),
      ]),
    ),
    body: pick(route.body),
  };
}

/** As an address carries it: queries are read as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  return typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : value;
}
