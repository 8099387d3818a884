import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_APPLICATION } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { ApplicationRecord } from '../clusters/PaasClusters';
import { createIsInCluster, createIsOwner } from './ownedRules';

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

const applications = {
  resourceRef: paasApplicationResourceRef,
  what: 'applications',
};

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
export const isOwner = createIsOwner(applications);

/** Applications in certain clusters. */
export const isInCluster = createIsInCluster(applications);

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
