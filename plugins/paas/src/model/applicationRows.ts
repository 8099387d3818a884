import {
  ApplicationList,
  ApplicationQuery,
  ApplicationSummary,
  Freshness,
  StreamMessage,
  compareApplications,
  formatApplicationRef,
} from '@understage/plugin-paas-common';

type ApplicationsMessage = Extract<StreamMessage, { type: 'applications' }>;

/** The rows that a browser holds of one query, and what it knows about their age. */
export interface ApplicationRows {
  readonly items: readonly ApplicationSummary[];
  readonly total: number;
  readonly counts: ApplicationList['counts'];
  readonly nextCursor?: string;
  readonly freshness: Freshness;
  /** Keys of rows that arrived live and were not there before; for the polite announcement. */
  readonly arrived: readonly string[];
}

/** Rows of a first page, replacing what was held. */
export function rowsOf(list: ApplicationList): ApplicationRows {
  const { items, total, counts, nextCursor, freshness } = list;
  return { items, total, counts, nextCursor, freshness, arrived: [] };
}

/** Rows with the next page behind them; rows that the stream brought meanwhile are not doubled. */
export function appendPage(
  rows: ApplicationRows,
  page: ApplicationList,
): ApplicationRows {
  const held = new Set(rows.items.map(formatApplicationRef));
  return {
    ...rows,
    items: [
      ...rows.items,
      ...page.items.filter(item => !held.has(formatApplicationRef(item))),
    ],
    total: page.total,
    counts: page.counts,
    nextCursor: page.nextCursor,
    freshness: page.freshness,
    arrived: [],
  };
}

/**
 * Rows after a live message. Rows that are held keep their place, so that nothing jumps under the reader's pointer; new
 * ones are sorted in. A new row behind the last page that was read is left to that page.
 */
export function applyToRows(
  rows: ApplicationRows,
  message: ApplicationsMessage,
  query: Pick<ApplicationQuery, 'sort'>,
): ApplicationRows {
  const removed = new Set(message.removed);
  const upserts = new Map(
    message.upserts.map(row => [formatApplicationRef(row), row]),
  );
  const items = rows.items
    .filter(row => !removed.has(formatApplicationRef(row)))
    .map(row => {
      const key = formatApplicationRef(row);
      const next = upserts.get(key) ?? row;
      upserts.delete(key);
      return next;
    });
  const arrived: string[] = [];
  const compare = compareApplications(query.sort);
  for (const [key, row] of upserts) {
    const at = items.findIndex(held => compare(row, held) < 0);
    if (at >= 0) items.splice(at, 0, row);
    else if (rows.nextCursor === undefined) items.push(row);
    if (at >= 0 || rows.nextCursor === undefined) arrived.push(key);
  }
  return {
    ...rows,
    items,
    total: message.total,
    counts: message.counts,
    arrived,
  };
}

/**
 * Rows after the complete state of a query: whatever it does not name is gone. Rows that were held keep their places, as
 * after any other message.
 */
export function completeRows(
  rows: ApplicationRows | undefined,
  message: ApplicationsMessage,
  context: { readonly query: ApplicationQuery; readonly at: string },
): ApplicationRows {
  const { upserts, total, counts } = message;
  if (!rows) {
    const items = [...upserts].sort(compareApplications(context.query.sort));
    const freshness = { kind: 'live', at: context.at } as const;
    return { items, total, counts, freshness, arrived: [] };
  }
  const named = new Set(upserts.map(formatApplicationRef));
  const removed = rows.items
    .map(formatApplicationRef)
    .filter(key => !named.has(key));
  const { nextCursor: _, ...held } = rows;
  const next = applyToRows(held, { ...message, removed }, context.query);
  // Rows of pages that had not been read are not news.
  return rows.nextCursor === undefined ? next : { ...next, arrived: [] };
}

/** True when the rows are no longer in the order that the query asks for, because they kept their places. */
export function isOutOfOrder(
  rows: ApplicationRows,
  query: ApplicationQuery,
): boolean {
  const compare = compareApplications(query.sort);
  return rows.items.some(
    (row, index) => index > 0 && compare(rows.items[index - 1], row) > 0,
  );
}

/** The same rows, sorted as the query asks. */
export function sortRows(
  rows: ApplicationRows,
  query: Pick<ApplicationQuery, 'sort'>,
): ApplicationRows {
  return {
    ...rows,
    items: [...rows.items].sort(compareApplications(query.sort)),
    arrived: [],
  };
}

/** What a screen reader is told about rows that arrived; empty when none did. */
export function arrivalSentence(rows: ApplicationRows): string {
  const names = rows.items
    .filter(row => rows.arrived.includes(formatApplicationRef(row)))
    .map(row => row.name);
  if (names.length === 0) return '';
  return names.length <= 3
    ? `New: ${names.join(', ')}.`
    : `${names.length} new applications.`;
}
