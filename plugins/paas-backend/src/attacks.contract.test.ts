import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import path from 'node:path';
import { people, Person, startRealApi } from './__testUtils__/startRealApi';

type RealApi = Awaited<ReturnType<typeof startRealApi>>;

const crds = path.resolve(__dirname, '../../../crds');
const namespaces = ['shop', 'data'];
const application = (name: string, namespace: string) => ({
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Application',
  metadata: { name, namespace },
  spec: { components: [{ name: 'web', type: 'Deployment', image: 'web:1' }] },
});

/** Every route that changes something, from the table itself: a new one is attacked without a word here. */
const changes = Object.entries<ApiRoute>(apiRoutes)
  .filter(([id, { method }]) => method !== 'get' && !id.startsWith('plan'))
  .filter(([, route]) => !route.path.startsWith('/tenants'))
  .map(([id, route]) => ({ id, route }));

const attempts = Object.entries<Person>(people).flatMap(([who, person]) =>
  namespaces.flatMap(namespace =>
    changes.map(change => ({ ...change, who, person, namespace })),
  ),
);

const teams: Record<string, string> = {
  shop: 'group:default/team-shop',
  data: 'group:default/team-data',
};

function mayChange(who: string, { groups }: Person, namespace: string) {
  if (who === 'mallory') return false;
  return (
    groups.includes(teams[namespace]) ||
    groups.includes('group:default/platform-engineers')
  );
}

async function until<T>(
  what: string,
  find: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

describe('attacks on the API, on a real cluster', () => {
  let api: RealApi;
  beforeAll(async () => {
    api = await startRealApi();
  }, 120_000);
  afterAll(() => api?.stop(), 60_000);

  const list = async () =>
    (await api.send(people.ada, 'get', '/applications')).body;
  const seen = (name: string, namespace: string) =>
    until(`${namespace}/${name} in the cache`, async () => {
      const { status } = await api.send(
        people.ada,
        'get',
        `/applications/playground/${namespace}/${name}`,
      );
      return status === 200 ? true : undefined;
    });
  const live = async () => {
    const text = await api.playground.kubectl([
      ...['get', 'applications', '-A', '-o'],
      'jsonpath={range .items[*]}{.metadata.uid} {.metadata.generation};{end}',
    ]);
    return text.split(';').sort();
  };
  const put = (name: string, namespace: string) =>
    api.playground.kubectl(
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify(application(name, namespace)),
    );

  describe('who may change what (S8, S10)', () => {
    it.each(attempts)(
      '$who, $id, in $namespace',
      async ({ id, route, who, person, namespace }) => {
        await put('target', namespace);
        await seen('target', namespace);
        const before = await live();
        const address = route.path.replace(
          ':cluster/:namespace/:name',
          `playground/${namespace}/target`,
        );
        const body = {
          apply: {
            cluster: 'playground',
            application: application(`by-${who}`, namespace),
          },
          rollback: { revision: 1 },
        }[id];
        const { method } = route;
        const answer = await api.send(person, method, address).send(body);
        if (mayChange(who, person, namespace)) {
          expect(answer.status).toBe(200);
        } else {
          expect(answer.status).toBe(403);
          expect(answer.body.error.message).toContain(person.user);
          expect(await live()).toEqual(before);
        }
      },
      60_000,
    );
  });

  describe('who may give tenants out and take them back (S7, S17)', () => {
    const tenant = {
      apiVersion: 'paas/v1',
      kind: 'Tenant',
      metadata: { name: 'given-out' },
      spec: { owner: 'team-shop', environments: [{ name: 'main' }] },
    };
    const apply = (person: Person) =>
      api
        .send(person, 'post', '/tenants/apply')
        .send({ cluster: 'playground', tenant });

    it.each(Object.entries(people).filter(([who]) => who !== 'ada'))(
      '%s may not',
      async (_, person) => {
        const answer = await apply(person);
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toContain(person.user);
      },
    );

    it('a platform engineer may, once and again, and offboards by typing the name', async () => {
      expect((await apply(people.ada)).body).toMatchObject({
        kind: 'applied',
        ref: { cluster: 'playground', name: 'given-out' },
      });
      const page = '/tenants/playground/given-out';
      await until('the tenant in the cache', async () => {
        const { status } = await api.send(people.ada, 'get', page);
        return status === 200 ? true : undefined;
      });
      expect((await apply(people.ada)).body).toMatchObject({ changed: false });
      const wrong = `${page}?confirm=given`;
      expect((await api.send(people.ada, 'delete', wrong)).status).toBe(400);
      const meant = `${page}?confirm=given-out`;
      expect((await api.send(people.ada, 'delete', meant)).body).toEqual({
        changed: true,
      });
    });
  });

  describe("the portal's own account (ADR 0005, S7)", () => {
    const asPortal = (...args: string[]) =>
      api.playground.kubectl([...args, '--kubeconfig', api.kubeconfig]);
    const ada = ['--as', 'understage:user:default/ada'];

    it('acts as people who are listed, with groups that are', async () => {
      const group = 'understage:group:default/platform-engineers';
      const answer = await asPortal(
        'get',
        'applications',
        '-n',
        'shop',
        ...ada,
        '--as-group',
        group,
      );
      expect(answer).not.toContain('cannot');
    });

    it.each([
      [['--as', 'understage:user:default/mallory']],
      [['--as', 'understage:user:default/ad\u0430']],
      [['--as', 'understage:user:default/ADA']],
      [['--as', 'understage:user:default/ada ']],
      [['--as', 'user:default/ada']],
      [['--as', 'system:admin']],
      [['--as', 'system:kube-controller-manager']],
      [['--as', 'system:serviceaccount:understage-system:understage-operator']],
      [['--as', 'system:serviceaccount:shop:understage-deployer']],
      [[...ada, '--as-group', 'system:masters']],
      [[...ada, '--as-group', 'understage:system:masters']],
      [[...ada, '--as-group', 'understage:group:default/nobody']],
      [
        [
          ...ada,
          '--as-group',
          'understage:group:default/team-shop',
          '--as-group',
          'system:masters',
        ],
      ],
      [[...ada, '--as-uid', '1']],
    ])('is refused to act with %j', async identity => {
      await expect(
        asPortal('get', 'applications', '-n', 'shop', ...identity),
      ).rejects.toThrow(/cannot impersonate resource/);
    });

    it.each([
      'get secrets',
      'list secrets',
      'create applications.paas.understage.dev',
      'patch applications.paas.understage.dev',
      'delete applications.paas.understage.dev',
      'patch applications.paas.understage.dev --subresource=status',
      'create pods',
      'get pods --subresource=log',
      'create pods --subresource=exec',
      'get pods --subresource=exec',
      'get nodes --subresource=proxy',
      'get services --subresource=proxy',
      'create serviceaccounts --subresource=token',
      'create rolebindings.rbac.authorization.k8s.io',
      'bind clusterroles.rbac.authorization.k8s.io',
      'escalate clusterroles.rbac.authorization.k8s.io',
      'impersonate serviceaccounts',
      'impersonate users',
      'impersonate groups',
      'patch namespaces',
      'delete namespaces',
      'create customresourcedefinitions.apiextensions.k8s.io',
      '* *',
    ])('may not %s', async right => {
      await expect(
        asPortal('auth', 'can-i', ...right.split(' '), '-n', 'shop'),
      ).rejects.toThrow();
    });

    it('may read what the cache needs, so the questions above mean something', async () => {
      const what = ['list', 'applications.paas.understage.dev', '-A'];
      expect(await asPortal('auth', 'can-i', ...what)).toContain('yes');
    });
  });

  describe('faults', () => {
    it('a status that somebody else wrote breaks no page', async () => {
      await put('odd', 'shop');
      const status = {
        observedGeneration: 99,
        state: 'Ready',
        message: 'javascript:alert(1)',
        conditions: [
          {
            type: 'Ready',
            observedGeneration: 99,
            status: 'True',
            reason: 'Ready',
            message: '<img src=x onerror=alert(1)> \u001b[31m\u202e',
            lastTransitionTime: '2999-01-01T00:00:00Z',
          },
        ],
        components: [],
      };
      await api.playground.kubectl([
        ...['patch', 'applications', 'odd', '-n', 'shop'],
        ...['--subresource=status', '--type=merge', '-p'],
        JSON.stringify({ status }),
      ]);
      await seen('odd', 'shop');
      const page = '/applications/playground/shop/odd';
      const { status: code, body } = await api.send(people.ada, 'get', page);
      expect(code).toBe(200);
      // Nothing runs of it, whatever its status says.
      expect(body.summary.state).not.toBe('Ready');
    }, 60_000);

    it('a frozen API server: reads go on, writes are answered, and it all comes back', async () => {
      await put('frozen', 'shop');
      await seen('frozen', 'shop');
      const pid = api.playground.pids()['kube-apiserver'];
      process.kill(pid, 'SIGSTOP');
      try {
        const began = Date.now();
        const pause = '/applications/playground/shop/frozen/pause';
        const write = await api.send(people.ada, 'post', pause);
        expect(write.status).toBe(503);
        expect(Date.now() - began).toBeLessThan(65_000);
        expect(write.body.error.message).toContain('is not known');
        const asked = Date.now();
        const { items } = await list();
        expect(Date.now() - asked).toBeLessThan(1_000);
        expect(items.length).toBeGreaterThan(0);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      await until('a write', async () => {
        const resume = '/applications/playground/shop/frozen/resume';
        const { status } = await api.send(people.ada, 'post', resume);
        return status === 200 ? true : undefined;
      });
    }, 150_000);

    it('a definition that is deleted and made again: the portal says so, and follows', async () => {
      await put('before', 'shop');
      await seen('before', 'shop');
      await api.playground.kubectl(['delete', '-f', crds, '--wait=true']);
      await until('an empty or a stale list', async () => {
        const { total, freshness } = await list();
        return total === 0 || freshness.kind !== 'live' ? true : undefined;
      });
      await api.playground.kubectl(['apply', '--server-side', '-f', crds]);
      await until('the definition to serve', () =>
        put('after', 'shop').then(
          () => true,
          () => undefined,
        ),
      );
      await seen('after', 'shop');
      const fresh = await until('a live list', async () => {
        const answer = await list();
        return answer.freshness.kind === 'live' ? answer : undefined;
      });
      expect(fresh.total).toBe(1);
    }, 150_000);
  });
});
