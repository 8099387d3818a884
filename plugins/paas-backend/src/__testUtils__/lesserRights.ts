import { connectCluster, KubeCluster, KubeError } from '@understage/kube';
import { Playground } from '@understage/playground';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { routesCrd } from './oneOfEachKind';

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

const file = path.resolve(__dirname, '../../../../deploy/portal-rbac.yaml');
const roles = parseAllDocuments(readFileSync(file, 'utf8'))
  .map(document => roleSchema.safeParse(document.toJS()))
  .flatMap(({ data }) => (data ? [data] : []));

function rulesOf(name: string): readonly Rule[] {
  const role = roles.find(({ metadata }) => metadata.name === name);
  if (!role) throw new Error(`${file} has no role ${name}`);
  return role.rules;
}

export const reading = rulesOf('understage-portal');
export const impersonating = rulesOf('understage-portal-impersonator');

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

export const resources = reading.flatMap(rule => rule.resources);
export const verbs = [...new Set(reading.flatMap(rule => rule.verbs))];
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
export const withoutNamespace: Variant = {
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

export const listOf = (items: readonly object[]) =>
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
export async function connectVariants(playground: Playground) {
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

export async function until<T>(
  what: string,
  find: () => Promise<T | undefined>,
) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}
