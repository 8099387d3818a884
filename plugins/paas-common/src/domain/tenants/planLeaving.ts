import { Tenant } from '../../schema/Tenant';
import { Action } from '../action';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { isTerminating } from '../planning/immutableFields';
import { hold, planChange } from '../planning/planChange';
import { withHash } from '../planning/stampObject';
import { observedItems } from '../snapshot';
import { unboundNamespace } from './bundle/namespaceObject';
import { TenantDesired, TenantObserved } from './TenantDesired';
import { isOfTenant } from './tenantOwnership';
import { claimNamespaceOf, ownNamespaces, tenantVolumes } from './volumes';

/** What lets people and the platform in: it goes when a namespace is let go of. The walls stay. */
const doors = new Set(['RoleBinding', 'ServiceAccount']);

/** Bindings before the accounts that they bind. */
const leavingOrder = [
  'RoleBinding',
  'ClusterRoleBinding',
  'ClusterRole',
  'ServiceAccount',
  'LimitRange',
  'ResourceQuota',
  'NetworkPolicy',
];

function inLeavingOrder(objects: readonly KubeObject[]): readonly KubeObject[] {
  const rank = ({ kind }: KubeObject) => leavingOrder.indexOf(kind);
  const name = ({ metadata }: KubeObject) =>
    `${metadata.namespace ?? ''}/${metadata.name}`;
  return [...objects].sort(
    (left, right) =>
      rank(left) - rank(right) || (name(left) < name(right) ? -1 : 1),
  );
}

function removal(object: KubeObject, why: string): Action {
  const { uid } = object.metadata;
  return uid === undefined
    ? {
        kind: 'keep',
        ref: refOf(object),
        why: `${why} But its uid is not known.`,
      }
    : { kind: 'delete', ref: refOf(object), uid, why };
}

function kept(object: KubeObject, missing: readonly string[]): Action {
  return {
    kind: 'keep',
    ref: refOf(object),
    why: `No longer wanted, but the cluster could not be read completely: ${missing.join(
      '; ',
    )}.`,
  };
}

/** Objects of ours in one namespace, or without a namespace. */
function ours(
  tenant: Tenant,
  { snapshot }: TenantObserved,
  namespace: string | undefined,
): readonly KubeObject[] {
  const { uid = '' } = tenant.metadata;
  return inLeavingOrder(
    observedItems(snapshot).filter(
      object =>
        object.kind !== 'Namespace' &&
        object.metadata.namespace === namespace &&
        isOfTenant(object, uid) &&
        !isTerminating(object),
    ),
  );
}

/** A namespace that stays without its tenant: people and deployer leave, the walls stand, the name is free again. */
export function planUnbinding(
  tenant: Tenant,
  namespace: KubeObject,
  observed: TenantObserved,
): readonly Action[] {
  const { name } = namespace.metadata;
  const { snapshot } = observed;
  const leaving = ours(tenant, observed, name).filter(({ kind }) =>
    doors.has(kind),
  );
  if (!snapshot.complete) {
    return [...leaving, namespace].map(object =>
      kept(object, snapshot.missing),
    );
  }
  return [
    ...leaving.map(object =>
      removal(
        object,
        `The namespace ${name} is let go of; nobody works in it for the tenant any more.`,
      ),
    ),
    // Last: until then admission policies hold the namespace to the tenant, and let the provisioner in.
    planChange(
      { ref: refOf(namespace) },
      {
        object: withHash(unboundNamespace(tenant, name)),
        live: namespace,
        autoscaled: false,
        handedOver: false,
      },
      true,
    ),
  ];
}

/** A namespace that goes with everything in it. */
export function planDeletion(
  namespace: KubeObject,
  { snapshot }: TenantObserved,
): readonly Action[] {
  if (!snapshot.complete) return [kept(namespace, snapshot.missing)];
  if (isTerminating(namespace)) {
    return [
      hold(
        { ref: refOf(namespace) },
        'Deleting',
        `The namespace ${namespace.metadata.name} is being deleted.`,
      ),
    ];
  }
  return [
    removal(namespace, 'The tenant is deleted with everything that it has.'),
  ];
}

function leaveEnvironment(
  tenant: Tenant,
  namespace: KubeObject,
  observed: TenantObserved,
): readonly Action[] {
  const { name } = namespace.metadata;
  const running = observed.applications(name);
  if (running > 0) {
    return [
      hold(
        { ref: refOf(namespace) },
        'EnvironmentInUse',
        `The namespace ${name} is no environment of the tenant any more, but ${running} ${
          running === 1 ? 'application runs' : 'applications run'
        } in it. It stays until they are deleted.`,
      ),
    ];
  }
  const volumes = tenantVolumes(tenant, observed).filter(
    volume => claimNamespaceOf(volume) === name,
  );
  return tenant.spec.deletionPolicy === 'Delete' && volumes.length === 0
    ? planDeletion(namespace, observed)
    : planUnbinding(tenant, namespace, observed);
}

/**
 * What becomes of things of ours that the tenant no longer asks for: environments that were taken out, and single objects.
 * Deletes only by a complete snapshot, by uid. What stands in `withheld` namespaces is not looked at.
 */
export function planLeaving(
  {
    desired,
    observed,
  }: { readonly desired: TenantDesired; readonly observed: TenantObserved },
  withheld: ReadonlySet<string>,
): readonly Action[] {
  const { tenant } = desired;
  const { snapshot, namespaces } = observed;
  const wanted = new Set(desired.objects.map(object => refKey(refOf(object))));
  const current = new Set(desired.namespaces.map(each => each.namespace));
  const left = [...ownNamespaces(tenant, observed)]
    .filter(name => !current.has(name))
    .sort();
  const superfluous = [undefined, ...current]
    .filter(name => name === undefined || !withheld.has(name))
    .flatMap(name => ours(tenant, observed, name))
    .filter(object => !wanted.has(refKey(refOf(object))));
  return [
    ...superfluous.map(object =>
      snapshot.complete
        ? removal(object, 'The tenant no longer asks for it.')
        : kept(object, snapshot.missing),
    ),
    ...left.flatMap(name => {
      const namespace = namespaces.get(name);
      return namespace ? leaveEnvironment(tenant, namespace, observed) : [];
    }),
  ];
}
