import { ObjectRef } from './kubernetes';

/** What an object is for. `release` is bookkeeping of ours and never rendered. */
export type KindRole =
  | 'identity'
  | 'config'
  | 'storage'
  | 'network'
  | 'availability'
  | 'workload'
  | 'release';

/** One kind that applications may consist of. */
export interface AllowedKind {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: true;
  readonly role: KindRole;
  /** Objects of a smaller order are applied first and deleted last. */
  readonly order: number;
  /** Read into caches by watch; secrets are not, they are read as the namespace's deployer. */
  readonly watched: boolean;
  /** Served only where an add-on is installed: its absence is no failure. */
  readonly optional: boolean;
}

type Row = readonly [
  role: KindRole,
  apiVersion: string,
  kind: string,
  plural: string,
  flags?: { readonly watched?: boolean; readonly optional?: boolean },
];

const rows: readonly Row[] = [
  ['identity', 'v1', 'ServiceAccount', 'serviceaccounts'],
  ['config', 'v1', 'Secret', 'secrets', { watched: false }],
  ['config', 'v1', 'ConfigMap', 'configmaps'],
  ['storage', 'v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'],
  ['network', 'v1', 'Service', 'services'],
  ['network', 'networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['network', 'networking.k8s.io/v1', 'Ingress', 'ingresses'],
  [
    'network',
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'httproutes',
    { optional: true },
  ],
  ['availability', 'policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'],
  ['workload', 'apps/v1', 'Deployment', 'deployments'],
  ['workload', 'apps/v1', 'StatefulSet', 'statefulsets'],
  ['workload', 'apps/v1', 'DaemonSet', 'daemonsets'],
  ['workload', 'batch/v1', 'Job', 'jobs'],
  ['workload', 'batch/v1', 'CronJob', 'cronjobs'],
  [
    'availability',
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
  ],
];

function toKind(row: Row, order: number): AllowedKind {
  const [role, apiVersion, kind, plural, flags] = row;
  return {
    ...splitApiVersion(apiVersion),
    kind,
    plural,
    namespaced: true,
    role,
    order,
    watched: flags?.watched ?? true,
    optional: flags?.optional ?? false,
  };
}

/** `apps/v1` as group and version; the core group is empty. */
export function splitApiVersion(apiVersion: string): {
  readonly group: string;
  readonly version: string;
} {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : {
        group: apiVersion.slice(0, slash),
        version: apiVersion.slice(slash + 1),
      };
}

/** Every kind that may be rendered, in the order in which objects are applied. All of them live in a namespace. */
export const allowedKinds: readonly AllowedKind[] = rows.map(toKind);

/** The kind that releases are kept as. */
export const releaseKind: AllowedKind = toKind(
  ['release', 'apps/v1', 'ControllerRevision', 'controllerrevisions'],
  rows.length,
);

const kindsByName = new Map(
  [...allowedKinds, releaseKind].map(entry => [
    `${entry.group}/${entry.kind}`,
    entry,
  ]),
);

/** `apiVersion` of a kind as objects carry it. */
export function apiVersionOf(kind: {
  readonly group: string;
  readonly version: string;
}): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** The entry of a kind in exactly this version; `undefined` when it may not be rendered. */
export function kindOf(
  apiVersion: string,
  kind: string,
): AllowedKind | undefined {
  const { group, version } = splitApiVersion(apiVersion);
  const entry = kindsByName.get(`${group}/${kind}`);
  return entry?.version === version ? entry : undefined;
}

/** Sorts in the order of application, then by kind and name: the same objects always come in the same order. */
export function compareByOrder(a: ObjectRef, b: ObjectRef): number {
  const orderOf = (ref: ObjectRef) =>
    kindOf(ref.apiVersion, ref.kind)?.order ?? Number.MAX_SAFE_INTEGER;
  const difference = orderOf(a) - orderOf(b);
  if (difference !== 0 || a.name === b.name) {
    return difference;
  }
  return a.name < b.name ? -1 : 1;
}

/** One rule of a Role. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

// Server-side apply is `patch`, and `create` when the object is new; `get` and `list` are for planning (secrets are
// read as the deployer). Nothing is updated, watched or deleted as a collection in its name.
const deployerVerbs = ['get', 'list', 'create', 'patch', 'delete'];

/** What the `understage-deployer` of a namespace may do: exactly the kinds we render, and releases. */
export function deployerPolicyRules(): PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const { group, plural } of [...allowedKinds, releaseKind]) {
    byGroup.set(group, [...(byGroup.get(group) ?? []), plural]);
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    resources,
    verbs: deployerVerbs,
  }));
}
