import { memo } from 'react';
import { Link } from 'react-router-dom';
import { ApplicationSummary } from '@understage/plugin-paas-common';
import { RelativeTime } from '../components/RelativeTime';
import { StateChip } from '../components/StateChip';
import { applicationPath } from '../model/applicationKey';
import { ownerName } from '../model/ownerName';
import { useRootPath } from '../routes';
import styles from './applications.module.css';

/** One application in the list. Drawn anew only when it changed. */
export const ApplicationRow = memo(
  (props: {
    row: ApplicationSummary;
    /** Position in the table, 1 for the header. */
    index: number;
  }) => {
    const { row, index } = props;
    const root = useRootPath();
    return (
      <div role="row" aria-rowindex={index} className={styles.row}>
        <div role="cell" className={styles.name}>
          <Link to={`${root}/${applicationPath(row)}`} className={styles.link}>
            {row.name}
          </Link>
          <span
            className={styles.place}
            title={`${row.cluster} / ${row.namespace}`}
          >
            {row.cluster} / {row.namespace}
          </span>
        </div>
        <div role="cell" className={styles.state}>
          <StateChip state={row.state} />
        </div>
        <div role="cell" className={styles.message} title={row.message}>
          <span>{row.message}</span>
        </div>
        <div role="cell" className={styles.number}>
          {row.replicas.desired > 0
            ? `${row.replicas.ready}/${row.replicas.desired}`
            : '–'}
        </div>
        <div role="cell" className={`${styles.number} ${styles.wide}`}>
          {row.release === undefined ? '–' : `#${row.release}`}
        </div>
        <div
          role="cell"
          className={`${styles.owner} ${styles.wide}`}
          title={row.owner}
        >
          {row.owner ? ownerName(row.owner) : '–'}
        </div>
        <div role="cell" className={styles.time}>
          <RelativeTime time={row.since ?? row.createdAt} />
        </div>
      </div>
    );
  },
);
