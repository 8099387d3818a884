import { formatApplicationRef } from '../api/applicationRef';
import { formatTenantRef } from '../api/tenantRef';
import { TenantRef } from '../api/tenantTypes';
import { ApplicationQuery, ApplicationRef } from '../api/types';
import { formatQuery } from './PaasClient';

/**
 * Topic of all applications that match. Sort and paging do not count: a topic carries every match, the reader sorts
 * with `compareApplications`.
 */
export function applicationsTopic(query: ApplicationQuery = {}): string {
  const { sort: _, limit: __, cursor: ___, ...filter } = query;
  const text = formatQuery(filter);
  return text === '' ? 'applications' : `applications?${text}`;
}

/** Topic of one application: its whole detail, at first and after each change. */
export function applicationTopic(ref: ApplicationRef): string {
  return `application/${formatApplicationRef(ref)}`;
}

/** Topic of all tenants that the reader may see. */
export const TENANTS_TOPIC = 'tenants';

/** Topic of one tenant: its whole detail, at first and after each change. */
export function tenantTopic(ref: TenantRef): string {
  return `tenant/${formatTenantRef(ref)}`;
}
