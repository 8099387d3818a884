import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import authModulePlayground from './index';

const user = (name: string, groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default', description: `About ${name}` },
  spec: {
    profile: { displayName: name.toUpperCase(), email: `${name}@example.com` },
    memberOf: groups,
  },
  relations: groups.map(group => ({
    type: 'memberOf',
    targetRef: `group:default/${group}`,
  })),
});
const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-shop', namespace: 'default' },
  spec: { type: 'team', children: [] },
};

const base = {
  app: { baseUrl: 'http://localhost' },
  backend: {
    baseUrl: 'http://localhost',
    database: { client: 'better-sqlite3', connection: ':memory:' },
  },
};

function start(playground: object | null | undefined) {
  const data = { ...base, auth: { providers: { playground } } };
  return startTestBackend({
    features: [
      authPlugin,
      authModulePlayground,
      mockServices.rootConfig.factory({ data }),
      mockServices.auth.factory(),
      catalogServiceMock.factory({
        entities: [
          user('sam', ['team-shop', 'team-shop-developers']),
          user('otto', []),
          group,
        ],
      }),
    ],
  });
}

describe('signing in on the playground', () => {
  const { NODE_ENV } = process.env;
  const inEnvironment = (value: string) =>
    Object.assign(process.env, { NODE_ENV: value });
  afterEach(() => inEnvironment(NODE_ENV ?? 'test'));

  describe('in development', () => {
    let backend: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      inEnvironment('development');
      backend = await start({});
    });
    afterAll(() => backend.stop());

    const refresh = (...refs: string[]) => {
      const call = request(backend.server).get('/api/auth/playground/refresh');
      return refs.length === 0
        ? call
        : call.set({ 'x-understage-person': refs });
    };

    it('lists the people of the catalog, and nothing else', async () => {
      const { body } = await request(backend.server)
        .get('/api/auth/playground/people')
        .expect(200);
      expect(body).toEqual({
        items: [
          {
            ref: 'user:default/otto',
            name: 'OTTO',
            description: 'About otto',
            groups: [],
          },
          {
            ref: 'user:default/sam',
            name: 'SAM',
            description: 'About sam',
            groups: [
              'group:default/team-shop',
              'group:default/team-shop-developers',
            ],
          },
        ],
      });
    });

    it('signs in whoever was chosen, with their groups', async () => {
      const { body } = await refresh('user:default/sam').expect(200);
      expect(body).toMatchObject({
        profile: { displayName: 'SAM', email: 'sam@example.com' },
        backstageIdentity: {
          token: expect.any(String),
          identity: {
            type: 'user',
            userEntityRef: 'user:default/sam',
            ownershipEntityRefs: [
              'user:default/sam',
              'group:default/team-shop',
              'group:default/team-shop-developers',
            ],
          },
        },
      });
    });

    it.each([
      [[]],
      [['']],
      [['sam']],
      [['user:default/nobody']],
      [['group:default/team-shop']],
      [['user:default/sam, user:default/otto']],
      [['user:default/sam', 'user:default/otto']],
      [['user:default/../sam']],
      [['user:default/__proto__']],
    ])('signs in nobody for %j (S13)', async refs => {
      const { body } = await refresh(...refs).expect(401);
      expect(body.backstageIdentity).toBeUndefined();
    });

    it('is not asked by pages of other origins (S29)', async () => {
      const answer = await request(backend.server)
        .options('/api/auth/playground/refresh')
        .set('origin', 'https://evil.example.com')
        .set('access-control-request-headers', 'x-understage-person');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-headers');
    });
  });

  it.each(['production', 'test', ''])(
    'does not let the backend start when NODE_ENV is "%s"',
    async environment => {
      inEnvironment(environment);
      await expect(start({})).rejects.toThrow(
        /lets everybody sign in as anybody/,
      );
    },
  );

  it.each([undefined, null])('is not there when it is %s', async section => {
    inEnvironment('production');
    const backend = await start(section);
    await request(backend.server)
      .get('/api/auth/playground/people')
      .expect(404);
    await request(backend.server)
      .get('/api/auth/playground/refresh')
      .set('x-understage-person', 'user:default/sam')
      .expect(404);
    await backend.stop();
  });
});
