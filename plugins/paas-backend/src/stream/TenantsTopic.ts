import { TenantRecord } from '@understage/plugin-paas-node';
import { tenantSummary } from '../tenants/tenantSummary';
import { StreamChange } from './StreamChange';
import { tenantKeysOf } from './tenantKeysOf';
import { Topic, TopicContext } from './Topic';

/** Every tenant that the reader may see. */
export class TenantsTopic implements Topic {
  /** Rows that the reader holds, as JSON by key: most of what happens to a tenant does not change its row. */
  private readonly held = new Map<string, string>();

  constructor(readonly name: string, private readonly context: TopicContext) {}

  state(): string {
    this.holdAll();
    return this.message([...this.held.values()], []);
  }

  concerns(change: StreamChange): boolean {
    return (
      change.kind === 'tenant' || change.before?.tenant !== change.after?.tenant
    );
  }

  // What a returning reader holds of these is not known: they get all that was touched.
  resume(missed: Iterable<StreamChange>): string | undefined {
    const all = [...missed];
    const gone = all.flatMap(change =>
      change.kind === 'tenant' &&
      this.isVisible(change.before) &&
      !this.isVisible(this.find(change.key))
        ? [change.key]
        : [],
    );
    this.holdAll();
    const upserts = [...new Set(all.flatMap(tenantKeysOf))].flatMap(key =>
      this.held.has(key) ? [`${this.held.get(key)}`] : [],
    );
    return this.told(upserts, gone);
  }

  changes(changes: Iterable<StreamChange>): string | undefined {
    const upserts: string[] = [];
    const removed: string[] = [];
    for (const key of new Set([...changes].flatMap(tenantKeysOf))) {
      const row = this.rowOf(this.find(key));
      if (row === this.held.get(key)) continue;
      if (row === undefined) {
        this.held.delete(key);
        removed.push(key);
      } else {
        this.held.set(key, row);
        upserts.push(row);
      }
    }
    return this.told(upserts, removed);
  }

  private holdAll() {
    this.held.clear();
    for (const [key, record] of this.context.clusters.tenants()) {
      const row = this.rowOf(record);
      if (row !== undefined) this.held.set(key, row);
    }
  }

  private find(key: string): TenantRecord | undefined {
    return this.context.clusters.tenants().get(key);
  }

  private isVisible(record: TenantRecord | undefined): boolean {
    return record !== undefined && this.context.rights.tenants.allows(record);
  }

  private rowOf(record: TenantRecord | undefined): string | undefined {
    const { clusters, rights } = this.context;
    if (!record || !this.isVisible(record)) return undefined;
    return JSON.stringify(tenantSummary(record, clusters, rights.person));
  }

  private told(upserts: readonly string[], removed: readonly string[]) {
    return upserts.length + removed.length === 0
      ? undefined
      : this.message(upserts, removed);
  }

  private message(upserts: readonly string[], removed: readonly string[]) {
    const topic = JSON.stringify(this.name);
    return `{"type":"tenants","topic":${topic},"upserts":[${upserts}],"removed":${JSON.stringify(
      removed,
    )}}`;
  }
}
