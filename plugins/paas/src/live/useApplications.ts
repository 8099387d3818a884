import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  ApplicationQuery,
  Freshness,
  applicationsTopic,
} from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import {
  appendPage,
  ApplicationRows,
  applyToRows,
  completeRows,
  rowsOf,
  sortRows,
} from '../model/applicationRows';
import { problemOf, ViewProblem } from '../model/problemOf';
import { useClock } from './clock';
import { Heard, useLiveReading } from './useLiveReading';

const PAGE = 100;
/** The most that one request may ask for. */
const LARGEST_PAGE = 500;

/** The rows of a query and how fresh each cluster's are, by name. */
export interface LiveRows extends ApplicationRows {
  readonly clusters: Readonly<Record<string, Freshness>>;
}

function reduceRows(query: ApplicationQuery, now: () => Date) {
  return (
    rows: LiveRows | undefined,
    { message, complete }: Heard,
  ): LiveRows | undefined => {
    if (message.type === 'freshness') {
      const { cluster, freshness } = message;
      return (
        rows && {
          ...rows,
          clusters: { ...rows.clusters, [cluster]: freshness },
        }
      );
    }
    if (message.type !== 'applications') return rows;
    if (complete) {
      const at = now().toISOString();
      const next = completeRows(rows, message, { query, at });
      return { clusters: {}, ...rows, ...next, nextCursor: undefined };
    }
    return rows && { ...rows, ...applyToRows(rows, message, query) };
  };
}

/** The Applications list, live, one page after the other. */
export function useApplications(query: ApplicationQuery) {
  const api = useApi(paasApiRef);
  const clock = useClock();
  const [more, setMore] = useState<'idle' | 'loading' | ViewProblem>('idle');
  const topic = applicationsTopic(query);
  const held = useRef({ topic, count: 0 });
  if (held.current.topic !== topic) held.current = { topic, count: 0 };
  const reading = useLiveReading<LiveRows>({
    topic,
    read: async signal => {
      // A read after an interruption asks for as much as is on screen, so that nobody is thrown back to the first page.
      const limit = Math.min(LARGEST_PAGE, Math.max(PAGE, held.current.count));
      const list = await api.listApplications({ ...query, limit }, { signal });
      return { ...rowsOf(list), clusters: {} };
    },
    reduce: reduceRows(query, clock.now),
  });
  const { value, update } = reading;
  held.current.count = value?.items.length ?? 0;
  const cursor = value?.nextCursor;

  const { sort } = query;
  const sorted = useRef(sort);
  const { reload } = reading;
  useEffect(() => {
    if (sorted.current === sort) return;
    sorted.current = sort;
    // The stream carries every match, so they are sorted here; before it has come, the server sorts.
    update(rows => ({ ...rows, ...sortRows(rows, { sort }) }));
    if (cursor !== undefined) reload();
  }, [sort, cursor, update, reload]);

  const loadMore = async () => {
    if (cursor === undefined || more === 'loading') return;
    setMore('loading');
    try {
      const page = await api.listApplications({
        ...query,
        limit: PAGE,
        cursor,
      });
      update(rows =>
        // Another answer may have replaced the rows meanwhile; their next page is another one.
        rows.nextCursor === cursor
          ? { ...rows, ...appendPage(rows, page) }
          : rows,
      );
      setMore('idle');
    } catch (error) {
      setMore(problemOf(error, clock.now().toISOString()));
    }
  };

  const sortAgain = useCallback(
    () => update(rows => ({ ...rows, ...sortRows(rows, query) })),
    [update, query],
  );

  return { ...reading, more, loadMore, sortAgain };
}
