import { PlanAnswer, Problem } from '@understage/plugin-paas-common';
import { hasWork, planLines } from '../model/planLines';
import { Words } from './Words';
import styles from './plan.module.css';
import tones from './tones.module.css';

/** What would be done, object by object, and what would be refused. */
export function PlanView(props: {
  plan: Extract<PlanAnswer, { kind: 'planned' }>;
}) {
  const { actions, summary, warnings } = props.plan;
  const { lines, unchanged } = planLines(actions);
  return (
    <section aria-label="Plan" className={styles.plan}>
      <p className={styles.summary}>
        {hasWork(actions)
          ? summary
          : 'Nothing to do: everything is as this file asks for.'}
      </p>
      <ProblemList problems={warnings} title="Warnings" tone="warning" />
      {lines.length > 0 && (
        <ol className={styles.lines}>
          {lines.map(line => (
            <li key={`${line.verb} ${line.object}`} className={styles.line}>
              <span
                className={`${styles.sign} ${tones[line.tone]}`}
                aria-hidden="true"
              >
                {line.sign}
              </span>
              <div className={styles.what}>
                <span>
                  {line.verb} <strong>{line.object}</strong>
                  {line.component && (
                    <span className={styles.component}> {line.component}</span>
                  )}
                </span>
                {line.why && (
                  <span className={styles.why}>
                    <Words>{line.why}</Words>
                  </span>
                )}
                {line.changes.length > 0 && (
                  <ul className={styles.changes}>
                    {line.changes.map(({ path, from, to }) => (
                      <li key={path}>
                        <code className={styles.path}>{path}</code>
                        <span className={styles.values}>
                          <del>{from}</del> <ins>{to}</ins>
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {unchanged > 0 && (
        <p className={styles.unchanged}>
          {unchanged === 1
            ? '1 object stays as it is.'
            : `${unchanged} objects stay as they are.`}
        </p>
      )}
    </section>
  );
}

/** Problems of a file, each with its place; `onGo` makes the place a button. */
export function ProblemList(props: {
  problems: readonly Problem[];
  title: string;
  /** How bad: problems stop, warnings do not. */
  tone?: 'negative' | 'warning';
  onGo?(problem: Problem): void;
}) {
  const { problems, title, tone = 'negative', onGo } = props;
  if (problems.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>
        {title} ({problems.length})
      </h3>
      <ul className={`${styles.problems} ${styles[`${tone}List`]}`}>
        {problems.map(problem => (
          <li key={`${problem.path} ${problem.message}`}>
            <Place problem={problem} onGo={onGo} />
            <span>
              <Words>{problem.message}</Words>
            </span>
            {problem.suggestion && !saysIt(problem) && (
              <span className={styles.why}>
                Did you mean <code>{problem.suggestion}</code>?
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Most messages hold the suggestion already. */
function saysIt({ message, suggestion = '' }: Problem): boolean {
  return message.includes(`\`${suggestion}\``);
}

function Place(props: { problem: Problem; onGo?(problem: Problem): void }) {
  const { problem, onGo } = props;
  const { line, column, path } = problem;
  const where = [
    ...(line === undefined ? [] : [`Line ${line}`]),
    ...(column === undefined ? [] : [`column ${column}`]),
  ].join(', ');
  return (
    <span className={styles.place}>
      {where !== '' && onGo ? (
        <button type="button" onClick={() => onGo(problem)}>
          {where}
        </button>
      ) : (
        where
      )}
      {path !== '' && <code>{path}</code>}
    </span>
  );
}
