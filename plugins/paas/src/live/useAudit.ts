import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { AuditEntry, AuditQuery } from '@understage/plugin-paas-common';
import { tenantsApiRef } from '../api/TenantsApi';
import { problemOf, ViewProblem } from '../model/problemOf';
import { useClock } from './clock';

const PAGE = 50;

interface Held {
  /** The query that the lines are of. */
  readonly key: string;
  readonly items?: readonly AuditEntry[];
  readonly nextCursor?: string;
  readonly problem?: ViewProblem;
  readonly loading: boolean;
}

/** A part of the audit trail, page by page. It is history: read when asked for, and again by `reload`. */
export function useAudit(query: AuditQuery) {
  const api = useApi(tenantsApiRef);
  const clock = useClock();
  const key = JSON.stringify(query);
  const latest = useRef(query);
  latest.current = query;
  const [held, setHeld] = useState<Held>({ key, loading: true });
  const reading = useRef<AbortController>();

  const read = useCallback(
    async (cursor?: string) => {
      reading.current?.abort();
      const abort = new AbortController();
      reading.current = abort;
      setHeld(before => ({
        ...(before.key === key ? before : {}),
        key,
        loading: true,
      }));
      const asked = {
        ...latest.current,
        limit: PAGE,
        ...(cursor && { cursor }),
      };
      try {
        const { signal } = abort;
        const { items, nextCursor } = await api.listAudit(asked, { signal });
        if (signal.aborted) return;
        setHeld(before => ({
          key,
          items: cursor ? [...(before.items ?? []), ...items] : items,
          nextCursor,
          loading: false,
        }));
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = problemOf(error, clock.now().toISOString());
        setHeld(before => ({ ...before, key, problem, loading: false }));
      }
    },
    [api, clock, key],
  );

  useEffect(() => {
    read();
    return () => reading.current?.abort();
  }, [read]);

  const current: Held = held.key === key ? held : { key, loading: true };
  return {
    ...current,
    reload: useCallback(() => read(), [read]),
    loadMore: () => read(current.nextCursor),
  };
}
