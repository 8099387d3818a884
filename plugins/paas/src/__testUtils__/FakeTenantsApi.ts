import {
  AuditEntry,
  AuditList,
  AuditQuery,
  formatTenantRef,
  OffboardingPlan,
  PaasClientError,
  StreamMessage,
  TenantApplyAnswer,
  TenantDetail,
  TenantList,
  TenantPlanAnswer,
  TenantRef,
  TenantState,
  tenantTopic,
  TENANTS_TOPIC,
} from '@understage/plugin-paas-common';
import { TenantFile, TenantsApi } from '../api/TenantsApi';
import { sampleOffboarding } from './tenantSamples';

/** Tenants in memory, for tests and the development page. */
export class FakeTenantsApi implements TenantsApi {
  readonly planned: TenantFile[] = [];
  readonly applied: TenantFile[] = [];
  readonly offboarded: string[] = [];
  /** While it is set, every call fails with it. */
  failure: Error | undefined;
  may = { create: true, audit: true };
  /** Newest first. */
  audit: AuditEntry[] = [];
  /** How often lists and details were read. */
  reads = 0;

  private details: readonly TenantDetail[];
  private tell: (message: StreamMessage) => void = () => {};

  constructor(details: readonly TenantDetail[] = []) {
    this.details = details;
  }

  /** From now on every change is told to `listener`, as the stream tells it. */
  onChange(listener: (message: StreamMessage) => void): void {
    this.tell = listener;
  }

  /** The complete state of a topic; `undefined` when it is none of tenants. */
  message(topic: string): StreamMessage | undefined {
    if (topic === TENANTS_TOPIC) {
      if (this.failure) {
        return { type: 'denied', topic, message: this.failure.message };
      }
      const upserts = this.details.map(({ summary }) => summary);
      return { type: 'tenants', topic, upserts, removed: [] };
    }
    if (!topic.startsWith('tenant/')) return undefined;
    const detail = this.details.find(
      ({ summary }) => tenantTopic(summary) === topic,
    );
    return { type: 'tenant', topic, detail };
  }

  /** Creates or changes a tenant and tells everybody who listens. */
  put(detail: TenantDetail): void {
    const { summary } = detail;
    this.details = [...this.without(summary), detail];
    const topic = tenantTopic(summary);
    this.tell({ type: 'tenant', topic, detail });
    const upserts = [summary];
    this.tell({ type: 'tenants', topic: TENANTS_TOPIC, upserts, removed: [] });
  }

  /** Takes a tenant away and tells everybody who listens. */
  remove(ref: TenantRef): void {
    this.details = this.without(ref);
    this.tell({ type: 'tenant', topic: tenantTopic(ref), detail: undefined });
    const removed = [formatTenantRef(ref)];
    this.tell({ type: 'tenants', topic: TENANTS_TOPIC, upserts: [], removed });
  }

  async listTenants(): Promise<TenantList> {
    this.check();
    this.reads += 1;
    const counts: Partial<Record<TenantState, number>> = {};
    for (const { summary } of this.details) {
      counts[summary.state] = (counts[summary.state] ?? 0) + 1;
    }
    return {
      items: this.details.map(({ summary }) => summary),
      total: this.details.length,
      counts,
      may: this.may,
      freshness: { kind: 'live', at: '2026-11-20T12:00:00Z' },
    };
  }

  async getTenant({ cluster, name }: TenantRef): Promise<TenantDetail> {
    this.reads += 1;
    this.check();
    const found = this.details.find(
      ({ summary }) => summary.cluster === cluster && summary.name === name,
    );
    if (found) return found;
    throw new PaasClientError(`No tenant ${name}.`, { status: 404 });
  }

  async planTenant(file: TenantFile): Promise<TenantPlanAnswer> {
    this.check();
    this.planned.push(file);
    return {
      kind: 'planned',
      actions: [],
      summary: 'Nothing to do.',
      warnings: [],
    };
  }

  async applyTenant(file: TenantFile): Promise<TenantApplyAnswer> {
    this.check();
    this.applied.push(file);
    const name = /name: (\S+)/.exec(file.yaml)?.[1] ?? 'unnamed';
    const ref = { cluster: file.cluster, name };
    return { kind: 'applied', ref, changed: true, warnings: [] };
  }

  async planOffboarding(ref: TenantRef): Promise<OffboardingPlan> {
    this.check();
    return sampleOffboarding(ref);
  }

  async offboard(ref: TenantRef, confirmed: { confirm: string; uid: string }) {
    this.check();
    this.offboarded.push(`${ref.cluster}/${confirmed.confirm}`);
  }

  async listAudit(query: AuditQuery): Promise<AuditList> {
    this.check();
    const { limit = 100, cursor, ...wanted } = query;
    const found = this.audit.filter(line =>
      Object.entries(wanted).every(
        ([field, value]) => new Map(Object.entries(line)).get(field) === value,
      ),
    );
    const start = Number(cursor ?? 0);
    const end = start + limit;
    return {
      items: found.slice(start, end),
      ...(end < found.length && { nextCursor: String(end) }),
    };
  }

  private without(ref: TenantRef): readonly TenantDetail[] {
    const key = formatTenantRef(ref);
    return this.details.filter(
      ({ summary }) => formatTenantRef(summary) !== key,
    );
  }

  private check(): void {
    if (this.failure) throw this.failure;
  }
}
