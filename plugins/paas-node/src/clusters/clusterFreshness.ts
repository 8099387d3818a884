import { Freshness, Snapshot } from '@understage/plugin-paas-common';
import { WatchHealth } from './KindWatch';

/** The watches of one cluster with the kind each is of. */
export interface ClusterHealth {
  readonly cluster: string;
  readonly watches: readonly {
    readonly kind: string;
    readonly optional: boolean;
    readonly health: WatchHealth;
  }[];
}

type Failing = Extract<WatchHealth, { kind: 'failing' }>;

/** The failures that matter: an add-on that is not there is none. */
function failuresOf({
  watches,
}: ClusterHealth): { kind: string; health: Failing }[] {
  return watches.flatMap(({ kind, optional, health }) =>
    health.kind === 'failing' && !(optional && health.missing)
      ? [{ kind, health }]
      : [],
  );
}

/** How fresh what is known of a cluster is; the oldest failure is the one that is told. */
export function clusterFreshness(health: ClusterHealth): Freshness {
  const { cluster, watches } = health;
  const failures = failuresOf(health);
  const application = watches.find(({ kind }) => kind === 'Application');
  const unread = failures.find(failure => !failure.health.synced);
  if (application?.health.kind === 'failing' && !application.health.synced) {
    return { kind: 'unavailable', why: application.health.why };
  }
  if (watches.some(({ health: { kind } }) => kind === 'starting')) {
    return {
      kind: 'unavailable',
      why: `${cluster} is being read for the first time.`,
    };
  }
  const [oldest] = failures.sort(
    (a, b) => a.health.since.getTime() - b.health.since.getTime(),
  );
  const told = unread ?? oldest;
  if (told) {
    const { since, why } = told.health;
    return { kind: 'stale', since: since.toISOString(), why };
  }
  return { kind: 'live', at: latest(health) };
}

function latest({ watches }: ClusterHealth): string {
  const times = watches.map(({ health }) =>
    health.kind === 'synced' ? health.at.getTime() : 0,
  );
  return new Date(Math.max(0, ...times)).toISOString();
}

/** True once every watch has an answer, be it a refusal. */
export function isSettled({ watches }: ClusterHealth): boolean {
  return watches.every(({ health }) => health.kind !== 'starting');
}

/** The items as a snapshot: complete only when Applications and namespaces have been read and are being watched. */
export function clusterSnapshot<T>(
  health: ClusterHealth,
  items: readonly T[],
): Snapshot<T> {
  const needed = health.watches.filter(
    ({ kind }) => kind === 'Application' || kind === 'Namespace',
  );
  const missing = needed.flatMap(
    ({ kind, health: { kind: state, ...rest } }) => {
      if (state === 'synced') return [];
      return 'why' in rest
        ? [`${kind} objects of ${health.cluster}: ${rest.why}`]
        : [`${kind} objects of ${health.cluster} have not been read yet.`];
    },
  );
  return missing.length === 0
    ? { complete: true, items, at: latest(health) }
    : { complete: false, seen: items, missing };
}
