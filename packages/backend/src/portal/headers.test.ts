import { request as httpRequest } from 'node:http';
import { callOf, RouteId, routeIds } from './__testUtils__/calls';
import { routes } from './__testUtils__/expected';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

/** Headers by which proxies, Kubernetes and the stock plugins are told who somebody is. */
const smuggled = {
  'impersonate-user': 'system:admin',
  'impersonate-group': 'system:masters',
  'impersonate-uid': '1',
  'impersonate-extra-scopes': 'all',
  'x-remote-user': 'user:default/ada',
  'x-remote-group': 'system:masters',
  'x-forwarded-user': 'user:default/ada',
  'x-forwarded-email': 'ada@example.com',
  'x-auth-request-user': 'user:default/ada',
  'x-understage-person': 'user:default/ada',
  'backstage-kubernetes-authorization': 'Bearer of-somebody-else',
  'backstage-kubernetes-authorization-playground': 'Bearer of-somebody-else',
  'x-http-method-override': 'DELETE',
  'x-original-url': '/api/paas/applications/playground/data/training',
};

const closed = routeIds.filter(id => {
  const row = routes[id];
  return !(row.about === 'nothing' && row.open === 'public');
});
const withoutStream = closed.filter(id => id !== 'stream');
const changing = closed.filter(id => callOf(id).method !== 'get');
const evil = 'https://evil.example.com';

describe('what a request says of itself', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 120_000);
  afterAll(() => world?.stop());

  const knock = (
    id: RouteId,
    as: string | undefined,
    headers: Record<string, string | string[]>,
    side: 'own' | 'foreign' = 'own',
  ) => {
    const { method, address, body } = callOf(id, side);
    return world.send(method, address, as, { body, headers });
  };

  describe('headers that name somebody (S13)', () => {
    it.each(closed)('%s: they sign nobody in', async id => {
      expect((await knock(id, undefined, smuggled)).status).toBe(401);
    });

    it.each(withoutStream)('%s: they open nothing', async id => {
      const plain = await knock(id, 'otto', {}, 'foreign');
      const answer = await knock(id, 'otto', smuggled, 'foreign');
      expect(answer.status).toBe(plain.status);
      expect(withoutTimes(answer.text)).toBe(withoutTimes(plain.text));
    });

    it.each(changing)(
      '%s: the cluster is asked as who is signed in',
      async id => {
        world.identities.length = 0;
        await knock(id, 'ada', smuggled);
        for (const identity of world.identities) {
          expect(identity).toEqual({
            user: 'understage:user:default/ada',
            groups: ['understage:group:default/platform-engineers'],
          });
        }
        // To plan an application is to read: the portal does that by itself.
        expect(world.identities.length > 0).toBe(id !== 'plan');
      },
    );

    it('two tokens are one or none, never the second', async () => {
      const [otto, ada] = await Promise.all(['otto', 'ada'].map(world.signIn));
      const address = '/api/paas/applications/playground/shop/checkout';
      const headers = [
        ...['Host', new URL(world.url).host],
        ...['Authorization', `Bearer ${otto}`],
        ...['Authorization', `Bearer ${ada}`],
      ];
      expect([401, 404]).toContain(await rawGet(address, headers));
      const joined = { authorization: `Bearer ${otto}, Bearer ${ada}` };
      const { status } = await world.send('get', address, undefined, {
        headers: joined,
      });
      expect([401, 404]).toContain(status);
    });

    function rawGet(address: string, headers: string[]): Promise<number> {
      return new Promise((resolve, reject) => {
        httpRequest(`${world.url}${address}`, { headers }, answer => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    }
  });

  describe('other sites (S29)', () => {
    it.each(closed)('%s: a cookie signs nobody in', async id => {
      const token = await world.signIn('ada');
      const cookie = [
        `backstage-auth-paas=${token}`,
        `backstage-auth=${token}`,
        `token=${token}`,
      ].join('; ');
      const { status } = await knock(id, undefined, { cookie, origin: evil });
      expect(status).toBe(401);
    });

    it.each(changing)(
      '%s: a form of another site changes nothing',
      async id => {
        world.identities.length = 0;
        for (const type of [
          'application/x-www-form-urlencoded',
          'text/plain',
          'multipart/form-data; boundary=x',
        ]) {
          const { method, address, body } = callOf(id);
          const { status } = await fetch(`${world.url}${address}`, {
            method: method.toUpperCase(),
            headers: { 'content-type': type, origin: evil },
            body: body && JSON.stringify(body),
          });
          expect(status).toBe(401);
        }
        expect(world.identities).toEqual([]);
      },
    );

    it.each(
      withoutStream.flatMap(id =>
        [evil, 'null'].map(origin => ({ id, origin })),
      ),
    )(
      '$id: pages of $origin may not read the answer',
      async ({ id, origin }) => {
        const { headers } = await knock(id, 'ada', { origin });
        expect(headers).not.toHaveProperty('access-control-allow-origin');
        expect(headers).not.toHaveProperty('access-control-allow-credentials');
      },
    );

    it.each(withoutStream)('%s: no page may frame it', async id => {
      const { headers } = await knock(id, 'ada', {});
      expect(headers['content-security-policy']).toMatch(
        /frame-ancestors 'self'/,
      );
      expect(headers['x-frame-options']).toBe('SAMEORIGIN');
      expect(headers['x-content-type-options']).toBe('nosniff');
    });
  });
});

// Answers of the cache say when they were made.
function withoutTimes(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}
