import { FieldChange } from '../action';
import { KubeObject } from '../kubernetes';
import { recordAt } from '../jsonValue';
import { parseQuantity } from './quantity';

/** What a change of a field that can not be changed in place comes to. */
export type Verdict =
  | { readonly kind: 'update' }
  | { readonly kind: 'replace' }
  /** `todo` is a sentence: what the reader can do. */
  | { readonly kind: 'refuse'; readonly path: string; readonly todo: string };

type Rule = (change: FieldChange, object: KubeObject) => Verdict | undefined;

const below = (path: string, ...fields: readonly string[]) =>
  fields.some(
    field =>
      path === field ||
      path.startsWith(`${field}.`) ||
      path.startsWith(`${field}[`),
  );

/** Replaces when the change is at or below one of these fields. */
const replaceAt =
  (...fields: string[]): Rule =>
  change =>
    below(change.path, ...fields) ? { kind: 'replace' } : undefined;

const refuseAt =
  (fields: readonly string[], todo: (object: KubeObject) => string): Rule =>
  (change, object) =>
    below(change.path, ...fields)
      ? { kind: 'refuse', path: change.path, todo: todo(object) }
      : undefined;

/** StatefulSet accepts changes to these fields of its spec and no others. */
const statefulSetMutable = [
  'spec.replicas',
  'spec.ordinals',
  'spec.template',
  'spec.updateStrategy',
  'spec.revisionHistoryLimit',
  'spec.persistentVolumeClaimRetentionPolicy',
  'spec.minReadySeconds',
];

const statefulSet: Rule = (change, object) => {
  if (!below(change.path, 'spec') || below(change.path, ...statefulSetMutable))
    return undefined;
  const { name, namespace } = object.metadata;
  return {
    kind: 'refuse',
    path: change.path,
    todo: `Undo the change, or run \`kubectl delete statefulset ${name} -n ${namespace} --cascade=orphan\`: pods and volumes stay, and the StatefulSet is created again over them.`,
  };
};

const volumeSize: Rule = change => {
  if (change.path !== 'spec.resources.requests.storage') return undefined;
  const from = parseQuantity(change.from);
  const to = parseQuantity(change.to);
  if (from === undefined || to === undefined || to >= from)
    return { kind: 'update' };
  return {
    kind: 'refuse',
    path: change.path,
    todo: `A volume can grow but not shrink: ask for ${change.from} or more, or move the data to a new volume under another name.`,
  };
};

const volume: Rule = (change, object) => {
  const mutable = ['spec.resources', 'spec.volumeAttributesClassName'];
  if (!below(change.path, 'spec') || below(change.path, ...mutable))
    return undefined;
  return {
    kind: 'refuse',
    path: change.path,
    todo: `Undo the change, or add a volume under another name and move the data of ${object.metadata.name} there.`,
  };
};

const immutableContent: Rule = (change, object) =>
  object.immutable === true &&
  below(change.path, 'data', 'binaryData', 'immutable')
    ? { kind: 'replace' }
    : undefined;

const keepSelector = refuseAt(
  ['spec.selector'],
  object =>
    `Undo the change, or delete ${object.kind} ${object.metadata.name} at a time when its pods may restart: it is created again at once.`,
);

/** Fields that the API server lets nobody change, by kind. The first rule that answers decides about a change. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  Deployment: [keepSelector],
  DaemonSet: [keepSelector],
  ReplicaSet: [keepSelector],
  StatefulSet: [statefulSet],
  Job: [
    replaceAt(
      'spec.template',
      'spec.selector',
      'spec.completions',
      'spec.completionMode',
      'spec.podFailurePolicy',
      'spec.successPolicy',
      'spec.backoffLimitPerIndex',
      'spec.podReplacementPolicy',
      'spec.managedBy',
    ),
  ],
  Pod: [replaceAt('spec')],
  Service: [replaceAt('spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies')],
  PersistentVolumeClaim: [volumeSize, volume],
  ConfigMap: [immutableContent],
  Secret: [immutableContent, replaceAt('type')],
  RoleBinding: [replaceAt('roleRef')],
  ClusterRoleBinding: [replaceAt('roleRef')],
};

const severity = { update: 0, replace: 1, refuse: 2 } as const;

/**
 * Whether the changes can be made in place, by replacing the object (only where nothing is lost by it), or not at all.
 * The worst change decides.
 */
export function judgeChanges(
  live: KubeObject,
  changes: readonly FieldChange[],
): Verdict {
  let worst: Verdict = { kind: 'update' };
  // Every object of these kinds has a spec. A live one without was cut short by a cache: it can not be judged, and the
  // API server still can refuse.
  if (live.spec === undefined && changes.some(({ path }) => path === 'spec')) {
    return worst;
  }
  for (const change of changes) {
    const verdict = (rules[live.kind] ?? [])
      .map(rule => rule(change, live))
      .find(answer => answer !== undefined);
    if (verdict && severity[verdict.kind] > severity[worst.kind])
      worst = verdict;
  }
  return worst;
}

/** True when an object is on its way out: applying to it would be lost. */
export function isTerminating(object: KubeObject): boolean {
  return recordAt(object, 'metadata').deletionTimestamp !== undefined;
}
