import { readFileSync } from 'node:fs';
import { Playground, startPlayground } from '@understage/playground';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { repositoryFile } from './__testUtils__/createOperatorWorld';
import { listed, Rule, withoutEachResource } from './__testUtils__/rbacRules';
import { waitFor } from './__testUtils__/waitFor';
import { Door, openDoor, Request } from './isolation/__testUtils__/doors';

jest.setTimeout(180_000);

/** What each resource is read for. One that is read for nothing has no place in a role. */
const reads: Readonly<Record<string, string>> = {
  'paas.understage.dev/applications': 'what runs, in portal and CLI',
  'paas.understage.dev/tenants': 'every tenant, its plan and its end',
  '/pods': 'which pods run, and why one does not',
  '/services': 'what an application is reached by',
  '/serviceaccounts': 'which accounts there are, in plans',
  '/configmaps': 'what an application is configured with, in plans',
  '/persistentvolumeclaims': 'what an application has stored',
  '/persistentvolumes': 'what is listed before a tenant is offboarded',
  '/events': 'why something does not run',
  '/nodes': 'where pods run',
  '/namespaces': 'what a tenant consists of, in its plan',
  '/secrets': 'what an application refers to by name',
  '/resourcequotas': 'what the environment may use, and what is used',
  '/limitranges': 'what a container may use',
  'apps/deployments': 'workloads, in the tree of an application',
  'apps/statefulsets': 'workloads, in the tree of an application',
  'apps/daemonsets': 'workloads, in the tree of an application',
  'apps/replicasets': 'why a pod could not be made',
  'apps/controllerrevisions': 'releases, for the history',
  'batch/jobs': 'jobs, in the tree of an application',
  'batch/cronjobs': 'schedules, in the tree of an application',
  'networking.k8s.io/networkpolicies': 'who may call whom',
  'networking.k8s.io/ingresses': 'what is exposed',
  'gateway.networking.k8s.io/httproutes': 'what is exposed by a gateway',
  'policy/poddisruptionbudgets': 'budgets, in plans',
  'autoscaling/horizontalpodautoscalers': 'who owns the replicas, in plans',
  'rbac.authorization.k8s.io/clusterroles': 'roles of a tenant, in its plan',
  'rbac.authorization.k8s.io/clusterrolebindings':
    'members of a tenant, in its plan',
  'rbac.authorization.k8s.io/rolebindings': 'members of an environment',
};

/** What is not only read. */
const writes: Readonly<Record<string, string>> = {
  'paas.understage.dev/applications': 'applications are what people write',
  'paas.understage.dev/tenants': 'tenants are given out and taken back',
  '/secrets': 'secrets are made beside the applications that name them',
};

const clusterScoped = new Set([
  'tenants',
  'persistentvolumes',
  'nodes',
  'namespaces',
  'clusterroles',
  'clusterrolebindings',
]);

const roleSchema = z.object({
  kind: z.literal('ClusterRole'),
  metadata: z.object({ name: z.string() }),
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
      verbs: z.array(z.string()),
    }),
  ),
});

const files = ['tenant-roles.yaml', 'platform-engineer.yaml'];
const roles = files
  .map(file => readFileSync(repositoryFile('deploy', file), 'utf8'))
  .flatMap(text => parseAllDocuments(text))
  .flatMap(document => {
    const { data } = roleSchema.safeParse(document.toJS());
    return data ? [data] : [];
  });

const collectionOf = (key: string): string => {
  const [group, resource] = key.split('/');
  const version = group === 'autoscaling' ? 'v2' : 'v1';
  const root = group === '' ? '/api/v1' : `/apis/${group}/${version}`;
  const within = clusterScoped.has(resource) ? '' : '/namespaces/shop';
  return `${root}${within}/${resource}`;
};

/** A request for each verb that a role has on a resource, as portal, CLI or kubectl send it. */
function requestsFor(
  key: string,
  verbs: readonly string[],
): readonly Request[] {
  if (key === 'coordination.k8s.io/leases') {
    const namespace = 'understage-system/leases/understage-operator';
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}`;
    return [{ method: 'GET', path }];
  }
  if (key === '/pods/log')
    return [{ method: 'GET', path: `${collectionOf('/pods')}/x/log` }];
  if (key === '/pods' && verbs.join() === 'create')
    return [{ method: 'POST', path: collectionOf(key), body: {} }];
  const all = collectionOf(key);
  const one = `${all}/x`;
  const by: Readonly<Record<string, Request>> = {
    get: { method: 'GET', path: one },
    list: { method: 'GET', path: `${all}?limit=1` },
    watch: {
      method: 'GET',
      path: `${all}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dx`,
    },
    create: { method: 'POST', path: all, body: {} },
    update: { method: 'PUT', path: one, body: {} },
    patch: { method: 'PATCH', path: one, body: {} },
    delete: { method: 'DELETE', path: one },
  };
  return verbs.map(verb => {
    if (!by[verb]) throw new Error(`nobody here needs to ${verb} ${key}`);
    return by[verb];
  });
}

const keysOf = ({ apiGroups, resources }: Rule) =>
  apiGroups.flatMap(group => resources.map(each => `${group}/${each}`));

let playground: Playground;
const doors = new Map<string, Door>();
beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  for (const file of ['crds', ...files.map(name => `deploy/${name}`)])
    await playground.kubectl([
      ...['apply', '--server-side', '-f'],
      repositoryFile(file),
    ]);
  await playground.kubectl(['create', 'namespace', 'shop']);
  for (const { metadata } of roles) {
    const { name } = metadata;
    const everywhere = name === 'understage-platform-engineer';
    await playground.kubectl([
      'create',
      ...(everywhere
        ? ['clusterrolebinding', name]
        : ['rolebinding', name, '--namespace=shop']),
      ...[`--clusterrole=${name}`, `--user=${name}`],
    ]);
    const { kubeconfig } = await playground.addUser({ name, groups: [] });
    doors.set(name, openDoor(kubeconfig));
  }
});
afterAll(async () => {
  doors.forEach(door => door.close());
  await playground?.stop();
});

/** Requests that the account of a role is refused for want of rights. Nothing there to find is no refusal. */
async function refusedOf(
  role: string,
  requests: readonly Request[],
): Promise<readonly string[]> {
  const answers = await Promise.all(
    requests.map(async request => {
      const answer = await doors.get(role)?.send(request, { dryRun: true });
      const refused = answer?.status === 403 && /cannot/.test(answer.message);
      return refused ? [`${request.method} ${request.path}`] : [];
    }),
  );
  return answers.flat();
}

const textOf = ({ method, path }: Request) => `${method} ${path}`;

describe.each(roles.map(role => ({ role, name: role.metadata.name })))(
  'the rights of $name',
  ({ role: { rules }, name }) => {
    const put = (less: readonly Rule[]) =>
      playground.kubectl(
        ['replace', '-f', '-'],
        `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: ${name} }
rules: ${listed(less)}
`,
      );
    const cases = withoutEachResource(rules).map(({ what, ...lacking }) => {
      const rule = rules.find(
        ({ resources, verbs }) =>
          resources.includes(lacking.resource) &&
          what.endsWith(`(${verbs.join(', ')})`),
      );
      if (!rule) throw new Error(`no rule is about ${what}`);
      const key = `${rule.apiGroups[0]}/${lacking.resource}`;
      return { ...lacking, what, key, verbs: rule.verbs };
    });

    it('let all of it through', async () => {
      const all = cases.flatMap(({ key, verbs }) => requestsFor(key, verbs));
      await waitFor('the rights to be known', async () =>
        (await refusedOf(name, all)).length === 0 ? true : undefined,
      );
    });

    it('are each for something', () => {
      const special = ['/pods/log', 'coordination.k8s.io/leases'];
      for (const rule of rules)
        for (const key of keysOf(rule)) {
          if (special.includes(key) || name === 'understage-probe-pods')
            continue;
          const known = rule.verbs.includes('create') ? writes : reads;
          expect([key, known[key]]).toEqual([key, expect.any(String)]);
          expect(reads[key]).toBeDefined();
        }
    });

    it.each(cases)(
      'include $what: without, it is refused',
      async ({ key, verbs, rules: less }) => {
        const requests = requestsFor(key, verbs);
        await put(less);
        try {
          await waitFor(`${key} to be refused`, async () =>
            (await refusedOf(name, requests.slice(0, 1))).length > 0
              ? true
              : undefined,
          );
          expect(await refusedOf(name, requests)).toEqual(requests.map(textOf));
        } finally {
          await put(rules);
        }
      },
    );
  },
);

describe('what no role of a tenant gives', () => {
  const forbidden: readonly (readonly [string, Request])[] = [
    ['pods', { method: 'POST', path: collectionOf('/pods'), body: {} }],
    [
      'a way into a container',
      { method: 'POST', path: `${collectionOf('/pods')}/x/exec` },
    ],
    [
      'a token',
      {
        method: 'POST',
        path: `${collectionOf('/serviceaccounts')}/default/token`,
        body: {},
      },
    ],
    [
      'bindings',
      {
        method: 'POST',
        path: collectionOf('rbac.authorization.k8s.io/rolebindings'),
        body: {},
      },
    ],
    [
      'quotas',
      { method: 'DELETE', path: `${collectionOf('/resourcequotas')}/x` },
    ],
  ];
  const members = ['viewer', 'developer', 'admin'].map(
    role => `understage-tenant-${role}`,
  );

  it.each(
    [...members, 'understage-platform-engineer'].flatMap(role =>
      forbidden.map(([what, request]) => ({ role, what, request })),
    ),
  )('S7: $role makes no $what', async ({ role, request }) => {
    expect(await refusedOf(role, [request])).toEqual([textOf(request)]);
  });

  it.each(['understage-tenant-viewer', 'understage-platform-engineer'])(
    '%s reads no secrets',
    async role => {
      const list = requestsFor('/secrets', ['get', 'list', 'watch']);
      expect(await refusedOf(role, list)).toEqual(list.map(textOf));
    },
  );
});
