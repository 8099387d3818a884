import { setTimeout as delay } from 'node:timers/promises';
import {
  KubeCluster,
  KubeError,
  KubeObject,
  ResourceType,
  WatchEvent,
} from '@understage/kube';

/** Which objects to follow. */
export interface Followed {
  readonly type: ResourceType;
  /** Empty: every namespace. */
  /** Absent for what belongs to no namespace. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What a follower sees: everything that is there, then each change; everything again when a watch broke. */
export type Sighting =
  | { readonly kind: 'all'; readonly objects: readonly KubeObject[] }
  | { readonly kind: 'gone'; readonly object: KubeObject }
  | { readonly kind: 'changed'; readonly object: KubeObject };

const restartAfterMs = 500;

function sightingOf(event: WatchEvent): Sighting[] {
  if (event.type === 'BOOKMARK') return [];
  return event.type === 'DELETED'
    ? [{ kind: 'gone', object: event.object }]
    : [{ kind: 'changed', object: event.object }];
}

async function* watchOnce(
  cluster: KubeCluster,
  followed: Followed,
  options: { readonly resourceVersion: string; readonly signal: AbortSignal },
): AsyncGenerator<Sighting> {
  const { type, namespace, ...selectors } = followed;
  try {
    for await (const event of cluster.watch(type, {
      ...(namespace === '' ? {} : { namespace }),
      ...selectors,
      ...options,
      timeoutSeconds: 300,
    })) {
      yield* sightingOf(event);
    }
  } catch (error) {
    if (options.signal.aborted) return;
    if (!(error instanceof KubeError)) throw error;
    // The list that follows either works, or says what is wrong.
    await delay(restartAfterMs, undefined, { signal: options.signal }).catch(
      () => {},
    );
  }
}

/** Follows objects by watch until aborted; nothing is asked while nothing happens. Throws when a list fails. */
export async function* listAndWatch(
  cluster: KubeCluster,
  followed: Followed,
  signal: AbortSignal,
): AsyncGenerator<Sighting> {
  const { type, namespace, ...selectors } = followed;
  while (!signal.aborted) {
    const { items, resourceVersion } = await cluster.list(type, {
      ...(namespace === '' ? {} : { namespace }),
      ...selectors,
      signal,
    });
    yield { kind: 'all', objects: items };
    yield* watchOnce(cluster, followed, { resourceVersion, signal });
  }
}
