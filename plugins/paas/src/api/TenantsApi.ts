import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AuditList,
  AuditQuery,
  OffboardingPlan,
  TenantApplyAnswer,
  TenantDetail,
  TenantList,
  TenantPlanAnswer,
  TenantQuery,
  TenantRef,
} from '@understage/plugin-paas-common';
import { CallOptions } from './PaasApi';

/** A file of one Tenant and the cluster it is for. */
export interface TenantFile {
  readonly cluster: string;
  readonly yaml: string;
}

/** What the Tenants pages need from the platform. Failures reject with `PaasClientError`; refused input is an answer. */
export interface TenantsApi {
  listTenants(query: TenantQuery, options?: CallOptions): Promise<TenantList>;
  getTenant(ref: TenantRef, options?: CallOptions): Promise<TenantDetail>;
  planTenant(file: TenantFile): Promise<TenantPlanAnswer>;
  /** `force` takes over fields that others set; without it they are the answer. */
  applyTenant(
    file: TenantFile,
    options?: { readonly force?: boolean },
  ): Promise<TenantApplyAnswer>;
  /** What goes and what stays when the tenant goes; nothing is written. */
  planOffboarding(
    ref: TenantRef,
    options?: CallOptions,
  ): Promise<OffboardingPlan>;
  /** One page of the audit trail, newest first, as far as the reader may see it. */
  listAudit(query: AuditQuery, options?: CallOptions): Promise<AuditList>;
  /** `uid` is that of the plan: a tenant made anew under the same name is left alone. */
  offboard(
    ref: TenantRef,
    confirmed: { readonly uid: string; readonly confirm: string },
  ): Promise<void>;
}

/** Tenants, as the pages see them. */
export const tenantsApiRef = createApiRef<TenantsApi>({
  id: 'plugin.paas.tenants',
});
