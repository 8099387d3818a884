import {
  ANNOTATION_TENANT_UID,
  checkTenant,
  claimNamespaceOf,
  KubeObject,
  LABEL_TENANT,
  planOffboarding,
  planTenant,
  refOf,
  renderTenant,
  retainedVolumes,
  Snapshot,
  Tenant,
  TenantDesired,
  TenantObserved,
  TenantPlan,
  tenantNamespaces,
} from '@understage/plugin-paas-common';
import { SeenObjects, TenantView } from './TenantView';

/** One tenant, and the cluster to plan it in. */
export interface PlanTenantOptions {
  readonly view: TenantView;
  /** Checked; `metadata.uid` is set when it exists in the cluster. */
  readonly tenant: Tenant;
  /** Plan the tenant's end, as if it were being deleted; it is planned without asking when it is. */
  readonly offboard?: boolean;
  readonly now: () => Date;
  readonly signal?: AbortSignal;
}

/** Everything that planning found out, for executing, reporting and showing. */
export interface PlannedTenant {
  readonly desired: TenantDesired;
  readonly observed: TenantObserved;
  readonly plan: TenantPlan;
  /** True when it is the tenant's end that was planned. */
  readonly offboarding: boolean;
  /** What could not be read, in sentences; planning went on with less, and deletes nothing. */
  readonly problems: readonly string[];
}

// Every pass looks at all Tenants, and each of them stays the same object until it changes.
const known = new WeakMap<KubeObject, Tenant | undefined>();

function readTenant(object: KubeObject): Tenant | undefined {
  if (known.has(object)) return known.get(object);
  const checked = checkTenant(object);
  const tenant = checked.ok ? checked.value : undefined;
  known.set(object, tenant);
  return tenant;
}

function toSnapshot(
  objects: readonly KubeObject[],
  missing: readonly string[],
  at: Date,
): Snapshot<KubeObject> {
  return missing.length === 0
    ? { complete: true, items: objects, at: at.toISOString() }
    : { complete: false, seen: objects, missing };
}

/** By label, which everybody can read, or by uid, which decides. */
function isOf({ metadata }: KubeObject, { metadata: tenant }: Tenant): boolean {
  const uid = metadata.annotations?.[ANNOTATION_TENANT_UID];
  return (
    metadata.labels?.[LABEL_TENANT] === tenant.name ||
    (uid !== undefined && uid === tenant.uid)
  );
}

/** The namespaces that are the tenant's now, and those that it is to have. */
function placesOf(
  tenant: Tenant,
  namespaces: readonly KubeObject[],
): readonly string[] {
  const wanted = tenantNamespaces(tenant).map(({ namespace }) => namespace);
  const own = namespaces
    .filter(object => isOf(object, tenant))
    .map(({ metadata }) => metadata.name);
  return [...new Set([...wanted, ...own])];
}

/** This one is planned as it is given, the others as they are in the cluster. */
function allTenants(
  tenant: Tenant,
  { objects }: SeenObjects,
): readonly Tenant[] {
  const others = objects
    .filter(({ metadata }) => metadata.name !== tenant.metadata.name)
    .map(readTenant)
    .filter(each => each !== undefined);
  return [...others, tenant];
}

interface Around {
  readonly observed: TenantObserved;
  readonly desired: TenantDesired;
  readonly problems: readonly string[];
}

async function lookAround(options: PlanTenantOptions): Promise<Around> {
  const { view, tenant, now, signal } = options;
  const start = now();
  const [tenants, namespaces, allVolumes] = await Promise.all([
    view.tenants({ signal }),
    view.namespaces({ signal }),
    view.volumes({ signal }),
  ]);
  const places = placesOf(tenant, namespaces.objects);
  const volumes = allVolumes.objects.filter(
    volume =>
      isOf(volume, tenant) || places.includes(claimNamespaceOf(volume) ?? ''),
  );
  const byName = new Map(
    namespaces.objects.map(object => [object.metadata.name, object]),
  );
  const around: TenantObserved = {
    snapshot: toSnapshot([], [], start),
    tenants: allTenants(tenant, tenants),
    namespaces: byName,
    applications: () => 0,
    volumes,
  };
  const desired = renderTenant(tenant, {
    retainedVolumes: retainedVolumes(tenant, around),
  });
  const [bundle, applications] = await Promise.all([
    view.bundle({
      tenant: tenant.metadata.name,
      namespaces: places,
      named: desired.objects
        .map(refOf)
        .filter(({ kind, namespace }) => !namespace && kind !== 'Namespace'),
      signal,
    }),
    view.applications(places, { signal }),
  ]);
  const counts = new Map<string, number>();
  for (const { metadata } of applications.objects) {
    const place = metadata.namespace ?? '';
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const problems = [
    tenants,
    namespaces,
    allVolumes,
    bundle,
    applications,
  ].flatMap(({ missing }) => missing);
  const own = places.flatMap(name => byName.get(name) ?? []);
  return {
    desired,
    problems,
    observed: {
      ...around,
      snapshot: toSnapshot([...own, ...bundle.objects], problems, start),
      applications: namespace => counts.get(namespace) ?? 0,
    },
  };
}

/**
 * Plans one tenant: the shell that operator, CLI and portal share, so that all three say the same. Reads through the view
 * and leaves every decision to the domain. Writes nothing. What can not be read makes the snapshot incomplete, which keeps
 * the plan from deleting.
 */
export async function planTenantFor(
  options: PlanTenantOptions,
): Promise<PlannedTenant> {
  const { tenant } = options;
  const { desired, observed, problems } = await lookAround(options);
  const offboarding =
    options.offboard ?? tenant.metadata.deletionTimestamp !== undefined;
  const plan = offboarding
    ? planOffboarding(tenant, observed)
    : planTenant({ desired, observed });
  return { desired, observed, plan, offboarding, problems };
}
