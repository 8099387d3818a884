import { ResourceType } from '@understage/kube';
import {
  KubeObject,
  ObjectRef,
  observedItems,
  refKey,
  refOf,
  Snapshot,
} from '@understage/plugin-paas-common';
import { plainLine } from '../charts/plainText';
import { ClusterView } from './ClusterView';

/** One application's objects: which kinds, seen through what. */
export interface ObserveOptions {
  readonly view: ClusterView;
  readonly namespace: string;
  readonly application: string;
  readonly kinds: readonly ResourceType[];
  readonly now: () => Date;
  readonly signal?: AbortSignal;
}

/** Objects read, and a sentence for each kind or name that could not be. */
interface Observed {
  readonly objects: readonly KubeObject[];
  readonly missing: readonly string[];
}

function whyOf(error: unknown): string {
  return plainLine(error instanceof Error ? error.message : String(error), 200);
}

function toSnapshot(observed: Observed, now: () => Date): Snapshot<KubeObject> {
  return observed.missing.length === 0
    ? { complete: true, items: observed.objects, at: now().toISOString() }
    : { complete: false, seen: observed.objects, missing: observed.missing };
}

async function collect(
  readings: readonly Promise<Observed>[],
): Promise<Observed> {
  const all = await Promise.all(readings);
  return {
    objects: all.flatMap(({ objects }) => objects),
    missing: all.flatMap(({ missing }) => missing),
  };
}

/**
 * The objects labelled as the application's, of every kind asked for. Complete only when each kind could be read; `at`
 * is the time before the first was asked for, so nothing in it is older than it says.
 */
export async function observeApplication(
  options: ObserveOptions,
): Promise<Snapshot<KubeObject>> {
  const { view, namespace, application, kinds, signal } = options;
  const start = options.now();
  const observed = await collect(
    kinds.map(async type => {
      try {
        const objects = await view.list(type, {
          namespace,
          application,
          signal,
        });
        return { objects, missing: [] };
      } catch (error) {
        signal?.throwIfAborted();
        return {
          objects: [],
          missing: [
            `${type.kind} objects in ${namespace} can not be read: ${whyOf(
              error,
            )}`,
          ],
        };
      }
    }),
  );
  return toSnapshot(observed, () => start);
}

/**
 * Adds the objects that exist under names we want but do not carry our label: someone else's, or ours with the label
 * taken off. Without them a plan would say "create" and overwrite.
 */
export async function observeNamed(
  snapshot: Snapshot<KubeObject>,
  options: ObserveOptions & { readonly wanted: readonly ObjectRef[] },
): Promise<Snapshot<KubeObject>> {
  const { view, namespace, kinds, signal } = options;
  const seen = new Set(
    observedItems(snapshot).map(object => refKey(refOf(object))),
  );
  const typeOf = new Map(
    kinds.map(type => [`${type.group}/${type.kind}`, type]),
  );
  const unseen = options.wanted.filter(ref => !seen.has(refKey(ref)));
  const named = await collect(
    unseen.map(async ref => {
      const group = ref.apiVersion.includes('/')
        ? ref.apiVersion.slice(0, ref.apiVersion.indexOf('/'))
        : '';
      const type = typeOf.get(`${group}/${ref.kind}`);
      if (!type) return { objects: [], missing: [] };
      try {
        const found = await view.get(
          type,
          { namespace: ref.namespace ?? namespace, name: ref.name },
          { signal },
        );
        return { objects: found ? [found] : [], missing: [] };
      } catch (error) {
        signal?.throwIfAborted();
        return {
          objects: [],
          missing: [
            `${ref.kind} ${ref.name} in ${namespace} can not be read: ${whyOf(
              error,
            )}`,
          ],
        };
      }
    }),
  );
  const objects = [...observedItems(snapshot), ...named.objects];
  if (!snapshot.complete) {
    return toSnapshot(
      { objects, missing: [...snapshot.missing, ...named.missing] },
      options.now,
    );
  }
  return toSnapshot(
    { objects, missing: named.missing },
    () => new Date(snapshot.at),
  );
}
