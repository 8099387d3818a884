import { seedClusters, StartedApi, startApi } from '../__testUtils__/startApi';
import { TooManyStreams } from '../http/TooManyStreams';
import { refusalError } from '../http/refusalOf';

const checkout = {
  cluster: 'playground',
  namespace: 'shop',
  name: 'checkout',
};

describe('an action', () => {
  let api: StartedApi;
  const logged: unknown[] = [];
  beforeAll(async () => {
    api = await startApi({ logged });
    seedClusters(api.clusters);
  });
  afterAll(() => api.stop());

  const invoke = (action: string, input: object) =>
    api
      .send('post', `/.backstage/actions/v1/actions/paas:${action}/invoke`)
      .send(input);

  it('answers what its route answers', async () => {
    const { body: byAction } = await invoke('get-application', checkout);
    const { body: byRoute } = await api.send(
      'get',
      '/applications/playground/shop/checkout',
    );
    expect(byAction.output.answer).toEqual(byRoute);
  });

  it('is written to the log as the person, and not as the portal', async () => {
    await invoke('pause-application', checkout);
    expect(api.audit.at(-1)).toMatchObject({
      eventId: 'application-pause',
      meta: { ...checkout, as: 'user:default/ada' },
    });
  });

  it('fails with a number, and the log says more', async () => {
    // No cluster is there to be changed.
    const { status, text } = await invoke('pause-application', checkout);
    expect(status).toBe(500);
    const [number] = /\b[0-9a-f]{8}\b/.exec(text) ?? [];
    expect(logged).toContainEqual(expect.objectContaining({ number }));
    expect(text).not.toContain('node_modules');
  });

  it('refuses with the status of the HTTP API', () => {
    const log = { error: () => {} };
    expect(refusalError(new TooManyStreams(), log)).toMatchObject({
      statusCode: 429,
      stack: undefined,
    });
  });
});
