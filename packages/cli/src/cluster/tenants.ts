import { KubeObject } from '@understage/kube';
import {
  checkTenant,
  nearestName,
  readTenantStatus,
  Tenant,
  TenantStatus,
} from '@understage/plugin-paas-common';
import {
  liveTenantView,
  PlannedTenant,
  planTenantFor,
  tenantType,
} from '@understage/plugin-paas-node';
import { Connection } from '../CliWorld';
import { CliFailure, exitCodes } from '../exitCodes';
import { VerbContext } from '../Verb';
import { checkedName } from './checkedName';
import { listAndWatch } from './listAndWatch';

/** A tenant of the cluster. */
export interface LiveTenant {
  readonly object: KubeObject;
  readonly tenant: Tenant;
  readonly status?: TenantStatus;
}

/** As people read it: who set which field fills pages, and tells them nothing. */
export function withoutManagers(object: KubeObject): object {
  const metadata = Object.entries(object.metadata).filter(
    ([field]) => field !== 'managedFields',
  );
  return { ...object, metadata: Object.fromEntries(metadata) };
}

/** Reads an object of the cluster; one that this version does not understand is a problem to be told. */
export function readLiveTenant(object: KubeObject): LiveTenant {
  const checked = checkTenant(object);
  if (!checked.ok) {
    throw new CliFailure(
      exitCodes.problem,
      `Tenant ${object.metadata.name} is not valid: ${checked.problems
        .map(({ path, message }) => (path ? `${path}: ${message}` : message))
        .join(' ')}`,
    );
  }
  const status = readTenantStatus(object.status);
  return { object, tenant: checked.value, ...(status ? { status } : {}) };
}

/** The tenant of that name. Throws `CliFailure` with the nearest name when there is none. */
export async function getTenant(
  { cluster }: Connection,
  operand: string,
  signal?: AbortSignal,
): Promise<LiveTenant> {
  const name = checkedName(operand);
  const found = await cluster.get(tenantType, { name }, { signal });
  if (found) return readLiveTenant(found);
  const names = await namesOf(cluster, signal);
  const near = nearestName(name, names);
  throw new CliFailure(
    exitCodes.problem,
    `There is no tenant ${name}${near ? `: did you mean ${near}?` : '.'}`,
  );
}

/** Names that the caller may see: members see their own tenants by name only, and need no list. */
async function namesOf(
  cluster: Connection['cluster'],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  try {
    const { items } = await cluster.list(tenantType, { signal });
    return items.map(({ metadata }) => metadata.name);
  } catch {
    return [];
  }
}

/** Plans a tenant of a file, or its end, with the operator's own planner. */
export async function planTenantLive(
  tenant: Tenant,
  { context, connection }: TenantPlace,
  options: { readonly offboard?: boolean } = {},
): Promise<PlannedTenant> {
  const { name } = tenant.metadata;
  const { signal, now } = context.world;
  const live = await connection.cluster.get(tenantType, { name }, { signal });
  // What the file says, who it is in the cluster: the uid decides which objects are its own.
  const { uid, generation, creationTimestamp } = live?.metadata ?? {};
  return planTenantFor({
    view: liveTenantView(connection.cluster),
    tenant: {
      ...tenant,
      metadata: {
        ...tenant.metadata,
        ...(live && { uid, generation, creationTimestamp }),
      },
    },
    ...options,
    now,
    signal,
  });
}

/** Where a verb works. */
export interface TenantPlace {
  readonly context: VerbContext;
  readonly connection: Connection;
}

/** One tenant, now and after each change; `undefined` while it is not there. Ends when aborted. */
export async function* followTenant(
  { cluster }: Connection,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<KubeObject | undefined> {
  const followed = {
    type: tenantType,
    fieldSelector: `metadata.name=${name}`,
  };
  for await (const sighting of listAndWatch(cluster, followed, signal)) {
    if (sighting.kind === 'all') yield sighting.objects.at(0);
    else yield sighting.kind === 'gone' ? undefined : sighting.object;
  }
}
