import { PaasClient } from './PaasClient';
import { PaasClientError } from './PaasClientError';
import { applicationsTopic, applicationTopic } from './topics';

const ref = { cluster: 'eu', namespace: 'shop', name: 'checkout' };

/** A client whose requests are answered by the test. */
function createClient(answer: () => Response | Promise<Response>) {
  const requests: { url: string; method?: string; body?: unknown }[] = [];
  const client = new PaasClient({
    baseUrl: async () => 'https://portal.example.com/api/paas',
    fetch: async (url, init) => {
      requests.push({ url, method: init?.method, body: init?.body });
      return answer();
    },
  });
  return { client, requests };
}

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status });
const emptyList = {
  items: [],
  total: 0,
  counts: { Ready: 1 },
  freshness: { kind: 'live', at: '2026-01-01T00:00:00Z' },
};

describe('PaasClient', () => {
  it('asks for a list with its filters', async () => {
    const { client, requests } = createClient(() => json(emptyList));
    const list = await client.listApplications({
      state: ['Ready', 'Failed'],
      text: 'a&b',
      tenant: undefined,
      limit: 10,
    });
    expect(list).toEqual(emptyList);
    expect(requests[0].url).toBe(
      'https://portal.example.com/api/paas/applications?state=Ready&state=Failed&text=a%26b&limit=10',
    );
  });

  it('names an application in the path, escaped', async () => {
    const { client, requests } = createClient(() => json({ changed: true }));
    await client.deleteApplication({ ...ref, name: '../x' }, { uid: 'u1' });
    expect(requests[0]).toMatchObject({
      method: 'DELETE',
      url: 'https://portal.example.com/api/paas/applications/eu/shop/..%2Fx?uid=u1',
    });
  });

  it('takes refused input for an answer', async () => {
    const problems = [{ path: 'spec', message: 'There are no components.' }];
    const { client } = createClient(() =>
      json({ kind: 'invalid', problems }, 422),
    );
    const body = { cluster: 'eu', application: 'kind: Application' };
    await expect(client.plan(body)).resolves.toEqual({
      kind: 'invalid',
      problems,
    });
    await expect(client.apply(body)).resolves.toEqual({
      kind: 'invalid',
      problems,
    });
  });

  it.each([
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'missing'],
    [409, 'conflict'],
    [429, 'busy'],
    [503, 'server'],
  ])(
    'keeps the sentence of status %i and calls it %s',
    async (status, kind) => {
      const { client } = createClient(() =>
        json({ error: { name: 'SomeError', message: 'This is why.' } }, status),
      );
      const error = await client.getApplication(ref).catch(thrown => thrown);
      expect(error).toBeInstanceOf(PaasClientError);
      expect(error).toMatchObject({ kind, status, message: 'This is why.' });
    },
  );

  it('takes fields of others for an answer, and any other conflict for an error', async () => {
    const conflict = {
      kind: 'conflict',
      message: 'They are set by somebody else.',
      fields: [{ field: 'spec.paused', by: 'kubectl' }],
    };
    const answers = [
      json(conflict, 409),
      json({ error: { name: 'ConflictError', message: 'Look again.' } }, 409),
    ];
    const { client } = createClient(() => answers.shift() ?? json({}));
    const body = { cluster: 'c', application: 'kind: Application' };
    await expect(client.apply(body)).resolves.toEqual(conflict);
    await expect(client.apply(body)).rejects.toMatchObject({
      kind: 'conflict',
      message: 'Look again.',
    });
  });

  it('never shows the HTML of a proxy', async () => {
    const { client } = createClient(
      () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    );
    await expect(client.listClusters()).rejects.toThrow(
      'GET /clusters was answered with status 502.',
    );
  });

  it('says that nobody answered', async () => {
    const { client } = createClient(() => {
      throw new TypeError('Failed to fetch');
    });
    const error = await client.listClusters().catch(thrown => thrown);
    expect(error).toMatchObject({
      kind: 'unreachable',
      cause: expect.any(TypeError),
    });
  });

  it('refuses an answer in another form than the API has', async () => {
    const { client } = createClient(() => json({ items: 'none' }));
    await expect(client.listClusters()).rejects.toThrow('reload the page');
  });

  it('lets a request that was called off end as such', async () => {
    const controller = new AbortController();
    const { client } = createClient(() => {
      controller.abort();
      throw new DOMException('aborted', 'AbortError');
    });
    await expect(
      client.listClusters({ signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it("shows reasons of a newer server as not ready, with the server's sentence", async () => {
    const summary = {
      ...ref,
      tenant: 'shop',
      state: 'Failed',
      reason: 'SolarFlare',
      message: 'The sun is to blame.',
      components: 1,
      replicas: { ready: 0, desired: 1 },
      createdAt: '',
    };
    const { client } = createClient(() =>
      json({ ...emptyList, items: [summary] }),
    );
    const { items } = await client.listApplications();
    expect(items).toMatchObject([
      { reason: 'NotReady', message: 'The sun is to blame.' },
    ]);
  });
});

describe('topics', () => {
  it('hold what filters and leave out what sorts', () => {
    expect(applicationsTopic()).toBe('applications');
    expect(
      applicationsTopic({
        sort: 'name',
        limit: 5,
        cursor: 'x',
        state: ['Ready'],
        text: 'a b',
      }),
    ).toBe('applications?state=Ready&text=a+b');
    expect(applicationTopic(ref)).toBe('application/eu/shop/checkout');
  });
});
