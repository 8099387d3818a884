import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '@backstage/ui';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  ApplicationQuery,
  formatApplicationRef,
} from '@understage/plugin-paas-common';
import { ApplicationRows } from '../model/applicationRows';
import { ApplicationRow } from './ApplicationRow';
import styles from './applications.module.css';

type SortColumn = 'name' | 'namespace' | 'since';

/** Heights of a row, as the style sheet sets them: fixed, so that a live change moves nothing. */
const ROW = 60;
const NARROW_ROW = 112;

const columns: readonly { title: string; sort?: SortColumn; only?: string }[] =
  [
    { title: 'Application', sort: 'name' },
    { title: 'State' },
    { title: 'Health' },
    { title: 'Replicas' },
    { title: 'Release', only: 'wide' },
    { title: 'Owner', only: 'wide' },
    { title: 'Changed', sort: 'since' },
  ];

type AriaSort = 'ascending' | 'descending' | 'none';

function ariaSort(
  sort: ApplicationQuery['sort'],
  column: SortColumn,
): AriaSort {
  if (sort === column) return 'ascending';
  return sort === `-${column}` ? 'descending' : 'none';
}

const arrows: Readonly<Record<AriaSort, string>> = {
  ascending: '▲',
  descending: '▼',
  none: '',
};

/** The rows that are in sight, of any number; the page itself scrolls. */
export function ApplicationTable(props: {
  rows: ApplicationRows;
  sort: ApplicationQuery['sort'];
  /** True while rows of another query are awaited. */
  busy: boolean;
  loadingMore: boolean;
  onSort(column: SortColumn): void;
  /** Called when the end of the held rows comes into sight and more exist. */
  onEnd(): void;
}) {
  const { rows, sort, busy, loadingMore, onSort, onEnd } = props;
  const narrow = useMediaQuery('(max-width: 760px)', { noSsr: true });
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setOffset(top + window.scrollY);
  }, [narrow]);
  const height = narrow ? NARROW_ROW : ROW;
  const virtualizer = useWindowVirtualizer({
    count: rows.items.length,
    estimateSize: () => height,
    getItemKey: index => formatApplicationRef(rows.items[index]),
    overscan: 8,
    scrollMargin: offset,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height]);
  const visible = virtualizer.getVirtualItems();
  const last = visible[visible.length - 1]?.index ?? 0;
  const atEnd =
    rows.nextCursor !== undefined && last >= rows.items.length - 20 && !busy;
  useEffect(() => {
    if (atEnd && !loadingMore) onEnd();
    // Once for each page: `onEnd` is a new function at each drawing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [atEnd, rows.nextCursor]);
  const before = visible.length > 0 ? visible[0].start - offset : 0;
  const after =
    visible.length > 0
      ? virtualizer.getTotalSize() - (visible[visible.length - 1].end - offset)
      : 0;

  return (
    <>
      <div
        role="table"
        aria-label="Applications"
        aria-rowcount={rows.total + 1}
        aria-busy={busy}
        className={styles.table}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.headRow}>
            {columns.map(({ title, sort: column, only }) => (
              <div
                key={title}
                role="columnheader"
                aria-sort={column && ariaSort(sort, column)}
                className={only && styles[only]}
              >
                {column ? (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={() => onSort(column)}
                  >
                    {title}
                    <span aria-hidden="true" className={styles.arrow}>
                      {arrows[ariaSort(sort, column)]}
                    </span>
                  </button>
                ) : (
                  title
                )}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" ref={body}>
          <div role="presentation" style={{ height: before }} />
          {visible.map(item => (
            <ApplicationRow
              key={item.key}
              row={rows.items[item.index]}
              index={item.index + 2}
            />
          ))}
          <div role="presentation" style={{ height: after }} />
        </div>
      </div>
      {rows.nextCursor !== undefined && (
        <div className={styles.more}>
          <Button
            size="small"
            variant="secondary"
            isPending={loadingMore}
            onPress={onEnd}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
