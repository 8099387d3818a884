import { KubeCluster } from '@understage/kube';
import {
  ApplicationDetail,
  ApplicationRef,
  ApplicationSummary,
  ClusterSummary,
  Freshness,
  KubeObject,
  Snapshot,
} from '@understage/plugin-paas-common';
import { TenantChange, TenantRecord } from './TenantRecord';

/** One application as the cache knows it. Records are never changed, a change makes a new one. */
export interface ApplicationRecord {
  /** `cluster/namespace/name`. */
  readonly key: string;
  readonly ref: ApplicationRef;
  readonly uid: string;
  /** Label `understage.dev/tenant` of the namespace, else its name. */
  readonly tenant: string;
  /** As a whole entity reference in lower case; absent when nobody said. */
  readonly owner?: string;
  readonly summary: ApplicationSummary;
  /** JSON of `summary`, made once: lists and streams concatenate it. */
  readonly summaryJson: string;
  /** What a text filter looks into, in lower case. */
  readonly searchText: string;
  /** The Application as the API server sent it. */
  readonly application: KubeObject;
  /** Everything the page shows; computed when first asked for. */
  detail(): ApplicationDetail;
  /** The objects it is made of, pods included, as the cache keeps them. */
  objects(): readonly KubeObject[];
}

/** What became of one application. `before` is absent when it is new, `after` when it is gone. */
export interface ApplicationChange {
  readonly key: string;
  readonly before?: ApplicationRecord;
  readonly after?: ApplicationRecord;
}

/** Whose a namespace is. */
export interface NamespaceTenancy {
  /** Label `understage.dev/tenant`, else the namespace's name. */
  readonly tenant: string;
  /** Annotation `understage.dev/owner` as a whole entity reference. */
  readonly owner?: string;
  /** Annotation `understage.dev/domains`; absent where every host may be taken. */
  readonly domains?: readonly string[];
}

/** Changes that happened within one tick, in order. */
export interface ClustersChange {
  readonly applications: readonly ApplicationChange[];
  readonly tenants: readonly TenantChange[];
  /** Clusters whose freshness changed its kind. */
  readonly freshness: readonly string[];
}

/**
 * What the portal knows of its clusters: one watch cache per cluster, shared by every plugin of the backend process.
 * Reading costs no request. A cluster that does not answer makes its own part stale and nothing else.
 */
export interface PaasClusters {
  /** In the order of the configuration. */
  readonly names: readonly string[];
  /** Resolves when each cluster has been read completely, or has failed for the first time. Never rejects. */
  readonly ready: Promise<void>;
  /** Grows with every change: equal numbers, equal content. */
  readonly generation: number;
  /** The way to the API server, for the few requests that a cache can not answer. */
  cluster(name: string): KubeCluster | undefined;
  /** All applications of all clusters by key. */
  records(): ReadonlyMap<string, ApplicationRecord>;
  /** All tenants of all clusters by `cluster/name`. */
  tenants(): ReadonlyMap<string, TenantRecord>;
  /**
   * Whether the tenants of a cluster have been read completely, once at least, or it has no such resource: before that a
   * tenant's absence says nothing.
   */
  knowsTenants(cluster: string): boolean;
  /** The live ResourceQuota of a tenant's namespace; `undefined` when there is none, or it may not be read. */
  quota(cluster: string, namespace: string): KubeObject | undefined;
  /** Whose a namespace is; `undefined` when the cluster has none of that name, or it has not been read. */
  namespace(cluster: string, name: string): NamespaceTenancy | undefined;
  /** The applications of one cluster, and whether these are all of them. */
  snapshot(cluster: string): Snapshot<ApplicationRecord>;
  freshness(cluster: string): Freshness;
  summaries(): readonly ClusterSummary[];
  /** Tells of changes, at most once a tick. A listener that throws is logged and kept. */
  subscribe(listener: (change: ClustersChange) => void): () => void;
}
