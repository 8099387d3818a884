import { KubeCluster } from '@understage/kube';
import {
  Freshness,
  formatApplicationRef,
  KubeObject,
  LABEL_TENANT,
  nodeReadiness,
  ownedObjects,
  Snapshot,
} from '@understage/plugin-paas-common';
import { buildRecord } from './buildRecord';
import {
  ClusterHealth,
  clusterFreshness,
  clusterSnapshot,
  isSettled,
} from './clusterFreshness';
import { EventIndex } from './EventIndex';
import { KindWatch, StartWatch } from './KindWatch';
import { ApplicationId, idOf, ObjectIndex } from './ObjectIndex';
import { namespaceTenancy } from './namespaceTenancy';
import {
  ApplicationChange,
  ApplicationRecord,
  NamespaceTenancy,
} from './PaasClusters';
import { TenantIndex } from './TenantIndex';
import { TenantChange } from './TenantRecord';
import { WatchedKind } from './watchedKinds';

export interface ClusterCacheOptions {
  readonly cluster: KubeCluster;
  readonly kinds: readonly WatchedKind[];
  readonly startWatch: StartWatch;
  readonly now: () => Date;
  /** Something may have changed: `flush` is to be called within this tick. */
  readonly onDirty: () => void;
}

/** Ends names of tenants that there are not: no Tenant's name holds a dot. */
const UNCLAIMED = '.namespace';

/**
 * What is known of one cluster. Watches mark applications as dirty; `flush` makes new records of these and of no
 * others. Until every watch has had its first answer there are no records: half an application would be shown as sick.
 */
export class ClusterCache {
  private readonly applications = new Map<ApplicationId, KubeObject>();
  private readonly byNamespace = new Map<string, Set<ApplicationId>>();
  private readonly namespaces = new Map<string, KubeObject>();
  private readonly nodes = new Map<string, KubeObject>();
  /** Of tenants, by namespace. */
  private readonly quotas = new Map<string, KubeObject>();
  private readonly index = new ObjectIndex();
  private readonly events = new EventIndex();
  private readonly tenants: TenantIndex;
  private readonly records = new Map<ApplicationId, ApplicationRecord>();
  private readonly dirty = new Set<ApplicationId>();
  private readonly watches: { kind: WatchedKind; watch: KindWatch }[];
  private settled = false;
  private lastFreshness: Freshness['kind'] | undefined;

  constructor(private readonly options: ClusterCacheOptions) {
    const { cluster, kinds, startWatch, onDirty } = options;
    this.tenants = new TenantIndex(cluster.name);
    this.watches = kinds.map(kind => ({
      kind,
      watch: startWatch({
        cluster,
        kind,
        onUpsert: object => this.mark(this.upsert(object)),
        onRemove: object => this.mark(this.remove(object)),
        onHealth: onDirty,
      }),
    }));
  }

  get name(): string {
    return this.options.cluster.name;
  }

  get kube(): KubeCluster {
    return this.options.cluster;
  }

  /** True once every watch has had its first answer. */
  get isSettled(): boolean {
    this.settled ||= isSettled(this.health());
    return this.settled;
  }

  get size(): number {
    return this.records.size;
  }

  /** Every node is one of kwok's, and there is one. */
  get hasSimulatedNodes(): boolean {
    const nodes = [...this.nodes.values()];
    const isSimulated = ({ metadata }: KubeObject) =>
      metadata.annotations?.['kwok.x-k8s.io/node'] !== undefined ||
      metadata.labels?.type === 'kwok';
    return nodes.length > 0 && nodes.every(isSimulated);
  }

  namespace(name: string): NamespaceTenancy | undefined {
    const namespace = this.namespaces.get(name);
    return namespace && this.tenancyOf(namespace);
  }

  /** The quota of a tenant's namespace. */
  quota(namespace: string): KubeObject | undefined {
    return this.quotas.get(namespace);
  }

  // A namespace that says nothing goes by its name, and nobody becomes its tenant by being called the same.
  private tenancyOf(namespace: KubeObject): NamespaceTenancy {
    const tenancy = namespaceTenancy(namespace);
    const isSaid = namespace.metadata.labels?.[LABEL_TENANT];
    return isSaid || !this.tenants.has(tenancy.tenant)
      ? tenancy
      : { ...tenancy, tenant: `${tenancy.tenant}${UNCLAIMED}` };
  }

  /** True once the tenants were read completely, and when there is no such resource. */
  get knowsTenants(): boolean {
    const { health } =
      this.health().watches.find(({ kind }) => kind === 'Tenant') ?? {};
    if (!health || health.kind === 'starting') return false;
    return health.kind === 'synced' || health.synced || health.missing;
  }

  freshness(): Freshness {
    return clusterFreshness(this.health());
  }

  snapshot(): Snapshot<ApplicationRecord> {
    return clusterSnapshot(this.health(), [...this.records.values()]);
  }

  /** Makes new records of everything dirty. */
  flush(): readonly ApplicationChange[] {
    if (!this.isSettled) return [];
    const changes: ApplicationChange[] = [];
    for (const id of this.dirty) {
      const change = this.rebuild(id);
      if (change) changes.push(change);
    }
    this.dirty.clear();
    return changes;
  }

  /** Takes in what became of tenants, and tells it. */
  flushTenants(): readonly TenantChange[] {
    return this.isSettled ? this.tenants.flush() : [];
  }

  /** True when the kind of freshness is another than at the last call. */
  takeFreshnessChange(): boolean {
    const { kind } = this.freshness();
    const changed = this.lastFreshness !== kind;
    this.lastFreshness = kind;
    return changed;
  }

  async stop(): Promise<void> {
    await Promise.all(this.watches.map(({ watch }) => watch.stop()));
  }

  private health(): ClusterHealth {
    const watches = this.watches.map(({ kind, watch }) => ({
      kind: kind.type.kind,
      optional: kind.optional,
      health: watch.health(),
    }));
    return { cluster: this.name, watches };
  }

  private mark(ids: Iterable<ApplicationId>) {
    let any = false;
    for (const id of ids) {
      this.dirty.add(id);
      any = true;
    }
    if (any) this.options.onDirty();
  }

  private upsert(object: KubeObject): Iterable<ApplicationId> {
    switch (object.kind) {
      case 'Application':
        return this.upsertApplication(object);
      case 'Namespace':
        this.namespaces.set(object.metadata.name, object);
        return this.byNamespace.get(object.metadata.name) ?? [];
      case 'Node':
        return this.changeNode(object, true);
      case 'Tenant':
        this.tenants.set(object);
        this.options.onDirty();
        return this.byNamespace.get(object.metadata.name) ?? [];
      case 'ResourceQuota':
        return this.changeQuota(object, true);
      case 'Event':
        return this.applicationOf(this.events.set(object));
      default:
        return this.index.set(object);
    }
  }

  private remove(object: KubeObject): Iterable<ApplicationId> {
    switch (object.kind) {
      case 'Application':
        this.applications.delete(idOf(object));
        return this.index.removeApplication(object);
      case 'Namespace':
        this.namespaces.delete(object.metadata.name);
        return this.byNamespace.get(object.metadata.name) ?? [];
      case 'Node':
        return this.changeNode(object, false);
      case 'Tenant':
        this.tenants.delete(object);
        this.options.onDirty();
        return this.byNamespace.get(object.metadata.name) ?? [];
      case 'ResourceQuota':
        return this.changeQuota(object, false);
      case 'Event':
        return this.applicationOf(this.events.delete(object));
      default:
        return this.index.delete(object);
    }
  }

  private upsertApplication(object: KubeObject): Iterable<ApplicationId> {
    const id = idOf(object);
    this.applications.set(id, object);
    const { namespace = '' } = object.metadata;
    const ids = this.byNamespace.get(namespace) ?? new Set();
    this.byNamespace.set(namespace, ids.add(id));
    return this.index.addApplication(object);
  }

  /** What is used of a quota is part of its tenant. */
  private changeQuota(quota: KubeObject, exists: boolean): ApplicationId[] {
    const { namespace = '', labels } = quota.metadata;
    if (exists) this.quotas.set(namespace, quota);
    else this.quotas.delete(namespace);
    this.tenants.touch(labels?.[LABEL_TENANT] ?? '');
    this.options.onDirty();
    return [];
  }

  /** A node that stops or begins to be ready changes how its pods do; its heartbeats change nothing. */
  private changeNode(
    node: KubeObject,
    exists: boolean,
  ): Iterable<ApplicationId> {
    const { name } = node.metadata;
    const before = this.nodes.get(name);
    if (exists) this.nodes.set(name, node);
    else this.nodes.delete(name);
    const isSame = exists && before && sameReadiness(before, node);
    return isSame ? [] : this.index.applicationsOn(name);
  }

  private applicationOf(uid: string | undefined): ApplicationId[] {
    const id = uid === undefined ? undefined : this.index.applicationOf(uid);
    return id === undefined ? [] : [id];
  }

  private rebuild(id: ApplicationId): ApplicationChange | undefined {
    const before = this.records.get(id);
    const application = this.applications.get(id);
    if (!application) return before && this.forget(id, before);
    const { uid, name, namespace = '' } = application.metadata;
    const previous = before?.uid === uid ? before : undefined;
    const objects = () => ownedObjects(this.index.objectsOf(id), application);
    const after = buildRecord({
      cluster: this.name,
      application,
      tenancy: this.namespace(namespace),
      objects,
      events: () =>
        this.events.about([
          uid,
          ...objects().map(({ metadata }) => metadata.uid),
        ]),
      // None known means that they can not be read: a cluster has nodes.
      ...(this.nodes.size > 0 ? { nodes: this.nodes } : {}),
      freshness: () => this.freshness(),
      now: this.options.now(),
      previous,
    });
    this.records.set(id, after);
    const ref = { cluster: this.name, namespace, name };
    return { key: formatApplicationRef(ref), before, after };
  }

  private forget(
    id: ApplicationId,
    before: ApplicationRecord,
  ): ApplicationChange {
    this.records.delete(id);
    const ids = this.byNamespace.get(before.ref.namespace);
    ids?.delete(id);
    if (ids?.size === 0) this.byNamespace.delete(before.ref.namespace);
    return { key: before.key, before };
  }
}

function sameReadiness(before: KubeObject, after: KubeObject): boolean {
  const [old, now] = [nodeReadiness(before), nodeReadiness(after)];
  return old.status === now.status && old.message === now.message;
}
