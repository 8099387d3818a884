import { Skeleton } from '@backstage/ui';
import styles from './applications.module.css';

const rows = Array.from({ length: 8 }, (_, index) => index);

/** Rows to be, in their final height. */
export function TableSkeleton() {
  return (
    <div
      className={styles.skeleton}
      role="status"
      aria-label="Loading applications"
    >
      <div className={styles.skeletonHead} />
      {rows.map(row => (
        <div key={row} className={styles.skeletonRow}>
          <Skeleton width={`${60 + ((row * 37) % 40)}%`} height={14} />
          <Skeleton width={80} height={20} />
          <Skeleton width={`${50 + ((row * 53) % 40)}%`} height={14} />
        </div>
      ))}
    </div>
  );
}
