import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_APPLICATION } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { ApplicationRecord } from '../clusters/PaasClusters';

/** What rules look at: the part of a record that says whose it is and where it runs. */
export type OwnedApplication = Pick<
  ApplicationRecord,
  'tenant' | 'owner' | 'ref'
>;

/** A rule as a filter over the cache. */
export type ApplicationFilter = (application: OwnedApplication) => boolean;

/** The resource of conditional decisions about applications. */
export const paasApplicationResourceRef = createPermissionResourceRef<
  OwnedApplication,
  ApplicationFilter
>().with({ pluginId: 'paas', resourceType: RESOURCE_TYPE_APPLICATION });

/** Applications of certain tenants. */
export const isInTenant = createPermissionRule({
  name: 'IS_IN_TENANT',
  description: 'Allow applications of these tenants',
  resourceRef: paasApplicationResourceRef,
  paramsSchema: z.object({
    tenants: z.array(z.string()).describe('Names of tenants'),
  }),
  apply: ({ tenant }, { tenants }) => tenants.includes(tenant),
  toQuery: ({ tenants }) => {
    const names = new Set(tenants);
    return ({ tenant }) => names.has(tenant);
  },
});

/** Applications that someone owns, usually the user's `ownershipEntityRefs`. */
export const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow applications owned by one of these entities',
  resourceRef: paasApplicationResourceRef,
  paramsSchema: z.object({
    claims: z.array(z.string()).describe('Entity references of owners'),
  }),
  apply: ({ owner }, { claims }) =>
    owner !== undefined && claims.some(claim => claim.toLowerCase() === owner),
  toQuery: ({ claims }) => {
    const owners = new Set(claims.map(claim => claim.toLowerCase()));
    return ({ owner }) => owner !== undefined && owners.has(owner);
  },
});

/** Applications in certain clusters. */
export const isInCluster = createPermissionRule({
  name: 'IS_IN_CLUSTER',
  description: 'Allow applications in these clusters',
  resourceRef: paasApplicationResourceRef,
  paramsSchema: z.object({
    clusters: z.array(z.string()).describe('Names of clusters'),
  }),
  apply: ({ ref }, { clusters }) => clusters.includes(ref.cluster),
  toQuery: ({ clusters }) => {
    const names = new Set(clusters);
    return ({ ref }) => names.has(ref.cluster);
  },
});

/** The rules, for registration. */
export const applicationRules = { isInTenant, isOwner, isInCluster };

const exported = createConditionExports({
  resourceRef: paasApplicationResourceRef,
  rules: applicationRules,
});

/** Conditions for policies: `paasApplicationConditions.isOwner({ claims })`. */
export const paasApplicationConditions = exported.conditions;
/** Wraps conditions into the decision of a policy. */
export const createPaasApplicationConditionalDecision =
  exported.createConditionalDecision;
