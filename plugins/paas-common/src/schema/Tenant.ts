/** API group, version and kind of the resource as Kubernetes serves it; cluster-scoped. */
export const TENANT_API_VERSION = 'paas.understage.dev/v1';
/** The short form accepted in files; normalised on reading, since Kubernetes refuses groups without a dot. */
export const TENANT_SHORT_API_VERSION = 'paas/v1';

/** What a member may do, from most to least. */
export const tenantRoles = ['admin', 'developer', 'viewer'] as const;

export type TenantRole = (typeof tenantRoles)[number];

/** A group or a person of the catalog (exactly one of the two), as a whole entity reference in lower case, and their role. */
export interface TenantMember {
  readonly group?: string;
  readonly user?: string;
  readonly role: TenantRole;
}

/**
 * What an environment may use; an absent field is not limited, except load balancers and node ports, of which there are
 * none unless granted. Quantities are Kubernetes' (`500m`, `4Gi`).
 */
export interface TenantQuota {
  /** Sum of CPU requests. */
  readonly cpu?: string;
  /** Sum of memory requests. */
  readonly memory?: string;
  readonly pods?: number;
  /** Sum of what claims ask for, over all storage classes. */
  readonly storage?: string;
  /** Devices (`nvidia.com/gpu`). */
  readonly gpu?: number;
  readonly loadBalancers?: number;
  readonly services?: number;
  /** Applications, ConfigMaps, Secrets, claims and jobs: so many of each. */
  readonly objects?: number;
}

/** Amounts for one container, by resource name (`cpu`, `memory`). */
export type ContainerAmounts = Readonly<Record<string, string>>;

/** LimitRange of each environment, for containers. */
export interface TenantLimits {
  readonly default?: ContainerAmounts;
  readonly defaultRequest?: ContainerAmounts;
  readonly min?: ContainerAmounts;
  readonly max?: ContainerAmounts;
  readonly maxLimitRequestRatio?: ContainerAmounts;
}

export interface TenantNetwork {
  /** Namespaces (of an ingress controller, of monitoring) whose pods may reach every pod of the tenant. */
  readonly allowFrom: readonly string[];
  readonly egress: {
    /** Everything outside the private address ranges. */
    readonly internet: boolean;
    readonly cidrs: readonly string[];
    /** Tenants that may be called; each of them has to let this one in with `allowTenants`. */
    readonly tenants: readonly string[];
  };
  /** Tenants that may call in: the other half of `egress.tenants`. */
  readonly allowTenants: readonly string[];
  /** Domains under which `expose` may have hosts: the domain itself and everything below it. */
  readonly domains: readonly string[];
}

export interface TenantEnvironment {
  readonly name: string;
  /** Replaces the tenant's quota as a whole. */
  readonly quota?: TenantQuota;
  /** A promotion into it waits for a person. */
  readonly approval: boolean;
  /** An existing namespace to take over; absent means `<tenant>` or `<tenant>-<environment>`. */
  readonly adopt?: string;
}

/** What a tenant should be, defaults filled in. The fields are explained in docs/reference/tenant.md. */
export interface TenantSpec {
  /** Catalog Group, whole reference in lower case. */
  readonly owner: string;
  readonly description?: string;
  readonly contacts: readonly {
    readonly name: string;
    readonly email?: string;
    readonly url?: string;
  }[];
  readonly members: readonly TenantMember[];
  /** In promotion order; at least one. */
  readonly environments: readonly TenantEnvironment[];
  /** Of each environment that has none of its own. */
  readonly quota: TenantQuota;
  readonly limits: TenantLimits;
  readonly network: TenantNetwork;
  readonly storage: {
    /** Storage classes that may be used, with the sum that may be asked for; empty means every class. */
    readonly classes: readonly {
      readonly name: string;
      readonly quota?: string;
    }[];
  };
  /** Pod Security Standard that is enforced. */
  readonly podSecurity: 'restricted' | 'baseline';
  /** What becomes of the namespaces when the tenant goes. */
  readonly deletionPolicy: 'Retain' | 'Delete';
}

/** A validated Tenant, defaults filled in. `status` is described in `TenantStatus.ts`. */
export interface Tenant {
  readonly apiVersion: typeof TENANT_API_VERSION;
  readonly kind: 'Tenant';
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: TenantSpec;
}
