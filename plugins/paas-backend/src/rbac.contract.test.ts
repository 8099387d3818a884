import {
  APPLICATION_API_VERSION,
  apiRoutes,
  LABEL_BUNDLE,
  LABEL_TENANT,
  TENANT_API_VERSION,
} from '@understage/plugin-paas-common';
import { watchedKinds } from '@understage/plugin-paas-node';
import { z } from 'zod';
import {
  connectVariants,
  impersonating,
  listOf,
  reading,
  resources,
  until,
  verbs,
  withoutNamespace,
} from './__testUtils__/lesserRights';
import { oneOfEachKind } from './__testUtils__/oneOfEachKind';
import { people, startRealApi } from './__testUtils__/startRealApi';

jest.setTimeout(120_000);

/** A tenant of the namespace `shop`, and the quota that its bundle would have there. */
const ofTenant = [
  {
    apiVersion: TENANT_API_VERSION,
    kind: 'Tenant',
    metadata: { name: 'shop' },
    spec: {
      owner: 'group:default/team-shop',
      environments: [{ name: 'production' }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {
      name: 'understage-quota',
      namespace: 'shop',
      labels: { [LABEL_BUNDLE]: 'tenant', [LABEL_TENANT]: 'shop' },
    },
    spec: { hard: { pods: '10' } },
  },
];

describe("the portal's own rights", () => {
  let api: Awaited<ReturnType<typeof startRealApi>>;
  const members = oneOfEachKind('owner');

  beforeAll(async () => {
    api = await startRealApi({
      others: connectVariants,
      admission: false,
    });
    const application = {
      apiVersion: APPLICATION_API_VERSION,
      kind: 'Application',
      metadata: { name: 'owner', namespace: 'shop' },
      spec: { paused: true, components: [{ name: 'web', type: 'Deployment' }] },
    };
    const text = await api.playground.kubectl(
      ['apply', '--server-side', '-o', 'json', '-f', '-'],
      JSON.stringify(application),
    );
    const { uid } = z
      .object({ metadata: z.object({ uid: z.string() }) })
      .parse(JSON.parse(text)).metadata;
    const ownerReferences = [
      {
        apiVersion: APPLICATION_API_VERSION,
        kind: 'Application',
        name: 'owner',
        uid,
        controller: true,
      },
    ];
    await api.playground.kubectl(
      ['apply', '--server-side', '-f', '-'],
      listOf(ofTenant),
    );
    await api.playground.kubectl(
      ['apply', '--server-side', '-f', '-'],
      listOf(
        members.map(object => ({
          ...object,
          metadata: { ...object.metadata, namespace: 'shop', ownerReferences },
        })),
      ),
    );
  });
  afterAll(() => api?.stop(), 60_000);

  const freshness = async (cluster: string) => {
    const { body } = await api.send(people.ada, 'get', '/clusters');
    const found = apiRoutes.listClusters.answer
      .parse(body)
      .items.find(({ name }) => name === cluster);
    if (!found) throw new Error(`the portal does not know ${cluster}`);
    return found.freshness;
  };
  const failure = (cluster: string) =>
    until(`the portal to say what is wrong with ${cluster}`, async () => {
      const found = await freshness(cluster);
      return 'why' in found && found.why.includes('can not be read')
        ? found.why
        : undefined;
    });
  const readObject = (cluster: string, kind: string) =>
    api.send(
      people.ada,
      'get',
      `/applications/${cluster}/shop/owner/objects?kind=${kind}&name=owner`,
    );
  const send = (
    route: typeof apiRoutes.apply | typeof apiRoutes.plan,
    { cluster, name }: { cluster: string; name: string },
  ) =>
    api.send(people.grace, route.method, route.path).send({
      cluster,
      namespace: 'shop',
      application: {
        apiVersion: 'paas/v1',
        kind: 'Application',
        metadata: { name },
        spec: { components: [{ name: 'web', type: 'Deployment' }] },
      },
    });
  const apply = (cluster: string, name: string) =>
    send(apiRoutes.apply, { cluster, name });
  const plan = (cluster: string) =>
    send(apiRoutes.plan, { cluster, name: 'planned' });

  it('are enough to be live', async () => {
    const enough = await until('a live cluster', async () => {
      const found = await freshness('playground');
      return found.kind === 'live' ? found : undefined;
    });
    expect(enough).not.toHaveProperty('why');
  });

  it.each(resources)(
    'include %s: without, the cluster is not live, and the portal says why',
    async resource => {
      const name = `without-${resource}`;
      expect(await failure(name)).toMatch(
        new RegExp(
          `^${resource}[a-z.0-9]* of cluster ${name} can not be read: .*${resource}`,
        ),
      );
      expect((await freshness(name)).kind).toBe(
        resource === 'applications' ? 'unavailable' : 'stale',
      );
    },
  );

  const tenantOf = async (cluster: string) => {
    const address = `/tenants/${cluster}/shop`;
    const { status, body } = await api.send(people.ada, 'get', address);
    if (status === 404) return undefined;
    return apiRoutes.getTenant.answer.parse(body);
  };
  const quotaOf = async (cluster: string) =>
    (await tenantOf(cluster))?.environments[0].quota;
  const tenantsOf = async (cluster: string) => {
    const address = `/tenants?cluster=${cluster}`;
    const { body } = await api.send(people.ada, 'get', address);
    return apiRoutes.listTenants.answer.parse(body);
  };

  it('include tenants: without, none is shown, and the list says that it is not complete', async () => {
    await until('the tenant', () => tenantOf('playground'));
    await failure('without-tenants');
    expect(await tenantOf('without-tenants')).toBeUndefined();
    const less = await tenantsOf('without-tenants');
    expect(less.items).toEqual([]);
    expect(less.freshness.kind).not.toBe('live');
    const whole = await tenantsOf('playground');
    expect(whole.items.map(({ name }) => name)).toContain('shop');
    expect(whole.freshness.kind).toBe('live');
  });

  it('include resource quotas: without, no meter is shown, rather than an empty one', async () => {
    const quota = await until('the quota', () => quotaOf('playground'));
    expect(quota).toMatchObject([{ resource: 'pods', hard: '10' }]);
    await until('the tenant', () => tenantOf('without-resourcequotas'));
    await failure('without-resourcequotas');
    expect(await quotaOf('without-resourcequotas')).toBeUndefined();
  });

  it('include to act as people and their groups for tenants too: without either, none is planned or made', async () => {
    const ask = (to: 'plan' | 'apply', cluster: string, name: string) =>
      api.send(people.ada, 'post', `/tenants/${to}`).send({
        cluster,
        tenant: { ...ofTenant[0], metadata: { name } },
      });
    expect((await ask('plan', 'playground', 'lab')).status).toBe(200);
    expect((await ask('apply', 'playground', 'lab')).status).toBe(200);
    for (const resource of ['users', 'groups']) {
      for (const to of ['plan', 'apply'] as const) {
        const cluster = `without-${resource}`;
        const { body, text } = await ask(to, cluster, `no-${resource}`);
        // What a plan could not look at it says; it is still a plan.
        expect(body.kind).toBe(to === 'plan' ? 'planned' : undefined);
        expect(text).toContain(`${cluster}\\" cannot impersonate`);
      }
    }
  });

  it('include to watch: without, no application is known', async () => {
    expect(await failure('without-watch')).toContain('cannot watch resource');
  });

  it('include to list: without, servers that can not stream lists are not read', async () => {
    expect(await failure('without-list')).toContain('cannot list resource');
  });

  const kindsRead = watchedKinds
    .filter(({ type }) =>
      reading.some(
        rule =>
          type.kind !== 'Namespace' &&
          rule.verbs.includes('get') &&
          rule.apiGroups.includes(type.group) &&
          rule.resources.includes(type.plural),
      ),
    )
    .map(({ type }) => type.kind);

  it.each(kindsRead)(
    'include to get a whole %s: without, its YAML is not shown',
    async kind => {
      const whole = await until(`${kind} in the cache`, async () => {
        const answer = await readObject('playground', kind);
        return answer.status === 404 ? undefined : answer;
      });
      expect(whole.status).toBe(200);
      const lacking = await until(`${kind} in the other cache`, async () => {
        const answer = await readObject('without-get', kind);
        return answer.status === 404 ? undefined : answer;
      });
      expect(lacking.status).toBe(403);
      expect(lacking.body.error.message).toContain('cannot get resource');
    },
  );

  it('include to get a namespace: without, nothing is planned for it', async () => {
    expect((await plan('playground')).status).toBe(200);
    const answer = await plan(withoutNamespace.name);
    expect(answer.status).toBe(403);
    expect(answer.body.error.message).toContain('reading Namespace shop');
  });

  it('include to act as people and their groups: without either, nobody changes anything', async () => {
    expect((await apply('playground', 'whole')).status).toBe(200);
    for (const resource of ['users', 'groups']) {
      const answer = await apply(`without-${resource}`, `no-${resource}`);
      expect(answer.status).toBe(403);
      expect(answer.body.error.message).toMatch(
        new RegExp(`without-${resource}" cannot impersonate`),
      );
    }
  });

  it('are nothing else: every resource and every verb of every rule was taken away above', () => {
    const watched = watchedKinds.map(({ type }) => type.plural);
    expect([...resources].sort()).toEqual([...new Set(watched)].sort());
    expect(verbs.sort()).toEqual(['get', 'list', 'watch']);
    const gets = reading.flatMap(rule =>
      rule.verbs.includes('get') ? rule.resources : [],
    );
    expect(gets).toHaveLength([...kindsRead, 'Namespace'].length);
    expect(impersonating.map(rule => [rule.resources, rule.verbs])).toEqual([
      [['users'], ['impersonate']],
      [['groups'], ['impersonate']],
    ]);
  });
});
