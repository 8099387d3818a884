import {
  OwnedApplication,
  paasApplicationResourceRef,
} from '@understage/plugin-paas-node';
import {
  AuthorizerOptions,
  ConditionalAuthorizer,
  Decision,
} from './ConditionalAuthorizer';

/** What a user may do with applications, as a filter over the cache. */
export type ApplicationDecision = Decision<OwnedApplication>;

/** Asks the permission policy about applications. */
export class ApplicationAuthorizer extends ConditionalAuthorizer<
  OwnedApplication,
  'paas-application'
> {
  constructor(options: AuthorizerOptions) {
    super(options, paasApplicationResourceRef);
  }
}
