import { ReactNode } from 'react';
import styles from './code.module.css';

/** Content that may be wider than its place. It scrolls, so it takes the focus for those without a mouse. */
export function ScrollBox(props: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  const { label, className, children } = props;
  return (
    <div
      role="region"
      aria-label={label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={`${styles.scroll} ${className}`}
    >
      {children}
    </div>
  );
}
