import { TenantState } from '../schema/TenantStatus';
import { formatTenantRef } from './tenantRef';
import { TenantSummary } from './tenantTypes';

/** What needs somebody comes first. */
const attention: readonly TenantState[] = [
  'Failed',
  'Degraded',
  'Unknown',
  'Offboarding',
  'Progressing',
  'Ready',
];

/** Those that need somebody first, then by name; total, so equal lists always stand in one order. */
export function compareTenants(
  left: TenantSummary,
  right: TenantSummary,
): number {
  const rank = attention.indexOf(left.state) - attention.indexOf(right.state);
  if (rank !== 0) return rank;
  if (left.name !== right.name) return left.name < right.name ? -1 : 1;
  return formatTenantRef(left) < formatTenantRef(right) ? -1 : 1;
}
