import { Tenant } from '../../../schema/Tenant';
import { TenantCheck, TenantStatus } from '../../../schema/TenantStatus';
import { Outcome } from '../../action';
import { Problem } from '../../problem';
import { TenantDesired, TenantObserved, TenantPlan } from '../TenantDesired';

/** What a pass of the operator came to. */
export interface TenantReportInput {
  readonly tenant: Pick<Tenant, 'metadata'>;
  /** Problems of the specification; with them nothing was planned but the tenant's end. */
  readonly problems?: readonly Problem[];
  readonly planned?: {
    readonly desired: TenantDesired;
    readonly observed: TenantObserved;
    readonly plan: TenantPlan;
    readonly offboarding: boolean;
  };
  readonly outcomes?: readonly Outcome[];
  /** What trying forbidden things came to, by environment; an environment that is missing was not tried yet. */
  readonly checks?: ReadonlyMap<string, readonly TenantCheck[]>;
  /** The status as it stands in the cluster. */
  readonly previous?: TenantStatus;
  readonly now: Date;
}
