import { mockCredentials } from '@backstage/backend-test-utils';
import {
  ApiRoute,
  apiRoutes,
  paasPermissions,
  tenantPermissions,
} from '@understage/plugin-paas-common';
import {
  clusterApplication,
  clusterTenant,
} from '@understage/plugin-paas-node';
import { addressOf } from './__testUtils__/addressOf';
import {
  deny,
  onlyIf,
  seedClusters,
  StartedApi,
  startApi,
} from './__testUtils__/startApi';

const checkout = '/applications/playground/shop/checkout';
const training = '/applications/playground/data/training';
const read = 'paas.application.read';

const permissions = [...paasPermissions, ...tenantPermissions];

const tenantBody = {
  cluster: 'playground',
  tenant: clusterTenant({ name: 'shop' }),
};

/** Every route, with a call of it that is well formed. */
const calls = Object.entries<ApiRoute>(apiRoutes).map(([id, route]) => ({
  id,
  route,
  path: addressOf(route.path),
  query:
    {
      stream: '?topic=applications',
      getObject: '?kind=Deployment&name=checkout-web',
      getChart: '?chart=nowhere/redis',
      deleteTenant: '?confirm=shop',
    }[id] ?? '',
  body: {
    plan: {
      cluster: 'playground',
      namespace: 'shop',
      application: clusterApplication({ name: 'checkout', namespace: 'shop' }),
    },
    apply: {
      cluster: 'playground',
      namespace: 'shop',
      application: clusterApplication({ name: 'checkout', namespace: 'shop' }),
    },
    planTenant: tenantBody,
    applyTenant: tenantBody,
    rollback: { revision: 1 },
  }[id],
}));

describe('the HTTP API', () => {
  let api: StartedApi;
  beforeAll(async () => {
    api = await startApi();
    seedClusters(api.clusters);
  });
  afterAll(() => api.stop());
  afterEach(() => api.decisions.clear());

  let person = 0;
  /** Decisions about reading are kept for a while: each test asks as somebody new. */
  const somebody = () => {
    person += 1;
    return `user:default/person-${person}`;
  };
  const names = async (path: string, as = somebody()) => {
    const { body } = await api.send('get', path, as).expect(200);
    return apiRoutes.listApplications.answer
      .parse(body)
      .items.map(({ name }) => name);
  };

  describe('who may call', () => {
    it.each(calls)('$id names the permissions that it needs', ({ route }) => {
      const known: readonly string[] = permissions.map(({ name }) => name);
      const { access, path } = route;
      const isOpen = ['/health', '/openapi.json'].includes(path);
      const needed =
        typeof access === 'string' ? [] : access.map(({ name }) => name);
      expect(needed.length > 0).toBe(!isOpen);
      expect(known).toEqual(expect.arrayContaining(needed));
    });

    it.each(calls.filter(({ route }) => route.access !== 'public'))(
      '$id answers 401 without credentials, and with bad ones',
      async ({ route, path, query, body }) => {
        const address = `${path}${query}`;
        await api.send(route.method, address, 'none').send(body).expect(401);
        await api
          .send(route.method, address, 'none')
          .set('authorization', mockCredentials.user.invalidHeader())
          .send(body)
          .expect(401);
      },
    );

    it.each(calls.filter(({ route }) => Array.isArray(route.access)))(
      '$id is closed to whoever lacks every permission',
      async ({ route, path, query, body }) => {
        permissions.forEach(({ name }) => api.decisions.set(name, deny));
        const answer = await api
          .send(route.method, `${path}${query}`, somebody())
          .send(body);
        expect([403, 404]).toContain(answer.status);
      },
    );

    it.each(
      calls.filter(
        ({ path, route }) =>
          path.includes('checkout') && route.method !== 'get',
      ),
    )(
      '$id needs its own permission beside that to read',
      async ({ route, path, body }) => {
        const [permission] = Array.isArray(route.access) ? route.access : [];
        api.decisions.set(permission.name, deny);
        const answer = await api
          .send(route.method, path, somebody())
          .send(body)
          .expect(403);
        expect(answer.body.error.message).toContain(permission.name);
      },
    );

    it('is open to everybody for its health, which names no reasons', async () => {
      const { body } = await api.send('get', '/health', 'none').expect(200);
      expect(body).toEqual({ status: 'ok', clusters: { playground: 'live' } });
    });
  });

  describe('what one may see', () => {
    it.each([
      ['IS_IN_TENANT', { tenants: ['data'] }, ['training']],
      [
        'IS_OWNER',
        { claims: ['group:default/team-shop'] },
        ['checkout', 'media'],
      ],
      ['IS_IN_CLUSTER', { clusters: ['elsewhere'] }, []],
    ])(
      'is filtered by %s before anything is counted',
      async (rule, params, expected) => {
        api.decisions.set(read, onlyIf(rule, params));
        const { body } = await api.send(
          'get',
          '/applications?sort=name&limit=1',
          somebody(),
        );
        expect(body.total).toBe(expected.length);
        expect(body.items.map((item: { name: string }) => item.name)).toEqual(
          expected.slice(0, 1),
        );
        const counted = Object.values<number>(body.counts).reduce(
          (a, b) => a + b,
          0,
        );
        expect(counted).toBe(expected.length);
      },
    );

    it('takes conditions apart: all of, any of, not', async () => {
      const decision = onlyIf('IS_OWNER', {
        claims: ['group:default/team-shop'],
      });
      if (!('conditions' in decision)) throw new Error('no conditions');
      api.decisions.set(read, {
        ...decision,
        conditions: { not: decision.conditions },
      });
      expect(await names('/applications')).toEqual(['training']);
    });

    it('believes no decision that is about something else', async () => {
      const decision = onlyIf('IS_OWNER', {
        claims: ['group:default/team-shop'],
      });
      api.decisions.set(read, {
        ...decision,
        pluginId: 'catalog',
      } as typeof decision);
      await api.send('get', '/applications', somebody()).expect(403);
    });

    it('answers the same for what is not theirs as for what is not there', async () => {
      api.decisions.set(read, onlyIf('IS_IN_TENANT', { tenants: ['shop'] }));
      const somewhere = somebody();
      const foreign = await api.send('get', training, somewhere).expect(404);
      const missing = await api
        .send('get', training.replace('training', 'nothing'), somewhere)
        .expect(404);
      expect(foreign.body.error.message.replace('training', 'nothing')).toBe(
        missing.body.error.message,
      );
      await api.send('get', `${training}/events`, somewhere).expect(404);
      await api
        .send('get', `${training}/objects?kind=Pod&name=x`, somewhere)
        .expect(404);
      await api.send('delete', training, somewhere).expect(404);
      await api.send('post', `${training}/pause`, somewhere).expect(404);
    });
  });

  describe('the list', () => {
    it('shows what needs attention first', async () => {
      expect((await names('/applications')).at(-1)).toBe('checkout');
    });

    it.each([
      ['tenant=data', ['training']],
      ['owner=team-data', ['training']],
      ['owner=group:default/team-shop', ['checkout', 'media']],
      ['state=Ready', ['checkout']],
      ['text=CHECK', ['checkout']],
      ['text=team-shop', ['checkout', 'media']],
      ['text=.*', []],
      ['cluster=playground', ['checkout', 'media', 'training']],
      ['cluster=moon', []],
    ])('filters by %s', async (query, expected) => {
      expect(await names(`/applications?sort=name&${query}`)).toEqual(expected);
    });

    it('sorts backwards', async () => {
      expect(await names('/applications?sort=-name')).toEqual([
        'training',
        'media',
        'checkout',
      ]);
    });

    it('goes on after a cursor, also when rows came and went meanwhile', async () => {
      const me = somebody();
      const first = await api.send(
        'get',
        '/applications?sort=name&limit=1',
        me,
      );
      const aaa = clusterApplication({ name: 'aaa', namespace: 'shop' });
      api.clusters.put('playground', aaa);
      api.clusters.settle();
      const { nextCursor } = first.body;
      const rest = await names(
        `/applications?sort=name&cursor=${nextCursor}`,
        me,
      );
      api.clusters.remove('playground', aaa);
      api.clusters.settle();
      expect(rest).toEqual(['media', 'training']);
    });

    it('counts states as if none had been chosen', async () => {
      const { body } = await api.send(
        'get',
        '/applications?state=Ready',
        somebody(),
      );
      expect(body.total).toBe(1);
      expect(
        Object.values<number>(body.counts).reduce((a, b) => a + b, 0),
      ).toBe(3);
    });

    it('is answered anew after a change', async () => {
      const me = somebody();
      await names('/applications', me);
      const extra = clusterApplication({ name: 'extra', namespace: 'shop' });
      api.clusters.put('playground', extra);
      api.clusters.settle();
      expect(await names('/applications', me)).toContain('extra');
      api.clusters.remove('playground', extra);
      api.clusters.settle();
      expect(await names('/applications', me)).not.toContain('extra');
    });

    it.each([
      ['foo=1', 'foo'],
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
      ['limit=ten', 'limit'],
      ['sort=size', 'sort'],
      ['state=Happy', 'state'],
      ['cursor=abc', 'cursor'],
      [`text=${'x'.repeat(201)}`, 'text'],
      ['tenant=a&tenant=b', 'tenant'],
    ])('refuses %s', async (query, field) => {
      const { body } = await api
        .send('get', `/applications?${query}`)
        .expect(400);
      expect(body.error.message).toContain(field);
    });

    it('says of which cluster it is not fresh', async () => {
      api.clusters.fail('playground', 'playground does not answer');
      api.clusters.settle();
      const { body } = await api
        .send('get', '/applications', somebody())
        .expect(200);
      expect(body.items).toHaveLength(3);
      expect(body.freshness).toMatchObject({
        kind: 'stale',
        why: 'playground does not answer',
      });
      api.clusters.fail('playground');
      api.clusters.settle();
    });
  });

  describe('one application', () => {
    it('is answered whole', async () => {
      const { body } = await api.send('get', checkout).expect(200);
      expect(body).toMatchObject({
        summary: { name: 'checkout', state: 'Ready' },
        components: [{ name: 'web', replicas: { desired: 2, ready: 2 } }],
        tree: [
          { component: 'web', children: [{ ref: { kind: 'Deployment' } }] },
        ],
        yaml: expect.stringContaining('kind: Application'),
      });
    });

    it.each([
      'playground/shop/..%2f..%2fx',
      'playground/Shop/checkout',
      'playground/shop/a%20b',
    ])('refuses the name %s', async path => {
      const { status } = await api.send('get', `/applications/${path}`);
      expect([400, 404]).toContain(status);
    });

    it('shows only objects that are its own', async () => {
      await api
        .send('get', `${checkout}/objects?kind=Deployment&name=media-web`)
        .expect(404);
      await api
        .send('get', `${checkout}/objects?kind=Secret&name=anything`)
        .expect(404);
      await api
        .send('get', `${checkout}/objects?kind=deployments&name=x`)
        .expect(400);
    });
  });

  it('describes every route in its OpenAPI document', async () => {
    const { body } = await api.send('get', '/openapi.json').expect(200);
    for (const { id, route } of calls) {
      const path = route.path.replace(/:([a-z]+)/g, '{$1}');
      expect(body.paths[path]?.[route.method]).toMatchObject({
        operationId: id,
      });
    }
    expect(body.openapi).toBe('3.1.0');
  });

  it('knows no routes besides those of the table', async () => {
    await api.send('get', '/').expect(404);
    await api.send('get', '/proxy/api/v1/secrets').expect(404);
    await api.send('post', '/applications').expect(405);
  });
});
