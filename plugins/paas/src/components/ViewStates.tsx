import { ReactNode } from 'react';
import { Button } from '@backstage/ui';
import { CopyButton } from './CopyButton';
import { RelativeTime } from './RelativeTime';
import styles from './states.module.css';
// The tones are custom properties that this sheet defines.
import './tones.module.css';

/** Nothing to show, and what to do next. */
export function EmptyState(props: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className={styles.state}>
      <h2 className={styles.title}>{props.title}</h2>
      {props.children}
      {props.actions && <div className={styles.actions}>{props.actions}</div>}
    </section>
  );
}

/** A command line that is copied in one click. */
export function Command(props: { children: string }) {
  return (
    <div className={styles.command}>
      <code>{props.children}</code>
      <CopyButton text={props.children} label="Copy the command" />
    </div>
  );
}

/** The user may not see this, and who can change that. */
export function ForbiddenState(props: { what: string; message: string }) {
  return (
    <section className={styles.state} role="alert">
      <h2 className={styles.title}>You may not see {props.what}</h2>
      <p className={styles.text}>{props.message}</p>
      <p className={styles.text}>
        The owning team, or the platform team of this portal, can grant it.
      </p>
    </section>
  );
}

/** It does not exist, or not any more. */
export function MissingState(props: {
  what: string;
  message: string;
  actions?: ReactNode;
}) {
  return (
    <section className={styles.state}>
      <h2 className={styles.title}>{props.what} was not found</h2>
      <p className={styles.text}>{props.message}</p>
      {props.actions && <div className={styles.actions}>{props.actions}</div>}
    </section>
  );
}

/** Nothing could be read: what failed, since when, and the way to try again. */
export function ErrorState(props: {
  what: string;
  message: string;
  at: string;
  retry(): void;
}) {
  return (
    <section className={styles.state} role="alert">
      <h2 className={styles.title}>{props.what} could not be read</h2>
      <p className={styles.text}>{props.message}</p>
      <p className={styles.text}>
        Failed <RelativeTime time={props.at} />. Nothing is shown because
        nothing was read before.
      </p>
      <div className={styles.actions}>
        <Button variant="secondary" onPress={props.retry}>
          Try again
        </Button>
      </div>
    </section>
  );
}

/** One line above something that stays on screen although not all is well with it. */
export function Notice(props: {
  tone: 'warning' | 'negative' | 'positive' | 'neutral' | 'active';
  children: ReactNode;
  action?: ReactNode;
  /** Spoken at once (`alert`) or when the reader is idle (`status`); silent when absent. */
  role?: 'alert' | 'status';
}) {
  return (
    <div className={`${styles.notice} ${styles[props.tone]}`} role={props.role}>
      <p className={styles.noticeText}>{props.children}</p>
      {props.action}
    </div>
  );
}
