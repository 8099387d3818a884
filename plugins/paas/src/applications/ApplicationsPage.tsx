import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Container } from '@backstage/ui';
import { ApplicationQuery } from '@understage/plugin-paas-common';
import { FreshnessNotices, sourcesOf } from '../components/FreshnessNotices';
import { ErrorState, ForbiddenState } from '../components/ViewStates';
import { LiveRows, useApplications } from '../live/useApplications';
import { usePageTitle } from '../live/usePageTitle';
import { readQuery, toggleState, writeQuery } from '../model/applicationQuery';
import { CountRow } from './CountRow';
import { FoundRows } from './FoundRows';
import { QueryFilters } from './QueryFilters';
import { StateFilters } from './StateFilters';
import { TableSkeleton } from './TableSkeleton';
import styles from './applications.module.css';

/** The query in the page's address, and how to change it. Typing replaces the entry, everything else adds one. */
function useAddressQuery() {
  const [parameters, setParameters] = useSearchParams();
  const text = writeQuery(readQuery(parameters)).toString();
  const query = useMemo(() => readQuery(new URLSearchParams(text)), [text]);
  const change = (next: ApplicationQuery, replace = false) =>
    setParameters(writeQuery(next), { replace });
  return { query, change };
}

/** Rows of the query before stay on screen until those of the next one are there: filtering does not flicker. */
function useLastRows(rows: LiveRows | undefined): LiveRows | undefined {
  const last = useRef(rows);
  useEffect(() => {
    if (rows) last.current = rows;
  }, [rows]);
  return rows ?? last.current;
}

/** What runs, and what needs somebody. */
export function ApplicationsPage() {
  const { query, change } = useAddressQuery();
  const { value, problem, more, loadMore, reload, sortAgain } =
    useApplications(query);
  const rows = useLastRows(value);
  const sources = sourcesOf(value);
  usePageTitle('Applications');

  if (problem?.kind === 'forbidden' || problem?.kind === 'missing') {
    return <ForbiddenState what="applications" message={problem.message} />;
  }
  if (problem && !rows) {
    return (
      <ErrorState
        what="The list of applications"
        message={problem.message}
        at={problem.at}
        retry={reload}
      />
    );
  }

  return (
    <Container className={styles.page}>
      <StateFilters
        counts={rows?.counts}
        chosen={query.state ?? []}
        onChoose={state => change({ ...query, state })}
        onToggle={state => change(toggleState(query, state))}
      />
      <QueryFilters query={query} rows={rows} onChange={change} />
      <div className={styles.notices}>
        <FreshnessNotices sources={sources} problem={problem} retry={reload} />
      </div>
      <CountRow
        rows={rows}
        busy={!value}
        query={query}
        change={change}
        sortAgain={sortAgain}
        freshness={sources.map(({ freshness }) => freshness)}
      />
      {rows ? (
        <FoundRows
          rows={rows}
          busy={!value}
          query={query}
          change={change}
          more={more}
          loadMore={loadMore}
          complete={sources.every(({ freshness }) => freshness.kind === 'live')}
        />
      ) : (
        <TableSkeleton />
      )}
    </Container>
  );
}
