import {
  ApplicationList,
  ComponentState,
  attentionOrder,
} from '@understage/plugin-paas-common';
import { StateMark } from '../components/StateMark';
import { toneOf } from '../model/stateLooks';
import styles from './applications.module.css';

/** One chip a state with its count; pressed chips narrow the list to their states. */
export function StateFilters(props: {
  counts: ApplicationList['counts'] | undefined;
  chosen: readonly ComponentState[];
  onToggle(state: ComponentState): void;
  onChoose(states: readonly ComponentState[] | undefined): void;
}) {
  const { counts, chosen, onToggle, onChoose } = props;
  const all = attentionOrder.reduce(
    (sum, state) => sum + (counts?.[state] ?? 0),
    0,
  );
  return (
    <div className={styles.chips} role="group" aria-label="Filter by state">
      <button
        type="button"
        className={styles.chip}
        aria-pressed={chosen.length === 0}
        onClick={() => onChoose(undefined)}
      >
        All <Count of={counts && all} />
      </button>
      {attentionOrder.map(state => (
        <button
          key={state}
          type="button"
          className={`${styles.chip} ${styles[toneOf(state)]}`}
          aria-pressed={chosen.includes(state)}
          data-none={counts !== undefined && !counts[state] ? '' : undefined}
          onClick={() => onToggle(state)}
        >
          <StateMark state={state} />
          {state} <Count of={counts && (counts[state] ?? 0)} />
        </button>
      ))}
    </div>
  );
}

function Count(props: { of: number | undefined }) {
  return (
    <span className={styles.chipCount}>
      {props.of === undefined ? '–' : props.of.toLocaleString('en')}
    </span>
  );
}
