import { TenantDetail, TenantRef } from '@understage/plugin-paas-common';
import { useAction } from '../live/useAction';

/** What the parts of the Tenant page are given. */
export interface TenantView {
  readonly tenant: TenantRef;
  readonly detail: TenantDetail;
  readonly action: ReturnType<typeof useAction>;
  /** Reads the tenant again now, after a change. */
  readonly reload: () => void;
}
