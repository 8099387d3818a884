import { TenantMember } from '@understage/plugin-paas-common';

/** What the policy has to know of a tenant. */
export interface KnownTenant {
  readonly name: string;
  /** As a whole entity reference in lower case. */
  readonly owner: string;
  readonly members: readonly TenantMember[];
}

/** What is known of one cluster: all of it, as of the last time that it could be read. */
export interface KnownCluster {
  readonly cluster: string;
  readonly tenants: readonly KnownTenant[];
  /** Who owns applications there, each pair once. */
  readonly owners: readonly {
    readonly owner: string;
    readonly tenant: string;
  }[];
}

/** Which tenants there are. A cluster that was never read completely is missing: nothing is given by what it may hold. */
export interface TenantDirectory {
  clusters(): readonly KnownCluster[];
}
