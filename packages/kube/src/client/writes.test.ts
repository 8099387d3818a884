import { KubeWriter } from '../ports';
import {
  Answer,
  HttpWorld,
  json,
  startHttpWorld,
  status,
} from '../testing/httpWorld';
import { configMap, configMaps } from '../testing/objects';

let world: HttpWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function serve(answer: Answer) {
  world = await startHttpWorld(answer);
  return world;
}

const key = { namespace: 'shop', name: 'a' };
const type = configMaps;
const object = configMap(key, { x: '1' });
const uid = 'u-1';

/** Every way to write. */
const verbs: readonly [string, (writer: KubeWriter) => Promise<unknown>][] = [
  ['apply', writer => writer.apply(object, { type })],
  ['create', writer => writer.create(object, { type })],
  ['update', writer => writer.update(object, { type })],
  ['delete', writer => writer.delete(type, key, { uid })],
];

describe('writing over HTTP', () => {
  const accepted = (version = '2') => ({
    ...object,
    metadata: { ...key, resourceVersion: version },
  });

  it('applies, creates, updates and deletes as the API wants it', async () => {
    const { cluster, seen } = await serve((_request, response) =>
      json(response, 200, accepted()),
    );
    const writer = cluster.writer({ fieldManager: 'me' });
    await writer.apply(object, { type, force: true });
    await writer.apply(object, { type, subresource: 'status' });
    await writer.create(object, { type });
    await writer.update(object, { type, subresource: 'status' });
    await writer.delete(type, key, { uid, propagation: 'Foreground' });
    const path = '/api/v1/namespaces/shop/configmaps';
    expect(
      seen.map(({ method, url, headers }) => [
        method,
        url.pathname + url.search,
        headers['content-type'],
      ]),
    ).toEqual([
      [
        'PATCH',
        `${path}/a?fieldManager=me&force=true`,
        'application/apply-patch+yaml',
      ],
      [
        'PATCH',
        `${path}/a/status?fieldManager=me&force=false`,
        'application/apply-patch+yaml',
      ],
      ['POST', `${path}?fieldManager=me`, 'application/json'],
      ['PUT', `${path}/a/status?fieldManager=me`, 'application/json'],
      ['DELETE', `${path}/a`, 'application/json'],
    ]);
    expect(JSON.parse(seen[0].body)).toEqual(object);
    expect(JSON.parse(seen[4].body)).toMatchObject({
      preconditions: { uid },
      propagationPolicy: 'Foreground',
    });
  });

  it('creates by apply where told so, which no object that is there lets pass', async () => {
    const { cluster, seen } = await serve((_request, response) =>
      json(response, 201, accepted()),
    );
    const writer = cluster.writer({ fieldManager: 'me' });
    await writer.apply(object, { type, ifAbsent: true });
    expect(seen).toHaveLength(1);
    expect(seen[0].method).toBe('PATCH');
    expect(JSON.parse(seen[0].body)).toEqual({
      ...object,
      metadata: { ...key, resourceVersion: '1' },
    });
  });

  it('makes every write of a dry run one, deletions too', async () => {
    const { cluster, seen } = await serve((_request, response) =>
      json(response, 200, accepted()),
    );
    const writer = cluster.writer({ fieldManager: 'me', dryRun: true });
    for (const [, write] of verbs) await write(writer);
    const [apply, create, update, remove] = seen;
    for (const { url } of [apply, create, update]) {
      expect(url.searchParams.get('dryRun')).toBe('All');
    }
    // Of a deletion with a body the server reads the body alone.
    expect(JSON.parse(remove.body).dryRun).toEqual(['All']);
  });

  it.each(verbs)(
    'writes as somebody else when made to: %s',
    async (_v, write) => {
      const { cluster, seen } = await serve((_request, response) =>
        json(response, 200, accepted()),
      );
      const impersonate = {
        user: 'understage:user:default/ada',
        groups: ['understage:group:default/shop', 'system:authenticated'],
      };
      await write(cluster.writer({ fieldManager: 'me', impersonate }));
      expect(seen[0].headers).toMatchObject({
        'impersonate-user': impersonate.user,
        'impersonate-group': impersonate.groups.join(', '),
      });
    },
  );

  it.each([
    ['a line break', 'ada\r\nImpersonate-Group: system:masters'],
    ['nothing', ''],
    ['letters beyond ASCII', 'ädä'],
    ['a zero byte', 'ada\0'],
  ])('acts as nobody whose name holds %s', async (_what, user) => {
    const { cluster, seen } = await serve(() => {});
    const fieldManager = 'me';
    expect(() =>
      cluster.writer({ fieldManager, impersonate: { user } }),
    ).toThrow('printable ASCII and not empty');
    expect(() => cluster.as({ user: 'ada', groups: ['good', user] })).toThrow(
      'printable ASCII and not empty',
    );
    expect(seen).toEqual([]);
  });

  it.each([
    [201, undefined, { created: true, changed: true }],
    [200, undefined, { created: false, changed: true }],
    [200, '2', { created: false, changed: false }],
    [200, '1', { created: false, changed: true }],
  ])(
    'says what it knows of a change: %s, sent with version %s',
    async (code, resourceVersion, expected) => {
      const { cluster } = await serve((_request, response) =>
        json(response, code, accepted('2')),
      );
      const sent = { ...object, metadata: { ...key, resourceVersion } };
      const writer = cluster.writer({ fieldManager: 'me' });
      expect(await writer.update(sent, { type })).toMatchObject({
        kind: 'written',
        ...expected,
      });
    },
  );

  it.each([
    [403, status(403, 'Forbidden'), { kind: 'forbidden' }],
    [404, status(404, 'NotFound'), { kind: 'missing' }],
    [410, status(410, 'Gone'), { kind: 'missing' }],
    [409, status(409, 'AlreadyExists'), { kind: 'conflict', managers: [] }],
    [
      409,
      status(409, 'Conflict', { message: 'the object has been modified' }),
      { kind: 'conflict', managers: [] },
    ],
    [
      409,
      status(409, 'Conflict', { message: 'Precondition failed: UID' }),
      { kind: 'missing' },
    ],
    [
      409,
      status(409, 'Conflict', {
        message: 'Apply failed with 2 conflicts: conflicts with "kubectl":',
        details: {
          causes: [
            {
              reason: 'FieldManagerConflict',
              message: 'conflict with "hpa" using apps/v1',
              field: '.spec.replicas',
            },
          ],
        },
      }),
      {
        kind: 'conflict',
        managers: ['kubectl', 'hpa'],
        fields: [{ manager: 'hpa', field: '.spec.replicas' }],
      },
    ],
    [
      422,
      status(422, 'Invalid', {
        details: { causes: [{ field: 'spec.replicas', message: 'no' }, {}] },
      }),
      { kind: 'invalid', fields: ['spec.replicas'] },
    ],
    [
      422,
      status(422, 'Invalid', {
        details: { causes: [{ field: 'metadata.uid', message: 'no' }] },
      }),
      { kind: 'missing' },
    ],
    [400, status(400, 'BadRequest'), { kind: 'invalid', fields: [] }],
    [413, 'too large', { kind: 'invalid' }],
    [415, status(415, 'UnsupportedMediaType'), { kind: 'invalid' }],
  ])('answers %s as a value: %j', async (code, body, expected) => {
    const { cluster } = await serve((_request, response) =>
      json(response, code, body),
    );
    const writer = cluster.writer({ fieldManager: 'me' });
    expect(await writer.apply(object, { type })).toMatchObject(expected);
  });

  it.each([[401], [405], [408], [429], [500], [502], [503], [504]])(
    'throws what may pass: %s',
    async code => {
      const { cluster } = await serve((_request, response) =>
        json(response, code, status(code, 'Whatever'), { 'retry-after': '3' }),
      );
      const writer = cluster.writer({ fieldManager: 'me' });
      for (const [, write] of verbs) {
        await expect(write(writer)).rejects.toMatchObject({
          name: 'KubeError',
          status: code,
          reason: 'Whatever',
          retryAfterMs: 3_000,
        });
      }
    },
  );

  it('throws when two requests met at the same quota: nothing is wrong with the object', async () => {
    const { cluster } = await serve((_request, response) =>
      json(
        response,
        409,
        status(409, 'Conflict', { details: { kind: 'resourcequotas' } }),
      ),
    );
    const writer = cluster.writer({ fieldManager: 'me' });
    await expect(writer.create(object, { type })).rejects.toMatchObject({
      status: 409,
    });
  });

  it.each([
    [200, {}, { kind: 'deleted' }],
    [202, {}, { kind: 'deleted' }],
    [404, status(404, 'NotFound'), { kind: 'absent' }],
    [
      409,
      status(409, 'Conflict', { message: 'Precondition failed: UID' }),
      { kind: 'preconditionFailed' },
    ],
    [403, status(403, 'Forbidden'), { kind: 'forbidden' }],
  ])('answers a deletion with %s as a value', async (code, body, expected) => {
    const { cluster } = await serve((_request, response) =>
      json(response, code, body),
    );
    const writer = cluster.writer({ fieldManager: 'me' });
    expect(await writer.delete(type, key, { uid })).toMatchObject(expected);
  });

  it.each([['nonsense'], ['[]'], ['{"metadata":{}}']])(
    'throws when the server says yes and then talks nonsense: %s',
    async body => {
      const { cluster } = await serve((_request, response) => {
        response.end(body);
      });
      const writer = cluster.writer({ fieldManager: 'me' });
      await expect(writer.apply(object, { type })).rejects.toThrow(
        'applying ConfigMap shop/a: ',
      );
    },
  );
});
