import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_TENANT,
  TenantRef,
} from '@understage/plugin-paas-common';
import { z } from 'zod';
import { createIsInCluster, createIsOwner } from './ownedRules';

/** What rules look at of a tenant, and of an audit line about one. */
export interface OwnedTenant {
  readonly ref: TenantRef;
  /** As a whole entity reference in lower case; absent when nobody said. */
  readonly owner?: string;
}

/** A rule as a filter over the cache. */
export type TenantFilter = (tenant: OwnedTenant) => boolean;

/** The resource of conditional decisions about tenants. */
export const paasTenantResourceRef = createPermissionResourceRef<
  OwnedTenant,
  TenantFilter
>().with({ pluginId: 'paas', resourceType: RESOURCE_TYPE_TENANT });

const tenants = { resourceRef: paasTenantResourceRef, what: 'tenants' };

/** Certain tenants. The same name in two clusters is two tenants: pair it with `isTenantInCluster`. */
export const isTenant = createPermissionRule({
  name: 'IS_TENANT',
  description: 'Allow these tenants',
  resourceRef: paasTenantResourceRef,
  paramsSchema: z.object({
    tenants: z.array(z.string()).describe('Names of tenants'),
  }),
  apply: ({ ref }, params) => params.tenants.includes(ref.name),
  toQuery: params => {
    const names = new Set(params.tenants);
    return ({ ref }) => names.has(ref.name);
  },
});

/** Tenants that someone owns, usually the user's `ownershipEntityRefs`. */
export const isTenantOwner = createIsOwner(tenants);

/** Tenants in certain clusters. */
export const isTenantInCluster = createIsInCluster(tenants);

/** The rules, for registration. */
export const tenantRules = { isTenant, isTenantOwner, isTenantInCluster };

const exported = createConditionExports({
  resourceRef: paasTenantResourceRef,
  rules: tenantRules,
});

/** Conditions for policies: `paasTenantConditions.isTenant({ tenants })`. */
export const paasTenantConditions = exported.conditions;
/** Wraps conditions into the decision of a policy. */
export const createPaasTenantConditionalDecision =
  exported.createConditionalDecision;
