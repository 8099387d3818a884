import {
  compareTenants,
  Freshness,
  Person,
  TenantList,
  TenantQuery,
  TenantState,
  TenantSummary,
} from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import { TenantDecision } from '../authorization/TenantAuthorizer';
import { tenantSummary } from './tenantSummary';

function matchesText(summary: TenantSummary, text: string): boolean {
  const { name, owner, description = '', message } = summary;
  const all = [name, owner, description, message].join('\n').toLowerCase();
  return all.includes(text.toLowerCase());
}

/** The least fresh of the clusters that were asked for. */
function freshnessOf(clusters: PaasClusters, wanted?: string): Freshness {
  const all = clusters.names
    .filter(name => wanted === undefined || name === wanted)
    .map(name => clusters.freshness(name));
  return (
    all.find(({ kind }) => kind === 'unavailable') ??
    all.find(({ kind }) => kind === 'stale') ??
    all[0] ?? { kind: 'unavailable', why: 'No cluster is configured.' }
  );
}

/** The tenants that somebody may see. Conditions filter first: what is not theirs is neither listed nor counted. */
export function listTenants(
  query: TenantQuery,
  options: {
    readonly clusters: PaasClusters;
    readonly decision: TenantDecision;
    readonly may: TenantList['may'];
    readonly reader?: Person;
  },
): TenantList {
  const { clusters, decision, may, reader } = options;
  const { cluster, state, text } = query;
  const matching = [...clusters.tenants().values()]
    .filter(record => decision.allows(record))
    .filter(({ ref }) => cluster === undefined || ref.cluster === cluster)
    .map(record => tenantSummary(record, clusters, reader))
    .filter(summary => text === undefined || matchesText(summary, text));
  const counts: Partial<Record<TenantState, number>> = {};
  for (const each of matching)
    counts[each.state] = (counts[each.state] ?? 0) + 1;
  const items = matching
    .filter(each => state === undefined || each.state === state)
    .sort(compareTenants);
  return {
    items,
    total: items.length,
    counts,
    may,
    freshness: freshnessOf(clusters, cluster),
  };
}
