import {
  OwnedTenant,
  paasTenantResourceRef,
} from '@understage/plugin-paas-node';
import {
  AuthorizerOptions,
  ConditionalAuthorizer,
  Decision,
} from './ConditionalAuthorizer';

/** What a user may do with tenants, as a filter over the cache. */
export type TenantDecision = Decision<OwnedTenant>;

/** Asks the permission policy about tenants. */
export class TenantAuthorizer extends ConditionalAuthorizer<
  OwnedTenant,
  'paas-tenant'
> {
  constructor(options: AuthorizerOptions) {
    super(options, paasTenantResourceRef);
  }
}
