import { Tenant } from '../../schema/Tenant';
import { Action, Outcome } from '../action';
import { KubeObject } from '../kubernetes';
import { Snapshot } from '../snapshot';

/** One environment of a tenant and the namespace it is. */
export interface TenantNamespace {
  readonly environment: string;
  readonly namespace: string;
  /** The namespace exists, belongs to nobody, and the specification asks to take it over. */
  readonly adopted: boolean;
}

/** What a Tenant means in one cluster: the value between checking and planning. */
export interface TenantDesired {
  readonly tenant: Tenant;
  readonly namespaces: readonly TenantNamespace[];
  /** In order of application: namespace, then quota and limits, network, accounts, bindings; per-tenant objects first. */
  readonly objects: readonly KubeObject[];
}

/** What was seen of one cluster that a tenant's plan depends on. */
export interface TenantObserved {
  /** Objects of the bundle's kinds in the tenant's namespaces (and its cluster-scoped ones), ours or not. */
  readonly snapshot: Snapshot<KubeObject>;
  /** Every Tenant of the cluster, this one included: two may claim one namespace. */
  readonly tenants: readonly Tenant[];
  /** Every namespace of the cluster by name. */
  readonly namespaces: ReadonlyMap<string, KubeObject>;
  /** How many Applications live in a namespace; an environment with some is not taken away. */
  readonly applications: (namespace: string) => number;
  /** Volumes whose claim is, or was, in a namespace of the tenant. */
  readonly volumes: readonly KubeObject[];
}

/** The plan of one tenant: actions in the order of execution. */
export interface TenantPlan {
  readonly tenant: string;
  readonly actions: readonly Action[];
}

/** What came of executing a plan. */
export type TenantOutcome = Outcome;
