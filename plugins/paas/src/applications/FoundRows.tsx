import { ApplicationQuery } from '@understage/plugin-paas-common';
import { LiveRegion } from '../components/CopyButton';
import { Notice } from '../components/ViewStates';
import { isFiltered, nextSort } from '../model/applicationQuery';
import { ApplicationRows, arrivalSentence } from '../model/applicationRows';
import { ViewProblem } from '../model/problemOf';
import { ApplicationTable } from './ApplicationTable';
import { NoApplications, NoMatches, NothingKnown } from './EmptyLists';

/** The table of the rows of a query, or what to do when there is none. */
export function FoundRows(props: {
  rows: ApplicationRows;
  /** True while rows of another query are awaited. */
  busy: boolean;
  query: ApplicationQuery;
  change(query: ApplicationQuery): void;
  more: 'idle' | 'loading' | ViewProblem;
  loadMore(): void;
  /** False while a cluster is behind or out of reach: nothing found does not mean that nothing runs. */
  complete: boolean;
}) {
  const { rows, busy, query, change, more, loadMore, complete } = props;
  return (
    <>
      {rows.total === 0 ? (
        <Nothing
          filtered={isFiltered(query)}
          complete={complete}
          clear={() => change({})}
        />
      ) : (
        <ApplicationTable
          rows={rows}
          sort={query.sort}
          busy={busy}
          onSort={column =>
            change({ ...query, sort: nextSort(query.sort, column) })
          }
          onEnd={loadMore}
          loadingMore={more === 'loading'}
        />
      )}
      {typeof more === 'object' && (
        <Notice tone="negative" role="alert">
          More rows could not be read: {more.message}
        </Notice>
      )}
      <LiveRegion>{arrivalSentence(rows)}</LiveRegion>
    </>
  );
}

function Nothing(props: {
  filtered: boolean;
  complete: boolean;
  clear(): void;
}) {
  if (props.filtered) return <NoMatches clear={props.clear} />;
  return props.complete ? <NoApplications /> : <NothingKnown />;
}
