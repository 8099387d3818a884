import { KubeCluster } from '@understage/kube';
import { KubeObject } from '@understage/plugin-paas-common';
import { createPaasClusters, RunningPaasClusters } from './createPaasClusters';
import { StartWatch, StartWatchOptions, WatchHealth } from './KindWatch';
import { watchedKinds } from './watchedKinds';

/** The real cache over hand-fed watches: what is put in is in the cache after `settle`. For tests. */
export interface ClustersDouble extends RunningPaasClusters {
  /** Adds or replaces objects of a cluster. */
  put(cluster: string, ...objects: KubeObject[]): void;
  /** Removes objects of a cluster. */
  remove(cluster: string, ...objects: KubeObject[]): void;
  /** Makes every watch of a cluster fail, or, without a reason, work again. */
  fail(cluster: string, why?: string): void;
  /** Takes in everything put so far, as one tick. */
  settle(): void;
}

export interface ClustersDoubleOptions {
  /** For the few requests that go to the API server; a cluster without any answer otherwise. */
  readonly clusters?: readonly KubeCluster[];
  readonly names?: readonly string[];
  readonly now?: () => Date;
}

/** Creates clusters (default one, `playground`) that tests fill by hand. */
export function createClustersDouble(
  options: ClustersDoubleOptions = {},
): ClustersDouble {
  const { now = () => new Date('2026-01-01T12:00:00Z') } = options;
  const names = options.names ?? ['playground'];
  const clusters = options.clusters ?? names.map(silentCluster);
  const watches: StartWatchOptions[] = [];
  const health = new Map<string, WatchHealth>();
  let pending: (() => void) | undefined;
  const startWatch: StartWatch = start => {
    watches.push(start);
    return {
      health: () =>
        health.get(start.cluster.name) ?? { kind: 'synced', at: now() },
      stop: async () => {},
    };
  };
  const running = createPaasClusters({
    clusters,
    kinds: watchedKinds,
    startWatch,
    logger: { info() {}, warn() {}, error() {} },
    now,
    defer: flush => {
      pending = flush;
    },
  });
  const find = (cluster: string, { kind }: KubeObject) => {
    const found = watches.find(
      ({ cluster: { name }, kind: { type } }) =>
        name === cluster && type.kind === kind,
    );
    if (!found) throw new Error(`${cluster} has no watch of kind ${kind}`);
    return found;
  };
  return Object.assign(running, {
    put(cluster: string, ...objects: KubeObject[]) {
      objects.forEach(object => find(cluster, object).onUpsert(object));
    },
    remove(cluster: string, ...objects: KubeObject[]) {
      objects.forEach(object => find(cluster, object).onRemove(object));
    },
    fail(cluster: string, why?: string) {
      if (why === undefined) health.delete(cluster);
      else {
        const failing = { kind: 'failing', missing: false, synced: true };
        health.set(cluster, { ...failing, kind: 'failing', since: now(), why });
      }
      watches.forEach(({ onHealth }) => onHealth());
    },
    settle() {
      const flush = pending;
      pending = undefined;
      flush?.();
    },
  });
}

function silentCluster(name: string): KubeCluster {
  const refuse = async () => {
    throw new Error(`${name} is a double without an API server`);
  };
  const reader = {
    get: refuse,
    list: refuse,
    listPage: refuse,
    // eslint-disable-next-line require-yield
    async *watch(): AsyncGenerator<never> {
      await refuse();
    },
  };
  const writer = {
    apply: refuse,
    create: refuse,
    update: refuse,
    delete: refuse,
  };
  return { name, ...reader, as: () => reader, writer: () => writer };
}
