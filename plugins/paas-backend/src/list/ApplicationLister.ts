import {
  ApplicationList,
  ApplicationQuery,
  compareApplications,
  Freshness,
} from '@understage/plugin-paas-common';
import { ApplicationRecord, PaasClusters } from '@understage/plugin-paas-node';
import { ApplicationDecision } from '../authorization/ApplicationAuthorizer';
import { applicationFilters } from './applicationFilter';
import { formatCursor, parseCursor, Place } from './cursor';

type Sort = NonNullable<ApplicationQuery['sort']>;
type Counts = Partial<Record<string, number>>;

const DEFAULT_LIMIT = 100;
/** Answers kept as long as nothing changes: many people look at the same list. */
const KEPT_ANSWERS = 64;

/**
 * Answers lists from the cache. Orders are kept and only repaired after changes, rows are serialised once per change of
 * theirs, and an answer is reused until something changes.
 */
export class ApplicationLister {
  private readonly sorted = new Map<Sort, readonly ApplicationRecord[]>();
  private readonly answers = new Map<string, string>();
  private generation = -1;

  constructor(private readonly clusters: PaasClusters) {}

  /** The JSON of an `ApplicationList`; only applications that the decision allows are counted or shown. */
  list(query: ApplicationQuery, decision: ApplicationDecision): string {
    this.refresh();
    const key = `${decision.signature} ${JSON.stringify(query)}`;
    const known = this.answers.get(key);
    const body = known ?? this.compute(query, decision);
    if (known === undefined) this.keep(key, body);
    const freshness = listFreshness(this.clusters, query.cluster);
    return `{${body},"freshness":${JSON.stringify(freshness)}}`;
  }

  private refresh() {
    const { generation } = this.clusters;
    if (generation === this.generation) return;
    this.generation = generation;
    this.answers.clear();
    this.stale = new Set(this.sorted.keys());
  }

  private stale = new Set<Sort>();

  private order(sort: Sort): readonly ApplicationRecord[] {
    const known = this.sorted.get(sort);
    if (known && !this.stale.has(sort)) return known;
    const compare = compareApplications(sort);
    const records = this.clusters.records();
    // Sorting what is nearly sorted is linear: begin with the order as it was.
    const before = (known ?? []).flatMap(({ key }) => records.get(key) ?? []);
    const seen = new Set(before.map(({ key }) => key));
    const added = [...records.values()].filter(({ key }) => !seen.has(key));
    const order = [...before, ...added].sort((a, b) =>
      compare(a.summary, b.summary),
    );
    this.sorted.set(sort, order);
    this.stale.delete(sort);
    return order;
  }

  private compute(
    query: ApplicationQuery,
    decision: ApplicationDecision,
  ): string {
    const { sort = 'attention', limit = DEFAULT_LIMIT, cursor } = query;
    const { matchesAllButState, matchesState } = applicationFilters(query);
    const counts: Counts = {};
    const matches: ApplicationRecord[] = [];
    for (const record of this.order(sort)) {
      if (!decision.allows(record) || !matchesAllButState(record)) continue;
      const { state } = record.summary;
      counts[state] = (counts[state] ?? 0) + 1;
      if (matchesState(record)) matches.push(record);
    }
    const start = cursor ? placeAfter(matches, parseCursor(cursor), sort) : 0;
    const page = matches.slice(start, start + limit);
    const last = page.at(-1);
    const hasMore = last && start + limit < matches.length;
    const items = page.map(({ summaryJson }) => summaryJson).join(',');
    const next = hasMore
      ? `,"nextCursor":${JSON.stringify(formatCursor(last.summary))}`
      : '';
    return `"items":[${items}],"total":${
      matches.length
    },"counts":${JSON.stringify(counts)}${next}`;
  }

  private keep(key: string, body: string) {
    this.answers.set(key, body);
    if (this.answers.size <= KEPT_ANSWERS) return;
    const [oldest] = this.answers.keys();
    this.answers.delete(oldest);
  }
}

function placeAfter(
  matches: readonly ApplicationRecord[],
  place: Place,
  sort: Sort,
): number {
  const compare = compareApplications(sort);
  const index = matches.findIndex(
    ({ summary }) => compare(summary, { ...summary, ...place }) > 0,
  );
  return index < 0 ? matches.length : index;
}

/** The freshness of the least fresh cluster that a list covers, with its name said. */
export function listFreshness(
  clusters: PaasClusters,
  cluster?: string,
): ApplicationList['freshness'] {
  const names = cluster === undefined ? clusters.names : [cluster];
  const all = names.map(name => clusters.freshness(name));
  const worst =
    all.find(({ kind }) => kind === 'unavailable') ??
    all.find(({ kind }) => kind === 'stale');
  if (worst) return worst;
  const times = all.flatMap((each: Freshness) =>
    each.kind === 'live' ? [each.at] : [],
  );
  return times.length > 0
    ? { kind: 'live', at: times.sort()[0] }
    : {
        kind: 'unavailable',
        why: 'No cluster is configured; name one under paas.clusters in app-config.',
      };
}
