import { KubeObject } from '@understage/plugin-paas-common';
import { TenantChange, TenantRecord, tenantRecord } from './TenantRecord';

/** The Tenants of one cluster: what watches bring is taken in with the next `flush`. */
export class TenantIndex {
  readonly #cluster: string;
  readonly #records = new Map<string, TenantRecord>();
  readonly #dirty = new Map<string, KubeObject | undefined>();

  constructor(cluster: string) {
    this.#cluster = cluster;
  }

  /** Whether there is one of this name, as of what came last. */
  has(name: string): boolean {
    return this.#dirty.has(name)
      ? this.#dirty.get(name) !== undefined
      : this.#records.has(name);
  }

  set(object: KubeObject): void {
    this.#dirty.set(object.metadata.name, object);
  }

  delete({ metadata: { name } }: KubeObject): void {
    this.#dirty.set(name, undefined);
  }

  /** Something that is shown of a tenant changed, though not the Tenant. */
  touch(name: string): void {
    const known = this.#records.get(name);
    if (known && !this.#dirty.has(name)) this.#dirty.set(name, known.object);
  }

  /** Makes new records of what came, and tells what changed. */
  flush(): readonly TenantChange[] {
    const changes = [...this.#dirty].flatMap(([name, object]) =>
      this.#rebuild(name, object),
    );
    this.#dirty.clear();
    return changes;
  }

  #rebuild(name: string, object: KubeObject | undefined): TenantChange[] {
    const before = this.#records.get(name);
    const key = `${this.#cluster}/${name}`;
    if (!object) {
      this.#records.delete(name);
      return before ? [{ key, before }] : [];
    }
    const after = tenantRecord(this.#cluster, object);
    this.#records.set(name, after);
    return [{ key, ...(before && { before }), after }];
  }
}
