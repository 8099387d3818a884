import { connectCluster, KubeCluster, KubeError } from '@understage/kube';
import {
  APPLICATION_API_VERSION,
  apiRoutes,
} from '@understage/plugin-paas-common';
import { watchedKinds } from '@understage/plugin-paas-node';
import { Playground } from '@understage/playground';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { oneOfEachKind, routesCrd } from './__testUtils__/oneOfEachKind';
import { people, startRealApi } from './__testUtils__/startRealApi';

jest.setTimeout(120_000);

const ruleSchema = z.strictObject({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
type Rule = z.infer<typeof ruleSchema>;
const roleSchema = z.object({
  kind: z.literal('ClusterRole'),
  metadata: z.object({ name: z.string() }),
  rules: z.array(ruleSchema),
});

const file = path.resolve(__dirname, '../../../deploy/portal-rbac.yaml');
const roles = parseAllDocuments(readFileSync(file, 'utf8'))
  .map(document => roleSchema.safeParse(document.toJS()))
  .flatMap(({ data }) => (data ? [data] : []));

function rulesOf(name: string): readonly Rule[] {
  const role = roles.find(({ metadata }) => metadata.name === name);
  if (!role) throw new Error(`${file} has no role ${name}`);
  return role.rules;
}

const reading = rulesOf('understage-portal');
const impersonating = rulesOf('understage-portal-impersonator');

/** Rights of the portal, less something. */
interface Variant {
  readonly name: string;
  readonly rules: readonly Rule[];
}

const without = (
  rules: readonly Rule[],
  part: 'resources' | 'verbs',
  lost: string,
) =>
  rules
    .map(rule => ({ ...rule, [part]: rule[part].filter(it => it !== lost) }))
    .filter(({ resources, verbs }) => resources.length > 0 && verbs.length > 0);

const resources = reading.flatMap(rule => rule.resources);
const verbs = [...new Set(reading.flatMap(rule => rule.verbs))];
const variants: readonly Variant[] = [
  ...resources.map(resource => ({
    name: `without-${resource}`,
    rules: [...without(reading, 'resources', resource), ...impersonating],
  })),
  ...verbs.map(verb => ({
    name: `without-${verb}`,
    rules: [...without(reading, 'verbs', verb), ...impersonating],
  })),
  ...['users', 'groups'].map(resource => ({
    name: `without-${resource}`,
    rules: [...reading, ...without(impersonating, 'resources', resource)],
  })),
];

/** A plan asks for the namespace itself: whoever may only list it plans nothing. */
const withoutNamespace: Variant = {
  name: 'without-one-namespace',
  rules: [
    ...reading.map(rule =>
      rule.resources.includes('namespaces')
        ? { ...rule, verbs: rule.verbs.filter(verb => verb !== 'get') }
        : rule,
    ),
    ...impersonating,
  ],
};

const accountOf = ({ name, rules }: Variant) => [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'default' },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules,
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name,
    },
    subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
  },
];

const listOf = (items: readonly object[]) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** The same server, as if it were one that can not stream lists: then pages are read. */
function withoutStreamedLists(cluster: KubeCluster): KubeCluster {
  return {
    name: cluster.name,
    get: (...args) => cluster.get(...args),
    list: (...args) => cluster.list(...args),
    listPage: (...args) => cluster.listPage(...args),
    as: identity => cluster.as(identity),
    writer: options => cluster.writer(options),
    watch: (type, options) => {
      if (options.sendInitialEvents) {
        throw new KubeError('sendInitialEvents is forbidden', { status: 422 });
      }
      return cluster.watch(type, options);
    },
  };
}

/** A cluster of the portal for each variant: the same API server, seen with fewer rights. */
async function connectVariants(playground: Playground) {
  await playground.kubectl(['apply', '-f', '-'], JSON.stringify(routesCrd));
  await playground.kubectl(
    ['apply', '--server-side', '-f', '-'],
    listOf([...variants, withoutNamespace].flatMap(accountOf)),
  );
  return Promise.all(
    [...variants, withoutNamespace].map(async ({ name }) => {
      const login = await playground.serviceAccountKubeconfig({
        namespace: 'default',
        name,
      });
      const { kubeconfig } = login;
      const cluster = await connectCluster({ name, kubeconfig });
      return name === 'without-list' ? withoutStreamedLists(cluster) : cluster;
    }),
  );
}

async function until<T>(what: string, find: () => Promise<T | undefined>) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

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
