import { TenantRole, tenantRoles, TenantSpec } from '../../schema/Tenant';

/** A person with the groups they belong to, as whole entity references in any case. */
export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

/** The strongest role that a person has in a tenant, by themselves or by a group; undefined for outsiders. */
export function tenantRoleOf(
  { spec }: { readonly spec: Pick<TenantSpec, 'members'> },
  { user, groups }: Person,
): TenantRole | undefined {
  const own = new Set([user, ...groups].map(ref => ref.toLowerCase()));
  const held = new Set(
    spec.members
      .filter(member => own.has(member.group ?? member.user ?? ''))
      .map(({ role }) => role),
  );
  return tenantRoles.find(role => held.has(role));
}
