import {
  AuthService,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { callOf, RouteId, routeIds } from './__testUtils__/calls';
import { routes } from './__testUtils__/expected';
import { NARROW_TOKEN } from './__testUtils__/startPortal';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

const isPublic = (id: RouteId) => {
  const row = routes[id];
  return row.about === 'nothing' && row.open === 'public';
};
const closed = routeIds.filter(id => !isPublic(id));

/** Every route of the table, the stream included, with credentials that are none of a person who is signed in. */
describe('who may knock (S10)', () => {
  let world: World;
  let service: AuthService | undefined;
  const other = createBackendPlugin({
    pluginId: 'other',
    register(env) {
      env.registerInit({
        deps: { auth: coreServices.auth },
        async init({ auth }) {
          service = auth;
        },
      });
    },
  });
  beforeAll(async () => {
    world = await startWorld([other]);
  }, 120_000);
  afterAll(() => world?.stop());
  afterEach(() => jest.useRealTimers());

  async function knock(id: RouteId, authorization?: string) {
    const { method, address, body } = callOf(id);
    const headers: Record<string, string> =
      authorization === undefined ? {} : { authorization };
    if (id !== 'stream') {
      return world.send(method, address, undefined, { body, headers });
    }
    // It never ends by itself.
    const controller = new AbortController();
    const { signal } = controller;
    const { status } = await fetch(`${world.url}${address}`, {
      headers,
      signal,
    });
    controller.abort();
    return { status };
  }

  async function serviceToken(targetPluginId: string): Promise<string> {
    if (!service) throw new Error('the other plugin did not start');
    const { token } = await service.getPluginRequestToken({
      onBehalfOf: await service.getOwnServiceCredentials(),
      targetPluginId,
    });
    return `Bearer ${token}`;
  }

  it.each(routeIds)('%s, without credentials', async id => {
    expect((await knock(id)).status).toBe(isPublic(id) ? 200 : 401);
  });

  it.each(closed)('%s, with what is no token', async id => {
    const user = await world.signIn('ada');
    const [head, payload, signature] = user.split('.');
    const none = Buffer.from('{"alg":"none","typ":"vnd.backstage.user"}');
    const wrong = [
      'Bearer ',
      'Bearer x',
      'Basic YWRhOmFkYQ==',
      `Bearer ${head}.${payload}.`,
      `Bearer ${head}.${payload}.${signature.slice(0, -4)}AAAA`,
      `Bearer ${none.toString('base64url')}.${payload}.`,
    ];
    for (const authorization of wrong) {
      expect((await knock(id, authorization)).status).toBe(401);
    }
  });

  it.each(closed)('%s, with a token of two hours ago', async id => {
    const authorization = `Bearer ${await world.signIn('ada')}`;
    expect((await knock(id, authorization)).status).not.toBe(401);
    jest.useFakeTimers({
      now: Date.now() + 2 * 60 * 60_000,
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
        'setTimeout',
        'clearTimeout',
      ],
    });
    expect((await knock(id, authorization)).status).toBe(401);
  });

  it.each(closed)('%s, with a token for another plugin', async id => {
    const { status } = await knock(id, await serviceToken('catalog'));
    expect(status).toBe(401);
  });

  it.each(
    closed.filter(id => callOf(id).method !== 'get' && !id.startsWith('plan')),
  )('%s, as another plugin: a service has no rights in a cluster', async id => {
    const before = world.identities.length;
    const { status } = await knock(id, await serviceToken('paas'));
    expect(status).toBe(403);
    expect(world.identities).toHaveLength(before);
  });

  it.each(['planTenant', 'planOffboarding'] as const)(
    '%s, as another plugin: nobody is there whose rights a plan could be made with',
    async id => {
      const before = world.identities.length;
      const { status } = await knock(id, await serviceToken('paas'));
      expect(status).toBe(403);
      expect(world.identities).toHaveLength(before);
    },
  );

  // Plugins of one portal trust each other in reading: that is how Backstage's permissions see a service.
  it.each(['listTenants', 'getTenant', 'listAudit'] as const)(
    '%s, as another plugin: it may read',
    async id => {
      const { status } = await knock(id, await serviceToken('paas'));
      expect(status).toBe(200);
    },
  );

  it('is written down by the name of the plugin when it is refused', async () => {
    await knock('deleteTenant', await serviceToken('paas'));
    const { address } = callOf('listAudit');
    const { body } = await world.send('get', `${address}?limit=1`, 'ada');
    expect(body.items).toEqual([
      expect.objectContaining({
        who: 'plugin:other',
        action: 'deleteTenant',
        result: 'refused',
      }),
    ]);
  });

  it.each([
    ['listTenants', 200],
    ['getTenant', 200],
    ['listAudit', 403],
    ['listApplications', 403],
    ['planTenant', 403],
    ['applyTenant', 403],
    ['deleteTenant', 403],
  ] as const)(
    '%s, with a token that may see tenants and nothing else: %s',
    async (id, expected) => {
      const { status } = await knock(id, `Bearer ${NARROW_TOKEN}`);
      expect(status).toBe(expected);
    },
  );
});
