import { Action } from '../action';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { isTerminating } from '../planning/immutableFields';
import { hold, planChange } from '../planning/planChange';
import { withHash } from '../planning/stampObject';
import { observedItems } from '../snapshot';
import { unclaimed, whyNotClaimed } from './claimNamespace';
import { planLeaving } from './planLeaving';
import { TenantDesired, TenantObserved, TenantPlan } from './TenantDesired';
import { bundleOwnership, isForsaken } from './tenantOwnership';
import { planVolumeLabels } from './volumes';

/** Everything that a tenant's plan depends on. */
export interface TenantPlanInput {
  readonly desired: TenantDesired;
  readonly observed: TenantObserved;
}

const namespaceOf = ({ kind, metadata }: KubeObject) =>
  kind === 'Namespace' ? metadata.name : metadata.namespace;

function planExisting(
  object: KubeObject,
  live: KubeObject,
  { desired, observed }: TenantPlanInput,
): Action {
  const base = { ref: refOf(object) };
  const ownership = isForsaken(live, observed)
    ? ({ kind: 'offered' } as const)
    : bundleOwnership(live, desired.tenant, observed.tenants);
  if (ownership.kind === 'other') {
    return {
      ...base,
      kind: 'refuse',
      reason: 'OwnedByOther',
      message: `${object.kind} ${object.metadata.name} exists and belongs to ${ownership.who}; it was left alone. Remove it, or annotate it understage.dev/adopt=${desired.tenant.metadata.name} to hand it over.`,
    };
  }
  if (isTerminating(live)) {
    return hold(
      base,
      'Deleting',
      `${object.kind} ${object.metadata.name} is being deleted; it is created again when it is gone.`,
    );
  }
  const handedOver = ownership.kind === 'offered';
  return planChange(
    base,
    { object, live, autoscaled: false, handedOver },
    observed.snapshot.complete,
  );
}

/**
 * What has to be done so that the cluster is as desired: one action an object, in the order of execution. Decides by value
 * only; the plan after its own execution holds no writes, and an incomplete observation deletes nothing.
 */
export function planTenant(input: TenantPlanInput): TenantPlan {
  const { desired, observed } = input;
  const { tenant } = desired;
  const refused = desired.namespaces.flatMap(namespace => {
    const why = whyNotClaimed(namespace, tenant, observed);
    return why
      ? [{ namespace: namespace.namespace, action: unclaimed(namespace, why) }]
      : [];
  });
  const withheld = new Set(refused.map(({ namespace }) => namespace));
  const live = new Map(
    [...observedItems(observed.snapshot), ...observed.namespaces.values()].map(
      object => [refKey(refOf(object)), object],
    ),
  );
  const objects = desired.objects.filter(
    object => !withheld.has(namespaceOf(object) ?? ''),
  );
  const actions = objects.map((rendered): Action => {
    const object = withHash(rendered);
    const found = live.get(refKey(refOf(object)));
    return found
      ? planExisting(object, found, input)
      : { kind: 'create', ref: refOf(object), object };
  });
  return {
    tenant: tenant.metadata.name,
    actions: [
      ...refused.map(({ action }) => action),
      ...actions,
      ...planVolumeLabels(tenant, observed),
      ...planLeaving(input, withheld),
    ],
  };
}
