import { catalogConditions } from '@backstage/plugin-catalog-backend/alpha';
import {
  PermissionCondition,
  PermissionCriteria,
} from '@backstage/plugin-permission-common';
import { TenantRole } from '@understage/plugin-paas-common';
import {
  paasApplicationConditions,
  paasEntityConditions,
  paasTenantConditions,
} from '@understage/plugin-paas-node';
import { ClusterStanding, covers, Standing, tenantsWith } from './Standing';

type Conditions<T extends string> = PermissionCriteria<PermissionCondition<T>>;

/** Conditions for a resource type; `undefined` when nothing at all can pass. */
export type Criteria<T extends string> = Conditions<T> | undefined;

const { isInTenant, isOwner, isInCluster } = paasApplicationConditions;
const { isTenant, isTenantInCluster } = paasTenantConditions;
const { isOfTenant, isOfSomeTenant, isEntity } = paasEntityConditions;
const isFromCluster = paasEntityConditions.isInCluster;
const { isEntityOwner } = catalogConditions;

/**
 * Applications of the tenants in which somebody has a role. The same name in two clusters is two tenants, so each
 * cluster is a clause of its own. Where a namespace has no Tenant its owner counts as a developer; owning something in
 * somebody's tenant gives nothing, the role there says everything.
 */
export function applicationCriteria(
  { clusters, claims }: Standing,
  least: TenantRole,
): Criteria<'paas-application'> {
  // The portal has just started: an empty list that says so is true, a missing permission would not be.
  if (clusters.length === 0) return isInCluster({ clusters: [] });
  return anyOf(
    clusters.flatMap(standing => {
      const { cluster, tenants } = standing;
      const here = isInCluster({ clusters: [cluster] });
      const own = tenantsWith(standing, least);
      return [
        ...some(own, () => allOf(here, isInTenant({ tenants: own }))),
        ...some(covers('developer', least) ? claims : [], () =>
          allOf(
            here,
            isOwner({ claims: [...claims] }),
            ...some(tenants, () => ({
              not: isInTenant({ tenants: [...tenants] }),
            })),
          ),
        ),
      ];
    }),
  );
}

/** Tenants in which somebody has a role. */
export function tenantCriteria(
  { clusters }: Standing,
  least: TenantRole,
): Criteria<'paas-tenant'> {
  if (clusters.length === 0) return isTenantInCluster({ clusters: [] });
  return anyOf(
    clusters.flatMap(standing => {
      const tenants = tenantsWith(standing, least);
      const here = isTenantInCluster({ clusters: [standing.cluster] });
      return some(tenants, () => allOf(here, isTenant({ tenants })));
    }),
  );
}

/** Entities of no tenant, and of one's own; not who owns what one may not see, since the catalog lists it there. */
export function visibleEntities(
  standing: Standing,
): Conditions<'catalog-entity'> {
  const { clusters, claims, foreignOwners } = standing;
  const visible: Conditions<'catalog-entity'> = {
    anyOf: [
      { not: isOfSomeTenant({}) },
      ...clusters.flatMap(each => entitiesIn(each, claims)),
    ],
  };
  return allOf(
    visible,
    ...some(foreignOwners, () => ({
      not: isEntity({ refs: [...foreignOwners] }),
    })),
  );
}

/** Entities that nobody's cluster holds, and that somebody owns. */
export function ownEntities({
  claims,
}: Standing): Conditions<'catalog-entity'> {
  return allOf(
    { not: isOfSomeTenant({}) },
    isEntityOwner({ claims: [...claims] }),
  );
}

function entitiesIn(
  standing: ClusterStanding,
  claims: readonly string[],
): Conditions<'catalog-entity'>[] {
  const { cluster, tenants } = standing;
  const own = tenantsWith(standing, 'viewer');
  return [
    ...some(own, () => isOfTenant({ cluster, tenants: own })),
    allOf(
      isFromCluster({ cluster }),
      isEntityOwner({ claims: [...claims] }),
      ...some(tenants, () => ({
        not: isOfTenant({ cluster, tenants: [...tenants] }),
      })),
    ),
  ];
}

// Conditions over nothing are left out: an empty list of them would be refused, or worse.
function some<T>(items: readonly unknown[], make: () => T): T[] {
  return items.length > 0 ? [make()] : [];
}

function allOf<T extends string>(
  first: Conditions<T>,
  ...others: Conditions<T>[]
): Conditions<T> {
  return others.length > 0 ? { allOf: [first, ...others] } : first;
}

function anyOf<T extends string>([
  first,
  ...others
]: Conditions<T>[]): Criteria<T> {
  if (first === undefined || others.length === 0) return first;
  return { anyOf: [first, ...others] };
}
