import { TenantMember, TenantRole, TenantSpec } from '../schema/Tenant';
import { TenantCheck, TenantState, TenantStatus } from '../schema/TenantStatus';
import { Action } from '../domain/action';
import { Problem } from '../domain/problem';
import { ApplyConflict, Freshness } from './types';

/** Names one tenant over all clusters. Text form: `cluster/name`. */
export interface TenantRef {
  readonly cluster: string;
  readonly name: string;
}

/** One row of the Tenants list. */
export interface TenantSummary extends TenantRef {
  readonly owner: string;
  readonly description?: string;
  readonly state: TenantState;
  readonly reason: string;
  readonly message: string;
  readonly environments: number;
  /** Of its environments, in their order. */
  readonly namespaces: readonly string[];
  readonly members: number;
  readonly applications: number;
  /** How many checks hold of how many, over all environments. */
  readonly checks: { readonly enforced: number; readonly total: number };
  /** The fullest meter, 0 to 1; absent when nothing is limited or nothing is known. */
  readonly fullest?: { readonly resource: string; readonly share: number };
  readonly createdAt: string;
  /** What the reader is in it; absent for platform engineers who are no members. */
  readonly role?: TenantRole;
}

export interface TenantQuery {
  readonly cluster?: string;
  readonly state?: TenantState;
  /** Matches name, owner, description and message, as a plain substring. */
  readonly text?: string;
}

/** Sorted by what needs somebody first, then by name. */
export interface TenantList {
  readonly items: readonly TenantSummary[];
  readonly total: number;
  readonly counts: Readonly<Partial<Record<TenantState, number>>>;
  /** What the reader may do beside what single tenants let them. */
  readonly may: { readonly create: boolean; readonly audit: boolean };
  readonly freshness: Freshness;
}

/** One line of a ResourceQuota. Quantities as the API server writes them, and as numbers in base units. */
export interface QuotaMeter {
  /** As in the quota: `requests.cpu`, `pods`, `fast.storageclass.storage.k8s.io/requests.storage`. */
  readonly resource: string;
  readonly used: string;
  readonly hard: string;
  /** 0 to 1 and above; `undefined` when hard is zero. */
  readonly share?: number;
}

export interface TenantEnvironmentDetail {
  readonly name: string;
  readonly namespace: string;
  readonly approval: boolean;
  readonly state: TenantState;
  readonly reason: string;
  readonly message: string;
  readonly checks: readonly TenantCheck[];
  /** Empty when nothing is limited; absent when the quota was not read. */
  readonly quota?: readonly QuotaMeter[];
  readonly applications: number;
  readonly pods: number;
}

/** Everything the Tenant page shows. */
export interface TenantDetail {
  readonly summary: TenantSummary;
  readonly spec: TenantSpec;
  readonly uid: string;
  readonly members: readonly TenantMember[];
  readonly environments: readonly TenantEnvironmentDetail[];
  readonly conditions: TenantStatus['conditions'];
  readonly notices: NonNullable<TenantStatus['notices']>;
  /** What the reader may do with it. */
  readonly may: {
    readonly update: boolean;
    readonly delete: boolean;
    readonly audit: boolean;
  };
  /** The Tenant as YAML, without managedFields. */
  readonly yaml: string;
  readonly freshness: Freshness;
}

/** A Tenant to plan or apply: the file's text (YAML or JSON, exactly one document) or the object. */
export interface TenantBody {
  readonly cluster: string;
  readonly tenant: string | Readonly<Record<string, unknown>>;
  /** Takes over fields that another field manager owns. */
  readonly force?: boolean;
}

/** Answer of planning a tenant. Refused input is an answer (HTTP 422), not an exception. */
export type TenantPlanAnswer =
  | {
      readonly kind: 'planned';
      readonly actions: readonly Action[];
      readonly summary: string;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Answer of applying a tenant. */
export type TenantApplyAnswer =
  | ApplyConflict
  | {
      readonly kind: 'applied';
      readonly ref: TenantRef;
      readonly changed: boolean;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** One volume that offboarding keeps or destroys. */
export interface TenantVolume {
  readonly name: string;
  /** `namespace/claim`. */
  readonly claim?: string;
  readonly capacity: string;
  readonly storageClass?: string;
  readonly phase: string;
  readonly reclaimPolicy: string;
}

/** What goes and what stays when a tenant is offboarded; read before anybody is asked. */
export interface OffboardingPlan {
  readonly ref: TenantRef;
  readonly uid: string;
  readonly policy: 'Retain' | 'Delete';
  readonly applications: readonly {
    readonly namespace: string;
    readonly name: string;
  }[];
  readonly volumes: readonly TenantVolume[];
  readonly actions: readonly Action[];
  readonly summary: string;
  /** The Tenant and its Applications as one YAML file, to apply again. */
  readonly export: string;
  /** What to type: the tenant's name. */
  readonly confirm: string;
}

/** One line of the audit trail. Holds no secrets and no line breaks. */
export interface AuditEntry {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  /** Entity reference of the person, or `plugin:ID` of a service. */
  readonly who: string;
  /** What was asked: an operation id of the API, an action id. */
  readonly action: string;
  readonly cluster?: string;
  readonly tenant?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly allowed: boolean;
  /** `unknown`: it was begun, and how it ended could not be written down. */
  readonly result: 'succeeded' | 'failed' | 'refused' | 'unknown';
  /** A sentence, where there is more to say. */
  readonly message?: string;
}

export interface AuditQuery {
  readonly tenant?: string;
  readonly cluster?: string;
  readonly who?: string;
  readonly action?: string;
  readonly result?: AuditEntry['result'];
  /** 1 to 500; default 100. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** Newest first. */
export interface AuditList {
  readonly items: readonly AuditEntry[];
  readonly nextCursor?: string;
}
