import { ButtonLink } from '@backstage/ui';
import { ApplicationQuery, Freshness } from '@understage/plugin-paas-common';
import { ConnectionMark } from '../components/ConnectionMark';
import { ApplicationRows, isOutOfOrder } from '../model/applicationRows';
import { useRootPath } from '../routes';
import { OrderSelect } from './OrderSelect';
import styles from './applications.module.css';

/** How many were found, whether that is live, in which order they are, and the way to one more. */
export function CountRow(props: {
  /** Absent until the first ones are read. */
  rows: ApplicationRows | undefined;
  /** True while rows of another query are awaited. */
  busy: boolean;
  query: ApplicationQuery;
  change(query: ApplicationQuery): void;
  sortAgain(): void;
  /** How fresh what is shown is, of each cluster. */
  freshness: readonly Freshness[];
}) {
  const { rows, busy, query, change, sortAgain, freshness } = props;
  const root = useRootPath();
  return (
    <div className={styles.count}>
      <span>{countSentence(rows)}</span>
      <ConnectionMark of={freshness} />
      <button
        type="button"
        className={styles.sortAgain}
        onClick={sortAgain}
        hidden={busy || !rows || !isOutOfOrder(rows, query)}
      >
        Order has changed: sort again
      </button>
      <OrderSelect
        sort={query.sort}
        onChange={sort => change({ ...query, sort })}
      />
      <ButtonLink
        href={`${root}/new`}
        variant="primary"
        size="small"
        className={styles.create}
      >
        Create application
      </ButtonLink>
    </div>
  );
}

function countSentence(rows: ApplicationRows | undefined): string {
  if (!rows) return 'Applications';
  return rows.total === 1
    ? '1 application'
    : `${rows.total.toLocaleString('en')} applications`;
}
