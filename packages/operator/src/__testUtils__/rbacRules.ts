import { readFileSync } from 'node:fs';
import { connectCluster, leaseType } from '@understage/kube';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import {
  OperatorWorld,
  repositoryFile,
  StartedOperator,
  StartOptions,
} from './createOperatorWorld';
import { waitFor } from './waitFor';

const ruleSchema = z.object({
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()).optional(),
  verbs: z.array(z.string()),
});
export type Rule = z.infer<typeof ruleSchema>;
const roleSchema = z.object({
  kind: z.enum(['Role', 'ClusterRole']),
  metadata: z.object({ name: z.string() }),
  rules: z.array(ruleSchema),
});

/** The rules of the roles of that kind in a file of deploy/. */
export function rulesIn(
  file: string,
  kind: 'Role' | 'ClusterRole',
): readonly Rule[] {
  const text = readFileSync(repositoryFile('deploy', file), 'utf8');
  const roles = parseAllDocuments(text)
    .map(document => roleSchema.safeParse(document.toJS()))
    .flatMap(({ data }) => (data?.kind === kind ? [data] : []));
  return roles.flatMap(({ rules }) => rules);
}

/** A way in which a role is less than it should be. */
export interface Lacking {
  /** `resource` or `resource verb`. */
  readonly what: string;
  readonly resource: string;
  readonly rules: readonly Rule[];
}

/** Every resource of every rule taken away, one at a time. */
export function withoutEachResource(
  rules: readonly Rule[],
): readonly Lacking[] {
  return rules.flatMap((rule, at) =>
    rule.resources.map(resource => ({
      what: `${resource} (${rule.verbs.join(', ')})`,
      resource,
      rules: rules.map((each, index) =>
        index === at
          ? {
              ...each,
              resources: each.resources.filter(other => other !== resource),
            }
          : each,
      ),
    })),
  );
}

/** One verb of the only rule about a resource taken away. */
export function withoutVerb(
  rules: readonly Rule[],
  resource: string,
  verb: string,
): readonly Rule[] {
  return rules.map(rule =>
    rule.resources.includes(resource) && rule.verbs.includes(verb)
      ? { ...rule, verbs: rule.verbs.filter(other => other !== verb) }
      : rule,
  );
}

/** Rules as YAML takes them; those without a resource or a verb are left out. */
export const listed = (rules: readonly Rule[]) =>
  JSON.stringify(
    rules.filter(
      ({ resources, verbs }) => resources.length > 0 && verbs.length > 0,
    ),
  );

const clusterRules = rulesIn('operator-rbac.yaml', 'ClusterRole');
const leaseRules = rulesIn('operator-rbac.yaml', 'Role');

let probes = 0;

/** Other rules than those of deploy/: cluster-wide, of the lease, and of understage-system. */
export interface ProbeRules {
  readonly cluster?: readonly Rule[];
  readonly lease?: readonly Rule[];
}

/** What the operator may do in the platform's namespace beside its lease, which has a place of its own here. */
const systemRules = (rules = leaseRules) =>
  rules.filter(({ resources }) => !resources.includes('leases'));

/** An operator of its own: account, roles, and namespace for its lease. */
export async function probeOperator(
  world: OperatorWorld,
  rules: ProbeRules,
  more: StartOptions = {},
): Promise<StartedOperator> {
  probes += 1;
  const name = `probe-${probes}`;
  await world.playground.kubectl(
    ['apply', '-f', '-'],
    `
apiVersion: v1
kind: Namespace
metadata: { name: ${name} }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: operator, namespace: ${name} }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: ${name} }
rules: ${listed(rules.cluster ?? clusterRules)}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: ${name} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name} }
subjects: [{ kind: ServiceAccount, name: operator, namespace: ${name} }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: operator, namespace: ${name} }
rules: ${listed(rules.lease ?? leaseRules)}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: operator, namespace: ${name} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: operator }
subjects: [{ kind: ServiceAccount, name: operator, namespace: ${name} }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: ${name}, namespace: understage-system }
rules: ${listed(systemRules(rules.lease))}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: ${name}, namespace: understage-system }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name} }
subjects: [{ kind: ServiceAccount, name: operator, namespace: ${name} }]
`,
  );
  const { kubeconfig } = await world.playground.serviceAccountKubeconfig({
    namespace: name,
    name: 'operator',
  });
  const cluster = await connectCluster({ name, kubeconfig });
  // RBAC of the API server follows by watch: begin when it knows the last binding.
  await waitFor('the lease to be readable', async () => {
    const key = { namespace: name, name: 'understage-operator' };
    if (rules.lease !== undefined) return true;
    return cluster.get(leaseType, key).then(() => true);
  });
  await cluster.close();
  return world.startOperator({
    kubeconfig,
    leaderElectionNamespace: name,
    ...more,
  });
}
