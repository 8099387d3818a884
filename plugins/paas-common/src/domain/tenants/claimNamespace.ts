import { Tenant } from '../../schema/Tenant';
import { Action } from '../action';
import { Refusal } from '../desired';
import { KubeObject } from '../kubernetes';
import { isTerminating } from '../planning/immutableFields';
import { isReservedNamespace } from './reservedNamespaces';
import { TenantNamespace, TenantObserved } from './TenantDesired';
import { tenantNamespaces } from './tenantNamespaces';
import { BundleOwnership, bundleOwnership } from './tenantOwnership';

/** Who came first; of two that came in the same second, the one whose name does. One that is only planned comes last. */
function isBefore(left: Tenant, right: Tenant): boolean {
  const time = ({ metadata }: Tenant) => metadata.creationTimestamp ?? '~';
  return time(left) === time(right)
    ? left.metadata.name < right.metadata.name
    : time(left) < time(right);
}

type Sentence = Pick<Refusal, 'reason' | 'message'>;

function rivalFor(
  namespace: string,
  tenant: Tenant,
  tenants: readonly Tenant[],
): Tenant | undefined {
  return tenants.find(
    other =>
      other.metadata.uid !== tenant.metadata.uid &&
      other.metadata.deletionTimestamp === undefined &&
      isBefore(other, tenant) &&
      tenantNamespaces(other).some(each => each.namespace === namespace),
  );
}

/** Why the one that exists can not be had; undefined when it is ours, or offered. */
function whyExisting(
  live: KubeObject,
  ownership: BundleOwnership,
  tenant: Tenant,
): Sentence | undefined {
  const { name } = live.metadata;
  if (ownership.kind !== 'other') return undefined;
  return {
    reason: 'NamespaceTaken',
    message: `The namespace ${name} exists and belongs to ${ownership.who}; it was left alone. Choose another name, or have its owner hand it over: kubectl annotate namespace ${name} understage.dev/adopt=${tenant.metadata.name}`,
  };
}

/** Why an environment can not have its namespace now; undefined when it can. */
export function whyNotClaimed(
  { namespace }: TenantNamespace,
  tenant: Tenant,
  { namespaces, tenants }: TenantObserved,
): (Sentence & { readonly kind: 'refuse' | 'wait' }) | undefined {
  if (isReservedNamespace(namespace)) {
    return {
      kind: 'refuse',
      reason: 'NamespaceReserved',
      message: `The namespace ${namespace} is the cluster's or the platform's own and can not be given out.`,
    };
  }
  const live = namespaces.get(namespace);
  const ownership = live && bundleOwnership(live, tenant, tenants);
  const why = ownership && whyExisting(live, ownership, tenant);
  if (why) return { kind: 'refuse', ...why };
  // Who has it keeps it, whoever comes and claims it.
  const rival =
    ownership?.kind === 'ours'
      ? undefined
      : rivalFor(namespace, tenant, tenants);
  if (rival) {
    return {
      kind: 'refuse',
      reason: 'NamespaceTaken',
      message: `The namespace ${namespace} is claimed by tenant ${rival.metadata.name} too, which was there first. Rename the environment or the tenant.`,
    };
  }
  if (live && isTerminating(live)) {
    return {
      kind: 'wait',
      reason: 'Deleting',
      message: `The namespace ${namespace} is being deleted; it is made again when it is gone.`,
    };
  }
  return undefined;
}

/** The action that says so. */
export function unclaimed(
  { namespace }: TenantNamespace,
  { kind, reason, message }: NonNullable<ReturnType<typeof whyNotClaimed>>,
): Action {
  return {
    kind,
    ref: { apiVersion: 'v1', kind: 'Namespace', name: namespace },
    reason,
    message,
  };
}
