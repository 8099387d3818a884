import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import zodToJsonSchema from 'zod-to-json-schema';
import { agentActions } from './agentActions';
import { inputSchema, sentParts } from './inputParts';
import { toZod3Object } from './toZod3';

const rows = Object.entries(agentActions).flatMap(([operation, action]) => {
  const route: ApiRoute | undefined = Object.entries(apiRoutes).find(
    ([id]) => id === operation,
  )?.[1];
  return 'none' in action || !route ? [] : [{ ...action, operation, route }];
});

describe('the actions of agents', () => {
  it('are there for every route, or it is said why not', () => {
    expect(Object.keys(agentActions).sort()).toEqual(
      Object.keys(apiRoutes).sort(),
    );
    const without = Object.entries(agentActions).flatMap(([id, action]) =>
      'none' in action ? [{ id, none: action.none }] : [],
    );
    expect(without.map(({ id }) => id)).toEqual([
      'stream',
      'openApi',
      'health',
    ]);
    without.forEach(({ none }) => expect(none.length).toBeGreaterThan(15));
    const names = rows.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(rows)('$name has an example that its route takes', row => {
    const { route, example, queryNames } = row;
    const input = toZod3Object(inputSchema(route, queryNames), 'refused');
    const { params, query, body } = sentParts(
      route,
      input.parse(example),
      queryNames,
    );
    expect(route.params.safeParse(params).success).toBe(true);
    expect(route.query.safeParse(query).success).toBe(true);
    expect(route.body.safeParse(body).success).toBe(true);
  });

  it.each(rows)('$name is named and described for a model', row => {
    expect(row.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(row.description.length).toBeGreaterThan(50);
  });

  it.each(rows)('$name only reads when its route only reads', row => {
    const { route, effect } = row;
    const reads = route.method === 'get' || route.path.endsWith('/plan');
    expect(effect === 'reads').toBe(reads);
    // What stops the operator, or lets it go on, takes nothing away.
    const keeps = reads || /\/(pause|resume)$/.test(route.path);
    expect(effect === 'destroys').toBe(!keeps);
  });

  it('gives fields the place that their route reads them from', () => {
    const { getObject, listApplications } = apiRoutes;
    const input = {
      cluster: 'local',
      namespace: 'shop',
      name: 'checkout',
      kind: 'Pod',
      objectName: 'checkout-0',
    };
    expect(sentParts(getObject, input, { name: 'objectName' })).toEqual({
      params: { cluster: 'local', namespace: 'shop', name: 'checkout' },
      query: { kind: 'Pod', name: 'checkout-0' },
      body: {},
    });
    expect(sentParts(listApplications, { limit: 5, state: ['Ready'] })).toEqual(
      { params: {}, query: { limit: '5', state: ['Ready'] }, body: {} },
    );
  });

  it('offers a flag as a flag, and no field that it would not heed', () => {
    const { readLogs } = apiRoutes;
    const names = { follow: null };
    const { properties } = inputSchema(readLogs, names);
    expect(properties.previous).toMatchObject({ type: 'boolean' });
    expect(Object.keys(properties)).not.toContain('follow');
    const sent = sentParts(readLogs, { previous: true, follow: true }, names);
    expect(sent.query).toEqual({ previous: 'true' });
    expect(readLogs.query.parse(sent.query)).toEqual({ previous: true });
  });

  it('refuses a route whose fields have one name in two places', () => {
    expect(() => inputSchema(apiRoutes.getObject)).toThrow('"name" in two');
  });

  it('shows a schema as it was written', () => {
    const { input, ...made } = {
      input: inputSchema(apiRoutes.listApplications),
      schema: toZod3Object(inputSchema(apiRoutes.listApplications), 'refused'),
    };
    expect(zodToJsonSchema(made.schema)).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        limit: { type: 'integer', minimum: 1, maximum: 500 },
        sort: { enum: expect.arrayContaining(['attention', '-name']) },
        state: { type: 'array' },
        cluster: { type: 'string', pattern: expect.any(String) },
      },
    });
    expect(Object.keys(input.properties)).toContain('cursor');
  });
});
