import { Freshness } from '@understage/plugin-paas-common';
import { Connection } from '../api/LiveUpdates';
import { useConnection } from '../live/useConnection';
import styles from './connection.module.css';

type Mark = Connection['kind'] | 'behind';

const words: Readonly<Record<Mark, string>> = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  interrupted: 'Reconnecting',
  behind: 'Out of date',
};

/** Whether this tab hears of changes, and the portal of those in its clusters: both have to, to be live. */
export function ConnectionMark(props: { of: readonly Freshness[] }) {
  const { kind } = useConnection();
  const behind = props.of.some(freshness => freshness.kind !== 'live');
  const mark: Mark = kind === 'live' && behind ? 'behind' : kind;
  return (
    <span
      className={`${styles.mark} ${styles[mark]}`}
      title="Changes in the clusters appear here by themselves while this says Live."
    >
      <span className={styles.dot} aria-hidden="true" />
      {words[mark]}
    </span>
  );
}
