import { KubeObject } from '@understage/kube';
import { ObjectRef, refKey, refOf } from '@understage/plugin-paas-common';

interface Written {
  readonly object: KubeObject;
  /** Monotonic milliseconds after which the cache is believed again, whatever it says. */
  readonly until: number;
}

export interface ReadYourWritesOptions {
  /** Monotonic clock in milliseconds. */
  readonly monotonic: () => number;
  /** How long a write may take to come back through the watch. Default 30 s. */
  readonly patienceMs?: number;
}

/** Orders two resource versions of one resource; comparable by definition since Kubernetes 1.35 (KEP-5504). */
function isOlder(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (!/^\d+$/.test(left) || !/^\d+$/.test(right)) return left !== right;
  return BigInt(left) < BigInt(right);
}

/**
 * A watch cache lags behind our own writes. Planning from it would write again what was just written, so what we wrote
 * stands in for the cached object until the cache has caught up (the pattern of KEP-5647).
 */
export class ReadYourWrites {
  readonly #written = new Map<string, Written>();
  /** Uids of what we deleted, with the time until which the cache is not believed. */
  readonly #deleted = new Map<string, number>();
  readonly #options: ReadYourWritesOptions;

  constructor(options: ReadYourWritesOptions) {
    this.#options = options;
  }

  /** Remembers an object as the server returned it. */
  remember(object: KubeObject): void {
    this.#written.set(refKey(refOf(object)), {
      object,
      until: this.#patience(),
    });
  }

  /** Remembers that we deleted an object: until the watch says so too, it counts as gone. */
  rememberDeleted(ref: ObjectRef, uid: string): void {
    this.#written.delete(refKey(ref));
    this.#deleted.set(uid, this.#patience());
  }

  /** The watch brought an object: what we wrote is no news any more, unless it is newer still. */
  seen(object: KubeObject): void {
    const key = refKey(refOf(object));
    const written = this.#written.get(key)?.object.metadata;
    if (!written || written.uid !== object.metadata.uid) return;
    if (!isOlder(object.metadata.resourceVersion, written.resourceVersion)) {
      this.#written.delete(key);
    }
  }

  /** The watch says that an object is gone. A successor of the same name that we wrote meanwhile stays remembered. */
  seenDeleted(object: KubeObject): void {
    const key = refKey(refOf(object));
    const { uid } = object.metadata;
    if (this.#written.get(key)?.object.metadata.uid === uid) {
      this.#written.delete(key);
    }
    this.#deleted.delete(uid ?? '');
  }

  /**
   * The newer of what the cache holds and what we wrote. `belongs` picks which remembered objects are to be added when
   * the cache does not know them at all.
   */
  overlay(
    cached: readonly KubeObject[],
    belongs: (object: KubeObject) => boolean,
  ): readonly KubeObject[] {
    if (this.#written.size + this.#deleted.size === 0) return cached;
    const now = this.#options.monotonic();
    const seen = new Set<string>();
    const merged = this.#withoutDeleted(cached, now).map(object => {
      const key = refKey(refOf(object));
      seen.add(key);
      return this.#newer(key, object, now);
    });
    for (const [key, { object, until }] of this.#written) {
      if (until <= now) this.#written.delete(key);
      else if (!seen.has(key) && belongs(object)) merged.push(object);
    }
    return merged;
  }

  #patience(): number {
    return this.#options.monotonic() + (this.#options.patienceMs ?? 30_000);
  }

  /** What stays for a finalizer has a deletionTimestamp, and is there. */
  #withoutDeleted(
    cached: readonly KubeObject[],
    now: number,
  ): readonly KubeObject[] {
    for (const [uid, until] of this.#deleted) {
      if (until <= now) this.#deleted.delete(uid);
    }
    return cached.filter(
      ({ metadata }) =>
        metadata.deletionTimestamp !== undefined ||
        !this.#deleted.has(metadata.uid ?? ''),
    );
  }

  #newer(key: string, cached: KubeObject, now: number): KubeObject {
    const written = this.#written.get(key);
    if (!written) return cached;
    const behind =
      written.until > now &&
      isOlder(
        cached.metadata.resourceVersion,
        written.object.metadata.resourceVersion,
      );
    if (behind) return written.object;
    this.#written.delete(key);
    return cached;
  }

  /** How many writes have not come back yet; for metrics. */
  get pending(): number {
    return this.#written.size;
  }
}
