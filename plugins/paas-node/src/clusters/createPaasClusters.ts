import { LoggerService } from '@backstage/backend-plugin-api';
import { KubeCluster } from '@understage/kube';
import { ClusterCache } from './ClusterCache';
import { StartWatch } from './KindWatch';
import {
  ApplicationRecord,
  ClustersChange,
  PaasClusters,
} from './PaasClusters';
import { TenantRecord } from './TenantRecord';
import { WatchedKind } from './watchedKinds';

export interface PaasClustersOptions {
  readonly clusters: readonly KubeCluster[];
  readonly kinds: readonly WatchedKind[];
  readonly startWatch: StartWatch;
  readonly logger: Pick<LoggerService, 'info' | 'warn' | 'error'>;
  readonly now: () => Date;
  /** Runs a callback once the current events have been taken in: `setImmediate`. */
  readonly defer: (flush: () => void) => void;
}

/** The clusters with their way to an end. */
export interface RunningPaasClusters extends PaasClusters {
  stop(): Promise<void>;
}

/** Starts a watch cache per cluster; changes are gathered per tick and told once. */
export function createPaasClusters(
  options: PaasClustersOptions,
): RunningPaasClusters {
  const { logger, defer } = options;
  const listeners = new Set<(change: ClustersChange) => void>();
  const records = new Map<string, ApplicationRecord>();
  const tenantRecords = new Map<string, TenantRecord>();
  let generation = 0;
  let scheduled = false;
  let becomeReady = () => {};
  const ready = new Promise<void>(resolve => {
    becomeReady = resolve;
  });
  const caches = options.clusters.map(
    cluster => new ClusterCache({ ...options, cluster, onDirty: schedule }),
  );
  const byName = new Map(caches.map(cache => [cache.name, cache]));
  schedule();

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    defer(flush);
  }

  function flush() {
    scheduled = false;
    const applications = caches.flatMap(cache => cache.flush());
    const tenants = caches.flatMap(cache => cache.flushTenants());
    const turned = caches.filter(cache => cache.takeFreshnessChange());
    if (caches.every(cache => cache.isSettled)) becomeReady();
    turned.forEach(tellFreshness);
    if (applications.length + tenants.length + turned.length === 0) return;
    applications.forEach(change => keep(records, change));
    tenants.forEach(change => keep(tenantRecords, change));
    generation += 1;
    const freshness = turned.map(({ name }) => name);
    notify({ applications, tenants, freshness });
  }

  function tellFreshness(cache: ClusterCache) {
    const freshness = cache.freshness();
    const facts = { cluster: cache.name, state: freshness.kind };
    if (freshness.kind === 'live') logger.info('Cluster is live', facts);
    else if (cache.isSettled) {
      logger.warn('Cluster is not live', { ...facts, why: freshness.why });
    }
  }

  function notify(change: ClustersChange) {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        logger.error('A listener of cluster changes failed', toError(error));
      }
    }
  }

  return {
    names: caches.map(({ name }) => name),
    ready,
    get generation() {
      return generation;
    },
    cluster: name => byName.get(name)?.kube,
    records: () => records,
    tenants: () => tenantRecords,
    knowsTenants: cluster => byName.get(cluster)?.knowsTenants ?? false,
    quota: (cluster, namespace) => byName.get(cluster)?.quota(namespace),
    namespace: (cluster, name) => byName.get(cluster)?.namespace(name),
    snapshot: name =>
      byName.get(name)?.snapshot() ?? {
        complete: false,
        seen: [],
        missing: [unknown(name)],
      },
    freshness: name =>
      byName.get(name)?.freshness() ?? {
        kind: 'unavailable',
        why: unknown(name),
      },
    summaries: () =>
      caches.map(cache => ({
        name: cache.name,
        applications: cache.size,
        freshness: cache.freshness(),
        simulatedNodes: cache.hasSimulatedNodes,
      })),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      listeners.clear();
      await Promise.all(caches.map(cache => cache.stop()));
    },
  };
}

function keep<T>(
  records: Map<string, T>,
  { key, after }: { readonly key: string; readonly after?: T },
) {
  if (after) records.set(key, after);
  else records.delete(key);
}

function unknown(name: string): string {
  return `No cluster named ${name} is configured under paas.clusters.`;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
