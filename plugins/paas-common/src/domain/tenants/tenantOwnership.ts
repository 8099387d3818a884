import { Tenant } from '../../schema/Tenant';
import { KubeObject } from '../kubernetes';
import {
  ANNOTATION_ADOPT,
  ANNOTATION_FORMER_TENANT,
  ANNOTATION_TENANT_UID,
  LABEL_BUNDLE,
} from '../labels';
import { describeOwner } from '../planning/ownership';

/** Whose an object at a name of a bundle is. */
export type BundleOwnership =
  | { readonly kind: 'ours' }
  /** Handed over by annotation, or left behind by a tenant that is no more. */
  | { readonly kind: 'offered' }
  | { readonly kind: 'other'; readonly who: string };

const uidOf = (object: KubeObject) =>
  object.metadata.annotations?.[ANNOTATION_TENANT_UID];

/** True for what the tenant of this uid made, or took over. */
export function isOfTenant(object: KubeObject, uid: string): boolean {
  return uid !== '' && uidOf(object) === uid;
}

/** True for a namespace that a tenant of this name let go of, and that this one asks for in so many words. */
function isTakenBack({ metadata }: KubeObject, tenant: Tenant): boolean {
  const former = metadata.annotations?.[ANNOTATION_FORMER_TENANT];
  return (
    former === tenant.metadata.name &&
    tenant.spec.environments.some(({ adopt }) => adopt === metadata.name)
  );
}

/** Whose an object is, by uid: names are given again, uids never. `tenants` are all there are. */
export function bundleOwnership(
  object: KubeObject,
  tenant: Tenant,
  tenants: readonly Tenant[],
): BundleOwnership {
  const { name, uid = '' } = tenant.metadata;
  if (isOfTenant(object, uid)) return { kind: 'ours' };
  const owner = tenants.find(
    each =>
      each.metadata.uid !== undefined && isOfTenant(object, each.metadata.uid),
  );
  if (owner) return { kind: 'other', who: `tenant ${owner.metadata.name}` };
  const consent = object.metadata.annotations?.[ANNOTATION_ADOPT];
  const isOffered =
    object.kind === 'Namespace'
      ? isTakenBack(object, tenant)
      : object.metadata.labels?.[LABEL_BUNDLE] !== undefined &&
        uidOf(object) !== undefined;
  if (consent === name || isOffered) return { kind: 'offered' };
  return { kind: 'other', who: describeOwner(object) };
}

/**
 * Part of a bundle whose tenant has let go of the namespace: the walls that it left standing go to whoever gets the
 * namespace next.
 */
export function isForsaken(
  { metadata }: KubeObject,
  { namespaces }: { readonly namespaces: ReadonlyMap<string, KubeObject> },
): boolean {
  const { namespace, labels, annotations } = metadata;
  const uid = annotations?.[ANNOTATION_TENANT_UID];
  const around =
    namespace === undefined ? undefined : namespaces.get(namespace);
  return (
    around !== undefined &&
    uid !== undefined &&
    labels?.[LABEL_BUNDLE] !== undefined &&
    uidOf(around) !== uid
  );
}
