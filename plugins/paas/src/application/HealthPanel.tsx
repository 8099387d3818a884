import { ReactNode } from 'react';
import { ApplicationSummary } from '@understage/plugin-paas-common';
import { ReasonLink } from '../components/ReasonLink';
import { LastingTime } from '../components/RelativeTime';
import { StateMark } from '../components/StateMark';
import { toneOf, whoHasToAct } from '../model/stateLooks';
import tones from '../components/tones.module.css';
import styles from './application.module.css';

/** The sentence of health with its root cause, who has to act, and since when it is so. */
export function HealthPanel(props: {
  summary: Pick<
    ApplicationSummary,
    'state' | 'message' | 'since' | 'createdAt'
  > & { readonly reason: string };
  /** Where to read on. */
  more?: ReactNode;
}) {
  const { state, reason, message, since, createdAt } = props.summary;
  const who = whoHasToAct(reason);
  return (
    <section
      aria-label="Health"
      className={`${styles.health} ${tones[toneOf(state)]}`}
    >
      <span className={styles.healthMark}>
        <StateMark state={state} size={20} />
      </span>
      <div className={styles.healthText}>
        <p className={styles.sentence}>{message}</p>
        <p className={styles.healthMore}>
          {state}
          {reason !== state && (
            <>
              {' ('}
              <ReasonLink reason={reason} />)
            </>
          )}{' '}
          <LastingTime since={since ?? createdAt} />.{who && ` ${who}`}{' '}
          {props.more}
        </p>
      </div>
    </section>
  );
}
