import { TenantCheck } from '@understage/plugin-paas-common';

/** What was found out of each environment of a tenant, by the environment's name. */
export type Verified = ReadonlyMap<string, readonly TenantCheck[]>;

/** One environment to be tried. */
export interface VerifiedPlace {
  readonly environment: string;
  readonly namespace: string;
}

/**
 * Remembers what the probes of each tenant came to, and which are due: after the first look, after every change of a
 * bundle, and when everything is looked at again. By uid: a successor of the same name has proved nothing.
 */
export class VerificationLog {
  readonly #results = new Map<string, Verified>();
  readonly #fresh = new Set<string>();

  resultsOf(uid: string): Verified | undefined {
    return this.#results.get(uid);
  }

  record(uid: string, results: Verified): void {
    this.#results.set(uid, results);
  }

  /** True when the tenant has to be tried; asking says that it will be. */
  takeDue(uid: string): boolean {
    if (this.#fresh.has(uid)) return false;
    this.#fresh.add(uid);
    return true;
  }

  /** What was found out may not hold any more. */
  expire(uid: string): void {
    this.#fresh.delete(uid);
  }

  expireAll(): void {
    this.#fresh.clear();
  }

  forget(uid: string): void {
    this.#results.delete(uid);
    this.#fresh.delete(uid);
  }
}
