import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { CompleteSnapshot } from '@understage/plugin-paas-common';
import {
  ApplicationRecord,
  ClustersChange,
  PaasClusters,
} from '@understage/plugin-paas-node';
import { CatalogSettings, ClusterEntities, sourceOf } from './ClusterEntities';
import { EntityDelta, EntityMap } from './EntityMap';

export interface ClusterEntityProviderOptions {
  readonly clusters: PaasClusters;
  readonly cluster: string;
  readonly settings: CatalogSettings;
  readonly logger: Pick<LoggerService, 'info' | 'warn'>;
  /** Calls back after a while; for another try after a mutation that failed. */
  readonly later: (callback: () => void) => void;
}

/**
 * Entities of one cluster. Everything is replaced only from a complete snapshot: the type of `replaceAll` says so. From
 * then on each change of the cache is a delta, and a change of status alone is none. What an incomplete view of the
 * cluster lacks is never removed.
 */
export class ClusterEntityProvider implements EntityProvider {
  private readonly entities: ClusterEntities;
  private readonly provided = new EntityMap();
  private readonly fingerprints = new Map<string, string>();
  private connection: EntityProviderConnection | undefined;
  private complete = false;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: ClusterEntityProviderOptions) {
    const { clusters, cluster, settings } = options;
    this.entities = new ClusterEntities(clusters, cluster, settings);
  }

  getProviderName(): string {
    return `understage:${this.options.cluster}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { clusters, cluster } = this.options;
    this.connection = connection;
    clusters.subscribe(change => this.take(change));
    // The catalog starts without waiting for clusters.
    clusters.ready.then(() => this.enqueue(() => this.provideAll()));
    this.options.logger.info('Catalog entities come from the cluster', {
      cluster,
    });
  }

  /** Provides everything anew when the snapshot is complete; heals whatever went astray meanwhile. */
  refresh(): void {
    this.enqueue(() => this.provideAll());
  }

  /** Resolves when everything taken in so far has been handed to the catalog. */
  settled(): Promise<void> {
    return this.work;
  }

  private take({ applications, tenants, freshness }: ClustersChange) {
    const { cluster } = this.options;
    const ownTenants = tenants.filter(({ key }) => this.isOurs(key));
    if (!this.complete) {
      const mayBeComplete =
        freshness.includes(cluster) ||
        ownTenants.length > 0 ||
        applications.some(({ key }) => this.isOurs(key));
      if (mayBeComplete) this.refresh();
      return;
    }
    const changed = applications.filter(
      ({ key, after }) =>
        this.isOurs(key) && this.fingerprints.get(key) !== this.print(after),
    );
    if (changed.length + ownTenants.length === 0) return;
    const keys = changed.map(({ key }) => key);
    const gone = ownTenants.flatMap(({ before, after }) =>
      before && !after ? [before.ref.name] : [],
    );
    this.enqueue(() => this.provideSome(keys, gone));
  }

  private isOurs(key: string): boolean {
    return key.startsWith(`${this.options.cluster}/`);
  }

  private print(record: ApplicationRecord | undefined): string | undefined {
    return record && this.entities.fingerprint(record);
  }

  private async provideAll(): Promise<void> {
    const snapshot = this.options.clusters.snapshot(this.options.cluster);
    if (snapshot.complete) await this.replaceAll(snapshot);
    else await this.provideSome(snapshot.seen.map(({ key }) => key));
  }

  private async replaceAll(
    snapshot: CompleteSnapshot<ApplicationRecord>,
  ): Promise<void> {
    this.complete = false;
    this.provided.clear();
    this.fingerprints.clear();
    const entities: DeferredEntity[] = [
      ...this.surroundings(),
      ...snapshot.items.flatMap(record => this.remember(record).added),
    ];
    await this.connection?.applyMutation({ type: 'full', entities });
    this.complete = true;
  }

  private async provideSome(
    keys: readonly string[],
    goneTenants: readonly string[] = [],
  ): Promise<void> {
    const { clusters } = this.options;
    const added: DeferredEntity[] = this.surroundings();
    const removed: EntityDelta['removed'] = this.leave(goneTenants);
    for (const key of keys) {
      const record = clusters.records().get(key);
      const delta = record ? this.remember(record) : this.forget(key);
      added.push(...delta.added);
      removed.push(...delta.removed);
    }
    if (added.length + removed.length === 0) return;
    await this.connection?.applyMutation({ type: 'delta', added, removed });
  }

  // What is a tenant by its name alone comes with its first application. It leaves with the next complete look, not with
  // its last application: a team between two applications keeps its Domain.
  private surroundings(): DeferredEntity[] {
    const { cluster } = this.options;
    const added: DeferredEntity[] = [];
    const own = this.entities.ofCluster();
    added.push(...this.provided.replace(sourceOf(cluster), [own]).added);
    for (const [tenant, entity] of this.entities.ofTenants()) {
      const source = sourceOf(`${cluster}/${tenant}`);
      added.push(...this.provided.replace(source, [entity]).added);
    }
    return added;
  }

  // A Tenant's Domain goes with it, unless something still goes by its name.
  private leave(tenants: readonly string[]): EntityDelta['removed'][number][] {
    if (tenants.length === 0) return [];
    const { cluster } = this.options;
    const domains = this.entities.ofTenants();
    return tenants
      .filter(tenant => !domains.has(tenant))
      .flatMap(tenant => [
        ...this.provided.replace(sourceOf(`${cluster}/${tenant}`), []).removed,
      ]);
  }

  private remember(record: ApplicationRecord): EntityDelta {
    this.fingerprints.set(record.key, this.entities.fingerprint(record));
    return this.provided.replace(
      sourceOf(record.key),
      this.entities.ofApplication(record),
    );
  }

  private forget(key: string): EntityDelta {
    this.fingerprints.delete(key);
    return this.provided.replace(sourceOf(key), []);
  }

  // One mutation after another, in the order of the changes. After a failure everything is provided again.
  private enqueue(run: () => Promise<void>) {
    this.work = this.work.then(run).catch(error => {
      const { cluster, logger, later } = this.options;
      this.complete = false;
      logger.warn('Catalog entities could not be updated; trying again', {
        cluster,
        why: error instanceof Error ? error.message : String(error),
      });
      later(() => this.refresh());
    });
  }
}
