import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  isResourcePermission,
  Permission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ApiRoute,
  ApplicationRef,
  applicationReadPermission,
  formatApplicationRef,
  RESOURCE_TYPE_APPLICATION,
  RESOURCE_TYPE_TENANT,
  tenantReadPermission,
  TenantRef,
} from '@understage/plugin-paas-common';
import {
  ApplicationRecord,
  OwnedApplication,
  PaasClusters,
  TenantRecord,
} from '@understage/plugin-paas-node';
import { z } from 'zod';
import { ApplicationAuthorizer } from '../authorization/ApplicationAuthorizer';
import { TenantAuthorizer } from '../authorization/TenantAuthorizer';

const refSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  name: z.string(),
});

const tenantRefSchema = z.strictObject({
  cluster: z.string(),
  name: z.string(),
});

type ApplicationPermission = ResourcePermission<'paas-application'>;
type TenantPermission = ResourcePermission<'paas-tenant'>;

export interface RouteAccessOptions {
  readonly clusters: PaasClusters;
  readonly authorizer: ApplicationAuthorizer;
  readonly tenantAuthorizer: TenantAuthorizer;
  readonly permissions: PermissionsService;
}

/** Decides who may call a route, from the permissions that the table of routes names. */
export class RouteAccess {
  constructor(private readonly options: RouteAccessOptions) {}

  /**
   * Lets a call pass or throws. A route about one application asks about this application; any other route asks
   * whether the permission is given at all, and the route itself filters by the conditions.
   */
  async check(call: {
    readonly route: ApiRoute;
    readonly credentials: BackstageCredentials;
    readonly params: unknown;
  }): Promise<void> {
    const { route, credentials, params } = call;
    if (typeof route.access === 'string') return;
    const ref = refSchema.safeParse(params);
    if (ref.success) {
      for (const permission of route.access) {
        await this.requireApplication(credentials, permission, ref.data);
      }
      return;
    }
    const tenant = tenantRefSchema.safeParse(params);
    if (tenant.success) {
      const record = await this.visibleTenant(credentials, tenant.data);
      for (const permission of route.access) {
        if (!isTenantPermission(permission)) throw notAllowed(permission);
        await this.requireTenant(credentials, permission, record);
      }
      return;
    }
    for (const permission of route.access) {
      if (await this.isGiven(credentials, permission)) return;
    }
    throw notAllowed(...route.access);
  }

  /** The application when the user may see it; else the same error as when there is none. */
  async visible(
    credentials: BackstageCredentials,
    ref: ApplicationRef,
  ): Promise<ApplicationRecord> {
    const record = this.options.clusters
      .records()
      .get(formatApplicationRef(ref));
    const decision = await this.options.authorizer.decide(
      credentials,
      applicationReadPermission,
    );
    if (record && decision.allows(record)) return record;
    throw noSuchApplication(ref);
  }

  /** The tenant when the user may see it; else the same error as when there is none. */
  async visibleTenant(
    credentials: BackstageCredentials,
    ref: TenantRef,
  ): Promise<TenantRecord> {
    const { clusters, tenantAuthorizer } = this.options;
    const record = clusters.tenants().get(`${ref.cluster}/${ref.name}`);
    const decision = await tenantAuthorizer.decide(
      credentials,
      tenantReadPermission,
    );
    if (record && decision.allows(record)) return record;
    throw noSuchTenant(ref);
  }

  /** Throws unless the permission covers a tenant. */
  async requireTenant(
    credentials: BackstageCredentials,
    permission: TenantPermission,
    record: TenantRecord,
  ): Promise<void> {
    if (!(await this.coversTenant(credentials, permission, record))) {
      throw notAllowed(permission);
    }
  }

  /** Whether the permission covers a tenant. */
  async coversTenant(
    credentials: BackstageCredentials,
    permission: TenantPermission,
    record: TenantRecord,
  ): Promise<boolean> {
    const { tenantAuthorizer } = this.options;
    const decision = await tenantAuthorizer.decide(credentials, permission);
    return decision.allows(record);
  }

  /** Throws unless a permission that knows no resource is given. */
  async requireGiven(
    credentials: BackstageCredentials,
    permission: Permission,
  ): Promise<void> {
    if (!(await this.isGiven(credentials, permission))) {
      throw notAllowed(permission);
    }
  }

  /** Throws unless the permission covers an application, which need not exist yet. */
  async require(
    credentials: BackstageCredentials,
    permission: ApplicationPermission,
    application: OwnedApplication,
  ): Promise<void> {
    if (!(await this.covers(credentials, permission, application))) {
      throw notAllowed(permission);
    }
  }

  /** Whether the permission covers an application, which need not exist yet. */
  async covers(
    credentials: BackstageCredentials,
    permission: ApplicationPermission,
    application: OwnedApplication,
  ): Promise<boolean> {
    const { authorizer } = this.options;
    const decision = await authorizer.decide(credentials, permission);
    return decision.allows(application);
  }

  private async requireApplication(
    credentials: BackstageCredentials,
    permission: Permission,
    ref: ApplicationRef,
  ) {
    const record = await this.visible(credentials, ref);
    if (isApplicationPermission(permission)) {
      await this.require(credentials, permission, record);
    } else if (!(await this.isGiven(credentials, permission))) {
      throw notAllowed(permission);
    }
  }

  /** Whether a permission is given at all, for a single thing or for all. */
  async isGiven(
    credentials: BackstageCredentials,
    permission: Permission,
  ): Promise<boolean> {
    const { authorizer, permissions } = this.options;
    if (isApplicationPermission(permission)) {
      return !(await authorizer.decide(credentials, permission)).denied;
    }
    if (isTenantPermission(permission)) {
      const { tenantAuthorizer } = this.options;
      return !(await tenantAuthorizer.decide(credentials, permission)).denied;
    }
    if (!isBasic(permission)) return false;
    const [answer] = await permissions.authorize([{ permission }], {
      credentials,
    });
    return answer.result === AuthorizeResult.ALLOW;
  }
}

/** The one answer for an application that is not there and for one that is not theirs to see. */
export function noSuchApplication(ref: ApplicationRef): NotFoundError {
  return new NotFoundError(
    `There is no application ${ref.namespace}/${ref.name} in cluster ${ref.cluster} that you may see.`,
  );
}

/** The one answer for a tenant that is not there and for one that is not theirs to see. */
export function noSuchTenant({ cluster, name }: TenantRef): NotFoundError {
  return new NotFoundError(
    `There is no tenant ${name} in cluster ${cluster} that you may see.`,
  );
}

/** Tells which permission is missing, so that people can ask for it. */
export function notAllowed(
  ...permissions: readonly Permission[]
): NotAllowedError {
  const names = permissions.map(({ name }) => name).join(' or ');
  return new NotAllowedError(
    `You lack the permission ${names} for this; the owners of the portal's permission policy can grant it.`,
  );
}

function isApplicationPermission(
  permission: Permission,
): permission is ApplicationPermission {
  return isResourcePermission(permission, RESOURCE_TYPE_APPLICATION);
}

function isTenantPermission(
  permission: Permission,
): permission is TenantPermission {
  return isResourcePermission(permission, RESOURCE_TYPE_TENANT);
}

function isBasic(permission: Permission): permission is BasicPermission {
  return !isResourcePermission(permission);
}
