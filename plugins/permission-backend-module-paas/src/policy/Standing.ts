import {
  tenantRoleOf,
  TenantRole,
  tenantRoles,
} from '@understage/plugin-paas-common';
import { KnownCluster, KnownTenant } from './TenantDirectory';

/** What somebody is in one cluster. */
export interface ClusterStanding {
  readonly cluster: string;
  /** Roles by name of the tenant, in the order of names. */
  readonly roles: ReadonlyMap<string, TenantRole>;
  /** Names of all tenants there, in order; a namespace of none of them has no Tenant. */
  readonly tenants: readonly string[];
}

/** Everything that decisions about one person depend on. */
export interface Standing {
  readonly user: string;
  /** The person and their groups, in lower case, in order. */
  readonly claims: readonly string[];
  readonly isPlatformAdmin: boolean;
  readonly clusters: readonly ClusterStanding[];
  /** Who owns what the person may not see, the person and their groups left out, in order. */
  readonly foreignOwners: readonly string[];
}

export interface StandingInput {
  readonly user: string;
  readonly ownershipEntityRefs: readonly string[];
  /** In lower case. */
  readonly platformAdmins: readonly string[];
  readonly clusters: readonly KnownCluster[];
}

/** Works out what somebody is, everywhere. Nothing depends on the order of the input. */
export function standingOf(input: StandingInput): Standing {
  const claims = sorted(
    [input.user, ...input.ownershipEntityRefs].map(ref => ref.toLowerCase()),
  );
  const mine = new Set(claims);
  return {
    user: input.user.toLowerCase(),
    claims,
    isPlatformAdmin: input.platformAdmins.some(ref => mine.has(ref)),
    clusters: input.clusters.map(known => clusterStanding(known, mine)),
    foreignOwners: sorted(
      input.clusters.flatMap(known => foreignOwners(known, mine)),
    ),
  };
}

/** Names of the tenants in which somebody has at least a role. */
export function tenantsWith(
  { roles }: ClusterStanding,
  least: TenantRole,
): string[] {
  return [...roles].flatMap(([name, role]) =>
    covers(role, least) ? [name] : [],
  );
}

/** Whether a role holds what another one is needed for. */
export function covers(role: TenantRole, least: TenantRole): boolean {
  return tenantRoles.indexOf(role) <= tenantRoles.indexOf(least);
}

function clusterStanding(
  { cluster, tenants }: KnownCluster,
  mine: ReadonlySet<string>,
): ClusterStanding {
  const roles = new Map<string, TenantRole>();
  const names = sorted(tenants.map(({ name }) => name));
  const byName = new Map(tenants.map(tenant => [tenant.name, tenant]));
  for (const name of names) {
    const tenant = byName.get(name);
    const role = tenant && roleOf(tenant, mine);
    if (role) roles.set(name, role);
  }
  return { cluster, roles, tenants: names };
}

// The catalog lists with an owner what it owns: owners of hidden things are hidden themselves.
function foreignOwners(
  { tenants, owners }: KnownCluster,
  mine: ReadonlySet<string>,
): string[] {
  const own = new Set(
    tenants.flatMap(tenant => (roleOf(tenant, mine) ? [tenant.name] : [])),
  );
  const all = [
    ...tenants.map(({ owner, name }) => ({ owner, tenant: name })),
    ...owners,
  ];
  return all.flatMap(({ owner, tenant }) =>
    own.has(tenant) || mine.has(owner) ? [] : [owner],
  );
}

function roleOf(
  { members }: KnownTenant,
  mine: ReadonlySet<string>,
): TenantRole | undefined {
  const [user = '', ...groups] = mine;
  return tenantRoleOf({ spec: { members } }, { user, groups });
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
