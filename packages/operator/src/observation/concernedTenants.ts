import { KubeObject, StoreEvent } from '@understage/kube';
import {
  ANNOTATION_TENANT_UID,
  LABEL_BUNDLE,
  LABEL_TENANT,
  sameJson,
} from '@understage/plugin-paas-common';

/** What deciding needs of the caches. */
export interface KnownTenants {
  /** The tenant whose namespace it is. */
  tenantOf(namespace: string): string | undefined;
  /** Tenants to which something was refused, or that wait for something to be gone. */
  waiting(): readonly string[];
}

/** Kinds of which a tenant's namespace has others than those of the bundle, and many. */
const shared = new Set(['ServiceAccount', 'NetworkPolicy', 'PersistentVolume']);
const bundleOnly = new Set([
  'ResourceQuota',
  'LimitRange',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
]);

const labelOf = ({ metadata }: KubeObject, label: string) =>
  metadata.labels?.[label];

function isOfBundle(object: KubeObject): boolean {
  return (
    labelOf(object, LABEL_BUNDLE) !== undefined ||
    object.metadata.annotations?.[ANNOTATION_TENANT_UID] !== undefined
  );
}

const defined = (names: readonly (string | undefined)[]): readonly string[] =>
  names.filter(name => name !== undefined);

/** What is wanted of an object, without who counts and when. */
function substance({ metadata, ...object }: KubeObject): unknown {
  const {
    resourceVersion: _,
    managedFields: __,
    ...rest
  } = {
    managedFields: undefined,
    ...metadata,
  };
  return [rest, object];
}

/** Before and after: a label that was taken away has to be put back. */
function versions(event: StoreEvent): readonly KubeObject[] {
  return event.type === 'updated'
    ? [event.object, event.previous]
    : [event.object];
}

function claimNamespace(volume: KubeObject): string | undefined {
  const spec: unknown = volume.spec;
  const claim: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'claimRef')
      : undefined;
  const namespace: unknown =
    typeof claim === 'object' && claim !== null
      ? Reflect.get(claim, 'namespace')
      : undefined;
  return typeof namespace === 'string' ? namespace : undefined;
}

function ofVolume(event: StoreEvent, known: KnownTenants) {
  return versions(event).flatMap(volume => {
    const namespace = claimNamespace(volume);
    return [
      labelOf(volume, LABEL_TENANT),
      namespace === undefined ? undefined : known.tenantOf(namespace),
    ];
  });
}

function ofBundle(event: StoreEvent, known: KnownTenants) {
  const seen = versions(event);
  const { kind, metadata } = event.object;
  if (shared.has(kind) && !seen.some(isOfBundle)) return [];
  const { namespace } = metadata;
  return [
    ...seen.map(object => labelOf(object, LABEL_TENANT)),
    namespace === undefined ? undefined : known.tenantOf(namespace),
  ];
}

function ofApplication(event: StoreEvent, known: KnownTenants) {
  // An environment that was taken out stays for as long as applications are in it.
  const { namespace } = event.object.metadata;
  return event.type === 'updated' || namespace === undefined
    ? []
    : [known.tenantOf(namespace)];
}

/** What a Tenant claims: others may wait for it. */
function changesClaims(event: StoreEvent): boolean {
  return (
    event.type !== 'updated' ||
    event.object.metadata.generation !== event.previous.metadata.generation ||
    event.object.metadata.deletionTimestamp !==
      event.previous.metadata.deletionTimestamp
  );
}

function isNews(event: StoreEvent): boolean {
  return (
    event.type !== 'updated' ||
    !sameJson(substance(event.object), substance(event.previous))
  );
}

/** Names of the Tenants that have to be looked at because of a change. */
export function concernedTenants(
  event: StoreEvent,
  known: KnownTenants,
): readonly string[] {
  const { kind, metadata } = event.object;
  const names = (): readonly (string | undefined)[] => {
    if (kind === 'Tenant') {
      return [metadata.name, ...(changesClaims(event) ? known.waiting() : [])];
    }
    if (kind === 'Application') return ofApplication(event, known);
    if (!isNews(event)) return [];
    if (kind === 'Namespace') {
      const labelled = versions(event).map(each => labelOf(each, LABEL_TENANT));
      return [...labelled, ...known.waiting()];
    }
    if (kind === 'PersistentVolume') return ofVolume(event, known);
    return shared.has(kind) || bundleOnly.has(kind)
      ? ofBundle(event, known)
      : [];
  };
  return [...new Set(defined(names()))];
}
