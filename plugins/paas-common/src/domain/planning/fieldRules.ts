import { isRecord, JsonRecord } from '../jsonValue';
import {
  ANNOTATION_DOMAINS,
  ANNOTATION_GRANTS,
  ANNOTATION_VOLUMES,
} from '../labels';

/** Where a value stands, as far as comparing it depends on that. */
export interface Place {
  readonly kind: string;
  /** As printed: `spec.template.spec.containers[app].image`. */
  readonly path: string;
  /** Name of the field that holds the value; for an entry of a list, the list's name. */
  readonly field: string;
  /** Name of the field around it. */
  readonly parent: string;
  /** Everything below is ours alone: what we did not send must not be there. */
  readonly whole: boolean;
}

/** What makes an entry of a list the same entry, by the list's name: Kubernetes' own merge keys. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  resourceClaims: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ownerReferences: ['uid'],
  conditions: ['type'],
};

/** `ports` means two lists: of a container, and of a Service. */
function portKey(item: JsonRecord): string | undefined {
  const port = item.containerPort ?? item.port;
  return port === undefined ? undefined : `${port}/${item.protocol ?? 'TCP'}`;
}

function entryKey(field: string, item: unknown): string | undefined {
  if (!isRecord(item)) return undefined;
  if (field === 'ports') return portKey(item);
  const fields = listKeys[field];
  if (!fields || fields.some(key => item[key] === undefined)) return undefined;
  return fields.map(key => String(item[key])).join('/');
}

/**
 * The entries of a list by their Kubernetes key; undefined when the list is one value (`command`, the rules of a
 * NetworkPolicy), whose order and length count.
 */
export function entriesByKey(
  list: readonly unknown[],
  place: Place,
): ReadonlyMap<string, unknown> | undefined {
  if (place.whole) return undefined;
  if (place.field === 'finalizers')
    return new Map(list.map(item => [String(item), item]));
  const entries = new Map<string, unknown>();
  for (const item of list) {
    const key = entryKey(place.field, item);
    if (key === undefined) return undefined;
    entries.set(key, item);
  }
  return entries;
}

/** True when the lists of that name are merged entry by entry. */
export function isKeyedList(place: Place): boolean {
  return (
    !place.whole &&
    (place.field === 'ports' ||
      place.field === 'finalizers' ||
      listKeys[place.field] !== undefined)
  );
}

/** Maps that the API server treats as one value: setting a part replaces the whole. */
const wholeMaps = new Set([
  'selector',
  'labelSelector',
  'podSelector',
  'namespaceSelector',
  'nodeSelector',
  'matchLabels',
  'secretKeyRef',
  'configMapKeyRef',
  'roleRef',
]);

/** True when everything from this field down is ours alone. */
export function isWhole(place: Place): boolean {
  const networkRules =
    place.kind === 'NetworkPolicy' &&
    ['ingress', 'egress', 'policyTypes'].includes(place.field);
  return place.whole || wholeMaps.has(place.field) || networkRules;
}

/** What the API server adds inside such values. */
const addedByServer: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

/** True for a field that the API server fills in where we left it out. */
export function isServerDefault(field: string, value: unknown): boolean {
  return addedByServer[field] === value;
}

/** Fields where an empty value says something that absence does not. */
const meaningfulWhenEmpty = new Set([
  'emptyDir',
  'podSelector',
  'namespaceSelector',
  'automountServiceAccountToken',
  'allowPrivilegeEscalation',
  'enableServiceLinks',
  // Absent, each of these says that nobody decided; empty, that nothing is allowed.
  ANNOTATION_DOMAINS,
  ANNOTATION_GRANTS,
  ANNOTATION_VOLUMES,
]);

/** Fields of a Service that the API server chooses when they are empty. */
const chosenByServer = new Set([
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'healthCheckNodePort',
  'ipFamilies',
]);

/** Absent, null, false, 0, "", [] and {}: what the API server leaves out of its answer. */
export function isEmptyValue(value: unknown): boolean {
  if (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    value === false
  )
    return true;
  if (Array.isArray(value)) return value.length === 0;
  return (
    isRecord(value) && Object.values(value).every(item => item === undefined)
  );
}

/** True when a value that we send empty needs no look at the live one, or equals its absence. */
export function emptinessAgrees(
  desired: unknown,
  live: unknown,
  place: Place,
): boolean {
  if (desired === undefined || desired === null) return true;
  if (!isEmptyValue(desired)) return false;
  if (place.kind === 'Service' && chosenByServer.has(place.field)) return true;
  if (!isEmptyValue(live)) return false;
  return !(meaningfulWhenEmpty.has(place.field) && live === undefined);
}

const quantityMaps = new Set([
  'limits',
  'requests',
  'capacity',
  'hard',
  'default',
  'defaultRequest',
  'min',
  'max',
  'maxLimitRequestRatio',
  'podFixed',
]);
const quantityFields = new Set([
  'sizeLimit',
  'storage',
  'averageValue',
  'divisor',
]);

/** True where the value is a quantity, so that `500m` and `0.5` are the same. */
export function isQuantityPlace(place: Place): boolean {
  return quantityMaps.has(place.parent) || quantityFields.has(place.field);
}

const intOrString = new Set([
  'port',
  'targetPort',
  'maxUnavailable',
  'minAvailable',
  'maxSurge',
  'number',
  'endPort',
]);

/** True where `8080` and `"8080"` are the same. */
export function isIntOrStringPlace(place: Place): boolean {
  return intOrString.has(place.field);
}
