import { LoggerService } from '@backstage/backend-plugin-api';
import { createCatalogConditionalDecision } from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  PermissionGrant,
  permissionGrants,
  RESOURCE_TYPE_APPLICATION,
  RESOURCE_TYPE_TENANT,
} from '@understage/plugin-paas-common';
import {
  createPaasApplicationConditionalDecision,
  createPaasTenantConditionalDecision,
} from '@understage/plugin-paas-node';
import {
  applicationCriteria,
  Criteria,
  ownEntities,
  tenantCriteria,
  visibleEntities,
} from './criteria';
import { Standing, standingOf, tenantsWith } from './Standing';
import { TenantDirectory } from './TenantDirectory';

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };
/** Names that were told once; a caller may send any name. */
const MOST_TOLD = 200;

export interface PaasPolicyOptions {
  readonly directory: TenantDirectory;
  /** Whole entity references of people and groups, in lower case. */
  readonly platformAdmins: readonly string[];
  readonly logger: Pick<LoggerService, 'warn'>;
}

/**
 * The default policy: platform engineers may do everything, members act in their tenant by their role, and nobody else
 * sees a tenant's insides. Who is given what stands in `permissionGrants`; a permission that is not listed there is
 * given to platform engineers only. Decisions are made of what is in memory: no request, no database.
 */
export class PaasPolicy implements PermissionPolicy {
  private readonly told = new Set<string>();

  constructor(private readonly options: PaasPolicyOptions) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) return deny;
    const { userEntityRef, ownershipEntityRefs } = user.info;
    const standing = standingOf({
      user: userEntityRef,
      ownershipEntityRefs,
      platformAdmins: this.options.platformAdmins,
      clusters: this.options.directory.clusters(),
    });
    if (standing.isPlatformAdmin) return allow;
    const grant = Object.hasOwn(permissionGrants, permission.name)
      ? permissionGrants[permission.name]
      : undefined;
    if (grant) return decide(grant, permission, standing);
    this.tellUnknown(permission);
    return deny;
  }

  private tellUnknown({ name }: Permission) {
    if (this.told.has(name) || this.told.size >= MOST_TOLD) return;
    this.told.add(name);
    this.options.logger.warn(
      'The policy does not know a permission; only platform engineers have it',
      { permission: JSON.stringify(name.slice(0, 100)) },
    );
  }
}

function decide(
  grant: PermissionGrant,
  permission: Permission,
  standing: Standing,
): PolicyDecision {
  switch (grant.to) {
    case 'signedIn':
      return allow;
    case 'platform':
      return deny;
    case 'members':
      return standing.clusters.some(
        each => tenantsWith(each, grant.role).length > 0,
      )
        ? allow
        : deny;
    case 'applicationsOf':
      return conditional(permission, applications, () =>
        applicationCriteria(standing, grant.role),
      );
    case 'tenantsOf':
      return conditional(permission, tenants, () =>
        tenantCriteria(standing, grant.role),
      );
    case 'visibleEntities':
      return conditional(permission, entities, () => visibleEntities(standing));
    case 'ownEntities':
      return conditional(permission, entities, () => ownEntities(standing));
    case 'ownTasks':
      return conditional(permission, tasks, () =>
        scaffolderTaskConditions.isTaskOwner({ createdBy: [standing.user] }),
      );
    default:
      return grant satisfies never;
  }
}

/** A kind of resource, with how the plugin that has it wants to be told conditions. */
interface Resource<T extends string> {
  readonly type: T;
  readonly decision: (
    permission: ResourcePermission<T>,
    conditions: PermissionCriteria<PermissionCondition<T>>,
  ) => PolicyDecision;
}

const applications: Resource<'paas-application'> = {
  type: RESOURCE_TYPE_APPLICATION,
  decision: createPaasApplicationConditionalDecision,
};
const tenants: Resource<'paas-tenant'> = {
  type: RESOURCE_TYPE_TENANT,
  decision: createPaasTenantConditionalDecision,
};
const entities: Resource<'catalog-entity'> = {
  type: 'catalog-entity',
  decision: createCatalogConditionalDecision,
};
const tasks: Resource<'scaffolder-task'> = {
  type: 'scaffolder-task',
  decision: createScaffolderTaskConditionalDecision,
};

// Whoever asks says themselves what a permission is about: one that is about something else has its name only.
function conditional<T extends string>(
  permission: Permission,
  { type, decision }: Resource<T>,
  criteria: () => Criteria<T>,
): PolicyDecision {
  if (!isResourcePermission(permission, type)) return deny;
  const conditions = criteria();
  return conditions ? decision(permission, conditions) : deny;
}
