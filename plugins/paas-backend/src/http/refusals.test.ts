import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import { InMemoryKube } from '@understage/kube';
import { gzipSync } from 'node:zlib';
import { addressOf } from '../__testUtils__/addressOf';
import { seedClusters, StartedApi, startApi } from '../__testUtils__/startApi';

const application = {
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: { name: 'fresh' },
  spec: { components: [{ name: 'web', type: 'Deployment' }] },
};
const document = { cluster: 'playground', namespace: 'shop', application };
const text = JSON.stringify(document);
const page = '/applications/playground/shop';

/** Stacks, files of this machine, and what express and its body parser put on their errors. */
const leaks =
  /"stack"|node_modules|\.ts:\d|\/src\/|\bat Object\.|"body"|"type":"ent/;

describe('refusals', () => {
  const { NODE_ENV } = process.env;
  let api: StartedApi;
  const logged: unknown[] = [];
  beforeAll(async () => {
    // Where Backstage shows stacks.
    Object.assign(process.env, { NODE_ENV: 'development' });
    const cluster = new InMemoryKube({ name: 'playground' });
    api = await startApi({ cluster, logged });
    seedClusters(api.clusters);
  });
  afterAll(async () => {
    Object.assign(process.env, { NODE_ENV });
    await api.stop();
  });

  const post = (
    body: string | Buffer,
    headers: Record<string, string> = {},
    path = '/plan',
  ) =>
    api
      .send('post', path)
      .set({ 'content-type': 'application/json', ...headers })
      .serialize(sent => sent)
      .send(body);

  /** The one shape of a refusal, with a sentence. */
  const expectRefusal = (
    answer: { status: number; text: string; headers: Record<string, string> },
    status: number,
  ) => {
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(leaks);
    expect(answer.headers['content-type']).toBe(
      'application/json; charset=utf-8',
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(answer.text)).toEqual({
      error: {
        name: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        message: expect.stringMatching(/[.;:] ?|\.$/),
      },
      request: { method: expect.any(String), url: expect.any(String) },
      response: { statusCode: status },
    });
  };

  it.each([
    'text/plain',
    'application/yaml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('a body of type %s is 415, and the sentence says which', async type => {
    const answer = await post(text, { 'content-type': type });
    expectRefusal(answer, 415);
    expect(answer.headers.accept).toBe('application/json');
    expect(answer.body.error.message).toContain('application/json');
  });

  it('takes a charset, a compressed body, and no body where there is none', async () => {
    const type = { 'content-type': 'application/json; charset=UTF-8' };
    expect((await post(text, type)).status).toBe(200);
    const zipped = await post(gzipSync(text), { 'content-encoding': 'gzip' });
    expect(zipped.status).toBe(200);
    expect((await api.send('get', '/applications').set(type)).status).toBe(200);
  });

  type Attempt = [string, number, string | Buffer, Record<string, string>?];
  const attempts: Attempt[] = [
    ['half an object', 400, '{"cluster":'],
    ['a text', 400, '"text"'],
    ['a number', 400, '7'],
    ['nothing', 400, ''],
    ['2 MB', 413, JSON.stringify({ ...document, x: 'x'.repeat(2e6) })],
    [
      '50 MB in 50 KB',
      413,
      gzipSync(Buffer.alloc(50e6, 32)),
      { 'content-encoding': 'gzip' },
    ],
    ['what is no gzip', 400, text, { 'content-encoding': 'gzip' }],
    ['an unknown compression', 415, text, { 'content-encoding': 'zip' }],
    [
      'an unknown charset',
      415,
      text,
      { 'content-type': 'application/json; charset=latin7' },
    ],
    ['__proto__', 400, text.replace('{', '{"__proto__":{"polluted":1},')],
    [
      'constructor',
      400,
      text.replace('{', '{"constructor":{"prototype":{"polluted":1}},'),
    ],
    ['terminal codes', 400, text.replace('{', '{"\\u001b[31m\\nroot":1,')],
  ];
  it.each(
    attempts.map(([what, status, body, headers]) => ({
      what,
      status,
      body,
      headers,
    })),
  )('a body of $what is $status', async ({ status, body, headers }) => {
    const answer = await post(body, headers);
    expectRefusal(answer, status);
    expect(Object('')).not.toHaveProperty('polluted');
    expect(answer.body.error.message).not.toContain('\u001b');
  });

  it.each([
    [
      'deep lists',
      text.replace('"web"', `${'['.repeat(1e5)}${']'.repeat(1e5)}`),
    ],
    [
      'deep YAML',
      JSON.stringify({ ...document, application: '['.repeat(1e5) }),
    ],
    [
      '__proto__ in a component',
      text.replace('[{', '[{"__proto__":{"replicas":7},'),
    ],
    [
      'aliases of aliases',
      JSON.stringify({
        ...document,
        application: `a0: &a0 [x,x]\n${Array.from(
          { length: 30 },
          (_, at) => `a${at + 1}: &a${at + 1} [*a${at},*a${at}]`,
        ).join('\n')}`,
      }),
    ],
  ])(
    'a document of %s is 422 with its problems, in a moment',
    async (_what, body) => {
      const answer = await post(body);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({
        kind: 'invalid',
        problems: [{ message: expect.stringContaining('.') }],
      });
    },
  );

  it.each([
    [`${page}/%ff`, 400],
    [`${page}/%`, 400],
    [`${page}/..%2f..%2fx`, 400],
    [`${page}/%2e%2e`, 400],
    [`${page}/x%00`, 400],
    [`${page}/x%0d%0aset-cookie:a=b`, 400],
    [`${page}/__proto__`, 400],
    [`${page}/CHECKOUT`, 400],
    [`${page}/${'x'.repeat(254)}`, 400],
    [`/applications/..%2fadmin/shop/checkout`, 400],
    ['/applications?text[a]=1', 400],
    [`/applications?text${'[a]'.repeat(200)}=1`, 400],
    ['/applications?limit=1e9', 400],
    [`${page}/checkout/objects?kind=Deployment&name=..%2f..%2fsecrets`, 400],
    ['/stream', 400],
    ['/stream?topic=pods%1b[31m%0aroot', 400],
    [
      `/stream?${Array.from({ length: 51 }, () => 'topic=applications').join(
        '&',
      )}`,
      400,
    ],
    ['/', 404],
    ['/nothing', 404],
    ['/applications/', 200],
    ['/proxy/api/v1/secrets', 404],
    [`${page}/checkout/exec`, 404],
    [`${page}/nothing`, 404],
  ])('GET %s is %s', async (path, status) => {
    const answer = await api.send('get', path);
    if (status === 200) expect(answer.status).toBe(200);
    else expectRefusal(answer, status);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text).not.toContain('\\u001b');
  });

  const paths = [
    ...new Set(Object.values<ApiRoute>(apiRoutes).map(({ path }) => path)),
  ];
  it.each(paths)('methods that %s does not take are 405', async path => {
    const takes = Object.values<ApiRoute>(apiRoutes)
      .filter(route => route.path === path)
      .map(({ method }) => method);
    const address = addressOf(path);
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
      if (takes.some(each => each === method)) continue;
      const answer = await api.send(method, address);
      expectRefusal(answer, 405);
      const allowed = answer.headers.allow.toLowerCase().split(', ');
      expect(allowed.filter(each => each !== 'head')).toEqual(takes);
    }
  });

  it('what nobody expected has a number, under which the log tells more', async () => {
    const broken = jest.spyOn(api.clusters, 'summaries');
    broken.mockImplementationOnce(() => {
      throw new Error('ENOENT: /home/somebody/secret.kubeconfig');
    });
    const answer = await api.send('get', '/clusters');
    expectRefusal(answer, 500);
    expect(answer.text).not.toContain('somebody');
    const [, number] = /number (\w{8})/.exec(answer.body.error.message) ?? [];
    expect(logged).toContainEqual(
      expect.objectContaining({
        number,
        error: expect.stringContaining('ENOENT'),
      }),
    );
  });

  it('S35: audit lines hold one line of plain text', async () => {
    api.audit.length = 0;
    await post(text.replace('{', '{"\\u001b[31mx\\nroot logged in":1,'));
    await api.send('delete', `${page}/x%0d%0a%1b[31mroot`);
    const told = api.audit.map(({ meta, message }) => ({ meta, message }));
    expect(told).toHaveLength(2);
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(JSON.stringify(told)).not.toMatch(/\\u001b|\\r|\\n/);
  });

  it('answers are for one person: kept only to be asked about again', async () => {
    const first = await api.send('get', '/applications');
    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect(first.headers.vary).toContain('Authorization');
    const { etag } = first.headers;
    const again = await api
      .send('get', '/applications')
      .set('if-none-match', etag);
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
    const { headers } = await api.send('get', `${page}/checkout`);
    expect(headers['cache-control']).toBe('private, no-cache');
  });
});
