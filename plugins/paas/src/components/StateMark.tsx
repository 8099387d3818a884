import { ComponentState } from '@understage/plugin-paas-common';
import styles from './tones.module.css';

/** One shape a state, so that colour never stands alone; on a grid of 12. */
const shapes: Readonly<Record<ComponentState, JSX.Element>> = {
  Ready: <path d="M2.5 6.5 5 9l4.5-6" fill="none" strokeWidth="2" />,
  Progressing: (
    <path
      d="M10 6a4 4 0 1 1-1.5-3.1M9.5 1v2.5H7"
      fill="none"
      strokeWidth="1.6"
    />
  ),
  Waiting: (
    <path
      d="M6 3v3l2 1.6M6 10.4a4.4 4.4 0 1 0 0-8.8 4.4 4.4 0 0 0 0 8.8Z"
      fill="none"
      strokeWidth="1.5"
    />
  ),
  Degraded: (
    <path
      d="M6 1.8 11 10.2H1ZM6 5v2.4M6 8.8v.2"
      fill="none"
      strokeWidth="1.4"
    />
  ),
  Failed: <path d="m3 3 6 6M9 3 3 9" fill="none" strokeWidth="2" />,
  Paused: <path d="M4 2.5v7M8 2.5v7" fill="none" strokeWidth="2" />,
  Unknown: (
    <path
      d="M4 4.2a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M6 9.6v.2"
      fill="none"
      strokeWidth="1.6"
    />
  ),
};

/** The shape of a state, in the colour of the text around it. Decoration: the state's name has to stand beside it. */
export function StateMark(props: { state: ComponentState; size?: number }) {
  return (
    <svg
      className={styles.mark}
      style={props.size ? { width: props.size, height: props.size } : undefined}
      viewBox="0 0 12 12"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[props.state]}
    </svg>
  );
}
