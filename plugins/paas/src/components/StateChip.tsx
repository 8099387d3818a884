import { ComponentState } from '@understage/plugin-paas-common';
import { toneOf } from '../model/stateLooks';
import { StateMark } from './StateMark';
import styles from './tones.module.css';

/** A state as a shape, a word and a colour. */
export function StateChip(props: { state: ComponentState }) {
  return (
    <span className={`${styles.chip} ${styles[toneOf(props.state)]}`}>
      <StateMark state={props.state} />
      {props.state}
    </span>
  );
}
