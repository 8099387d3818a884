import { Connection } from '../api/LiveUpdates';
import { useConnection } from '../live/useConnection';
import styles from './connection.module.css';

const words: Readonly<Record<Connection['kind'], string>> = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  interrupted: 'Reconnecting',
};

/** Whether this tab hears of changes, as a word and a dot. */
export function ConnectionMark() {
  const connection = useConnection();
  return (
    <span
      className={`${styles.mark} ${styles[connection.kind]}`}
      title="Changes in the clusters appear here by themselves while this says Live."
    >
      <span className={styles.dot} aria-hidden="true" />
      {words[connection.kind]}
    </span>
  );
}
