import { ReactNode } from 'react';
import styles from './section.module.css';

/** A part of a page with a heading. */
export function Section(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={props.title}>
      <div className={styles.head}>
        <h3 className={styles.title}>{props.title}</h3>
        {props.actions}
      </div>
      {props.children}
    </section>
  );
}
