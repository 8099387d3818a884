import { ApplicationQuery, ownerRef } from '@understage/plugin-paas-common';
import { ApplicationRecord } from '@understage/plugin-paas-node';

/** A query as two filters: counts by state ignore the states asked for, so that the others can still be chosen. */
export interface ApplicationFilters {
  readonly matchesAllButState: (record: ApplicationRecord) => boolean;
  readonly matchesState: (record: ApplicationRecord) => boolean;
}

type Test = (record: ApplicationRecord) => boolean;

/** Compiles the filtering part of a query. Text is looked for as it stands, never as a pattern. */
export function applicationFilters(
  query: ApplicationQuery,
): ApplicationFilters {
  const tests: Test[] = [];
  const { tenant, cluster, reason } = query;
  const owner = query.owner && ownerRef(query.owner);
  const text = query.text?.trim().toLowerCase();
  if (tenant) tests.push(record => record.tenant === tenant);
  if (cluster) tests.push(({ ref }) => ref.cluster === cluster);
  if (owner) tests.push(record => record.owner === owner);
  if (reason) tests.push(({ summary }) => summary.reason === reason);
  if (text) tests.push(({ searchText }) => searchText.includes(text));
  const states = query.state && new Set(query.state);
  return {
    matchesAllButState: record => tests.every(test => test(record)),
    matchesState: ({ summary }) => !states || states.has(summary.state),
  };
}
