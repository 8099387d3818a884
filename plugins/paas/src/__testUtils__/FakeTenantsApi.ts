import {
  OffboardingPlan,
  PaasClientError,
  TenantApplyAnswer,
  TenantDetail,
  TenantList,
  TenantPlanAnswer,
  TenantRef,
  TenantState,
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

  constructor(private readonly details: readonly TenantDetail[] = []) {}

  async listTenants(): Promise<TenantList> {
    this.check();
    const counts: Partial<Record<TenantState, number>> = {};
    for (const { summary } of this.details) {
      counts[summary.state] = (counts[summary.state] ?? 0) + 1;
    }
    return {
      items: this.details.map(({ summary }) => summary),
      total: this.details.length,
      counts,
      freshness: { kind: 'live', at: '2026-11-20T12:00:00Z' },
    };
  }

  async getTenant({ cluster, name }: TenantRef): Promise<TenantDetail> {
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

  private check(): void {
    if (this.failure) throw this.failure;
  }
}
