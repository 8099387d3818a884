import { forwardRef, useId, useRef } from 'react';
import { Problem } from '@understage/plugin-paas-common';
import styles from './editor.module.css';

/** A text area with line numbers; lines with problems are marked. Tab leaves it: no one is caught inside. */
export const YamlField = forwardRef<
  HTMLTextAreaElement,
  {
    label: string;
    text: string;
    problems: readonly Problem[];
    onChange(text: string): void;
  }
>((props, ref) => {
  const { label, text, problems, onChange } = props;
  const id = useId();
  const gutter = useRef<HTMLDivElement>(null);
  const marked = new Set(problems.map(problem => problem.line));
  const lines = text.split('\n').length;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.area}>
        <div className={styles.gutter} ref={gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => (
            <span
              key={index}
              className={marked.has(index + 1) ? styles.marked : undefined}
            >
              {index + 1}
            </span>
          ))}
        </div>
        <textarea
          id={id}
          ref={ref}
          className={styles.text}
          value={text}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          aria-invalid={problems.length > 0}
          onChange={event => onChange(event.target.value)}
          onScroll={event => {
            if (gutter.current) {
              gutter.current.scrollTop = event.currentTarget.scrollTop;
            }
          }}
        />
      </div>
    </div>
  );
});
