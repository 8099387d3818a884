import { ComponentState, TenantState } from '@understage/plugin-paas-common';
import { StateMark } from '../components/StateMark';
import { toneOf } from '../model/stateLooks';
import styles from '../components/tones.module.css';

/** A tenant's state looks like the component's state of the same meaning. */
export function looksLike(state: TenantState): ComponentState {
  return state === 'Offboarding' ? 'Waiting' : state;
}

/** A tenant's state as a shape, a word and a colour. */
export function TenantStateChip(props: { state: TenantState }) {
  const looks = looksLike(props.state);
  return (
    <span className={`${styles.chip} ${styles[toneOf(looks)]}`}>
      <StateMark state={looks} />
      {props.state}
    </span>
  );
}
