import { Button } from '@backstage/ui';
import { ApplyConflict, PlanAnswer } from '@understage/plugin-paas-common';
import { PlanView } from '../components/PlanView';
import { Notice } from '../components/ViewStates';
import styles from './editor.module.css';

/** Fields that somebody else set: whose they are, and the ways on. To take them over is a second choice of its own. */
export function ConflictView(props: {
  conflict: ApplyConflict;
  /** What applying does, as it was looked at before. */
  plan: PlanAnswer | undefined;
  takeOver(): void;
  /** Begins anew from what is in the cluster; absent where nothing is. */
  reload?(): void;
}) {
  const { conflict, plan, takeOver, reload } = props;
  const { fields, message } = conflict;
  const owners = [...new Set(fields.map(({ by }) => by))].join(', ');
  const [what, them] =
    fields.length === 1 ? ['this field', 'it'] : ['these fields', 'them'];
  return (
    <section aria-label="Conflict" className={styles.conflict}>
      <Notice tone="warning" role="alert">
        {fields.length === 0
          ? message
          : `Nothing was applied: ${owners} set ${what}, and your text says something else. Write ${them} as ${owners} did, or take ${them} over.`}
      </Notice>
      {fields.length > 0 && (
        <dl className={styles.conflictFields}>
          {fields.map(({ field, by }) => (
            <div key={`${by} ${field}`}>
              <dt>
                <code>{field}</code>
              </dt>
              <dd>set by {by}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className={styles.buttons}>
        {reload && (
          <Button variant="primary" onPress={reload}>
            Reload, dropping my text
          </Button>
        )}
        <Button variant="secondary" onPress={takeOver}>
          Take over and apply
        </Button>
      </div>
      {plan?.kind === 'planned' && (
        <>
          <p className={styles.hint}>
            Taking over does this, and from then on {owners || 'the other side'}{' '}
            is told of a conflict:
          </p>
          <PlanView plan={plan} />
        </>
      )}
    </section>
  );
}
