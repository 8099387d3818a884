import { Tenant } from '../../schema/Tenant';
import { Action } from '../action';
import { KubeObject, refOf } from '../kubernetes';
import { ANNOTATION_CONFIRM_DELETE } from '../labels';
import { isTerminating } from '../planning/immutableFields';
import { observedItems } from '../snapshot';
import { planDeletion, planUnbinding } from './planLeaving';
import { TENANT_API_VERSION } from '../../schema/Tenant';
import { TenantObserved, TenantPlan } from './TenantDesired';
import { isOfTenant } from './tenantOwnership';
import { ownNamespaces, planVolumeLabels } from './volumes';

function unconfirmed(tenant: Tenant): Action | undefined {
  const { name, annotations } = tenant.metadata;
  if (tenant.spec.deletionPolicy !== 'Delete') return undefined;
  if (annotations?.[ANNOTATION_CONFIRM_DELETE] === name) return undefined;
  return {
    kind: 'wait',
    ref: { apiVersion: TENANT_API_VERSION, kind: 'Tenant', name },
    reason: 'Offboarding',
    message: `Tenant ${name} is to be deleted with its namespaces and everything in them. Confirm it by its name: kubectl annotate tenant ${name} ${ANNOTATION_CONFIRM_DELETE}=${name}`,
  };
}

/** What belongs to no namespace goes last: until then admins of the tenant see what becomes of it. */
function clusterScoped(
  tenant: Tenant,
  { snapshot }: TenantObserved,
): readonly Action[] {
  const { uid: own = '' } = tenant.metadata;
  const found = observedItems(snapshot).filter(
    object =>
      object.metadata.namespace === undefined &&
      ['ClusterRole', 'ClusterRoleBinding'].includes(object.kind) &&
      isOfTenant(object, own) &&
      !isTerminating(object),
  );
  // Bindings before roles.
  const rank = ({ kind, metadata }: KubeObject) =>
    `${kind === 'ClusterRoleBinding' ? 0 : 1} ${metadata.name}`;
  const sorted = [...found].sort((left, right) =>
    rank(left) < rank(right) ? -1 : 1,
  );
  return sorted.map((object): Action => {
    const { uid } = object.metadata;
    return snapshot.complete && uid !== undefined
      ? {
          kind: 'delete',
          ref: refOf(object),
          uid,
          why: 'The tenant is being offboarded.',
        }
      : {
          kind: 'keep',
          ref: refOf(object),
          why: 'To be removed with the tenant, once the cluster can be read completely.',
        };
  });
}

/**
 * What has to be done so that a tenant is gone. With `Retain` its namespaces stay: people and deployer leave, what runs goes
 * on behind the same walls. With `Delete` they go with everything in them, once that was confirmed. Volumes are labelled
 * first, so that those that stay are known as whose they were.
 */
export function planOffboarding(
  tenant: Tenant,
  observed: TenantObserved,
): TenantPlan {
  const { name } = tenant.metadata;
  const hold = unconfirmed(tenant);
  if (hold) return { tenant: name, actions: [hold] };
  const namespaces = [...ownNamespaces(tenant, observed)].sort();
  const leave = namespaces.flatMap(each => {
    const namespace = observed.namespaces.get(each);
    if (!namespace) return [];
    return tenant.spec.deletionPolicy === 'Delete'
      ? planDeletion(namespace, observed)
      : planUnbinding(tenant, namespace, observed);
  });
  return {
    tenant: name,
    actions: [
      ...planVolumeLabels(tenant, observed),
      ...leave,
      ...clusterScoped(tenant, observed),
    ],
  };
}

/** True when nothing of the tenant is left to do, so that it may go. */
export function isOffboarded({ actions }: TenantPlan): boolean {
  return actions.length === 0;
}
