import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import { z } from 'zod';

interface Operation {
  readonly operationId: string;
  readonly [field: string]: unknown;
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: { name: { type: 'string' }, message: { type: 'string' } },
    },
  },
};

/** The OpenAPI 3.1 document of the HTTP API, made from the table of routes; `baseUrl` is where clients find it. */
export function createOpenApiDocument(baseUrl: string) {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [id, route] of Object.entries<ApiRoute>(apiRoutes)) {
    const path = route.path.replace(/:([a-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describe(id, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Understage',
      version: '1',
      description:
        'Applications on Kubernetes. Reads answer from a watch cache; every change acts as the signed-in user.',
    },
    servers: [{ url: baseUrl }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Backstage token.',
        },
      },
      schemas: { Error: errorSchema },
    },
  };
}

function describe(id: string, route: ApiRoute): Operation {
  const { summary, access, refusesInput } = route;
  const permissions =
    typeof access === 'string' ? [] : access.map(({ name }) => name);
  const type = route.contentType ?? 'application/json';
  const schema = jsonSchema(route.answer, 'input');
  const error = {
    description: 'The sentence in `error.message` says what to do.',
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Error' } },
    },
  };
  return {
    operationId: id,
    summary,
    ...(access === 'public' ? { security: [] } : {}),
    ...(permissions.length > 0 ? { 'x-permissions': permissions } : {}),
    parameters: [
      ...parameters(route.params, 'path'),
      ...parameters(route.query, 'query'),
    ],
    ...requestBody(route),
    responses: {
      200: { description: 'The answer.', content: { [type]: { schema } } },
      ...(refusesInput
        ? {
            422: {
              description: 'The specification has problems; all are listed.',
              content: { [type]: { schema } },
            },
          }
        : {}),
      default: error,
    },
  };
}

function parameters(schema: z.ZodType, place: 'path' | 'query') {
  if (!(schema instanceof z.ZodObject)) {
    throw new Error(
      `The ${place} parameters of a route are described by a ${schema.type} schema; write an object, its fields are the parameters.`,
    );
  }
  return Object.entries<z.ZodType>(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field, undefined).success,
    schema: jsonSchema(field, 'output'),
  }));
}

function requestBody(route: ApiRoute) {
  // Routes without a body accept its absence; only such do.
  if (route.body.safeParse(undefined).success) return {};
  const schema = jsonSchema(route.body, 'output');
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema } },
    },
  };
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output') {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  });
  return json;
}
