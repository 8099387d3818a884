import { Action } from '../domain/action';
import { Edge } from '../domain/desired';
import { ObjectRef } from '../domain/kubernetes';
import { Problem } from '../domain/problem';
import { Reason } from '../domain/reasons';
import {
  ComponentState,
  ComponentStatus,
  Condition,
} from '../schema/ApplicationStatus';
import { TenantDetail, TenantSummary } from './tenantTypes';

/** How fresh an answer is. `stale` keeps showing the last known state and says since when and why. */
export type Freshness =
  | { readonly kind: 'live'; readonly at: string }
  | { readonly kind: 'stale'; readonly since: string; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string };

/** Names one application over all clusters. Text form: `cluster/namespace/name`. */
export interface ApplicationRef {
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
}

/** One row of the Applications list. */
export interface ApplicationSummary extends ApplicationRef {
  readonly tenant: string;
  readonly owner?: string;
  readonly state: ComponentState;
  readonly reason: Reason;
  /** The health sentence. */
  readonly message: string;
  readonly components: number;
  readonly replicas: { readonly ready: number; readonly desired: number };
  readonly release?: number;
  readonly createdAt: string;
  /** When the state last changed. */
  readonly since?: string;
}

export interface ApplicationList {
  readonly items: readonly ApplicationSummary[];
  /** Matches before paging. */
  readonly total: number;
  readonly counts: Readonly<Partial<Record<ComponentState, number>>>;
  readonly nextCursor?: string;
  readonly freshness: Freshness;
}

export interface ApplicationQuery {
  readonly tenant?: string;
  readonly cluster?: string;
  readonly owner?: string;
  readonly state?: readonly ComponentState[];
  readonly reason?: string;
  /** Matches name, namespace, owner and message, as a plain substring. */
  readonly text?: string;
  readonly sort?:
    | 'attention'
    | 'name'
    | '-name'
    | 'namespace'
    | '-namespace'
    | 'since'
    | '-since';
  /** 1 to 500; default 100. */
  readonly limit?: number;
  readonly cursor?: string;
}

/** One container of a pod, as far as its state and its logs go. */
export interface PodContainer {
  readonly name: string;
  /** Set for one that prepares the pod. */
  readonly init?: true;
  readonly state: 'waiting' | 'running' | 'terminated';
  readonly restarts: number;
  /** It can not start, ended badly, or did so and is not ready again. */
  readonly failing: boolean;
  /** There is a log: it runs, or did. */
  readonly started: boolean;
  /** There is a log of the run before this one. */
  readonly ranBefore: boolean;
}

/** A node of the object tree: what the application is made of, down to pods. */
export interface ObjectNode {
  readonly ref: ObjectRef;
  readonly uid?: string;
  readonly component?: string;
  readonly state: ComponentState;
  /** One sentence, e.g. `3 of 3 replicas ready` or the pod's problem. */
  readonly message: string;
  readonly createdAt?: string;
  /** Of a pod. */
  readonly containers?: readonly PodContainer[];
  readonly children: readonly ObjectNode[];
}

export interface ReleaseSummary {
  readonly revision: number;
  readonly createdAt: string;
  readonly current: boolean;
  readonly available: boolean;
  readonly images: Readonly<Record<string, string>>;
  readonly charts: Readonly<Record<string, string>>;
}

export interface ApplicationEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly about: ObjectRef;
  readonly count: number;
  readonly lastSeen: string;
}

/** Everything the Application page shows. */
export interface ApplicationDetail {
  readonly summary: ApplicationSummary;
  readonly components: readonly ComponentStatus[];
  readonly conditions: readonly Condition[];
  readonly edges: readonly Edge[];
  readonly tree: readonly ObjectNode[];
  readonly releases: readonly ReleaseSummary[];
  readonly events: readonly ApplicationEvent[];
  readonly notices: readonly {
    readonly ref: string;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly links: readonly { readonly title?: string; readonly url: string }[];
  /** The Application as YAML, without managedFields. */
  readonly yaml: string;
  readonly freshness: Freshness;
}

/** Answer of plan and apply. Refused input is an answer (HTTP 422), not an exception. */
export type PlanAnswer =
  | {
      readonly kind: 'planned';
      readonly actions: readonly Action[];
      readonly summary: string;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Fields of an Application that somebody else set; `force` takes them over. */
export interface ApplyConflict {
  readonly kind: 'conflict';
  readonly message: string;
  /** `by` is the field manager: a program, as it calls itself. */
  readonly fields: readonly { readonly field: string; readonly by: string }[];
}

/** Answer of apply. A conflict is answered with HTTP 409. */
export type ApplyAnswer =
  | ApplyConflict
  | {
      readonly kind: 'applied';
      readonly ref: ApplicationRef;
      readonly changed: boolean;
      readonly warnings: readonly Problem[];
    }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

export interface ClusterSummary {
  readonly name: string;
  readonly applications: number;
  readonly freshness: Freshness;
  /** Set when nodes are simulated, to be said on screen. */
  readonly simulatedNodes: boolean;
}

/** One topic of the live stream. `topic` names it as the subscriber wrote it. */
export type StreamMessage =
  | {
      readonly type: 'applications';
      readonly topic: string;
      readonly upserts: readonly ApplicationSummary[];
      readonly removed: readonly string[];
      readonly total: number;
      readonly counts: ApplicationList['counts'];
    }
  | {
      readonly type: 'application';
      readonly topic: string;
      readonly detail: ApplicationDetail | undefined;
    }
  | {
      readonly type: 'tenants';
      readonly topic: string;
      readonly upserts: readonly TenantSummary[];
      /** Keys, `cluster/name`. */
      readonly removed: readonly string[];
    }
  | {
      readonly type: 'tenant';
      readonly topic: string;
      readonly detail: TenantDetail | undefined;
    }
  | {
      readonly type: 'freshness';
      readonly cluster: string;
      readonly freshness: Freshness;
    }
  /** The subscriber fell behind or resumed too late: read again. */
  | { readonly type: 'resync'; readonly topic: string }
  | {
      readonly type: 'denied';
      readonly topic: string;
      readonly message: string;
    }
  | { readonly type: 'heartbeat'; readonly at: string };
