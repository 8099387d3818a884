import { useMemo, useRef, useState } from 'react';
import { Button } from '@backstage/ui';
import {
  ApplyConflict,
  PlanAnswer,
  Problem,
} from '@understage/plugin-paas-common';
import { PlanView, ProblemList } from '../components/PlanView';
import { Notice } from '../components/ViewStates';
import { useClock } from '../live/clock';
import { applicationName } from '../model/editYaml';
import { problemOf, ViewProblem } from '../model/problemOf';
import { offsetOf } from './caret';
import { ConflictView } from './ConflictView';
import { YamlField } from './YamlField';
import styles from './editor.module.css';

/** What came of applying a file; `Applied` is what is known when it went well. */
type FileAnswer<Applied> =
  | Applied
  | ApplyConflict
  | Extract<PlanAnswer, { kind: 'invalid' }>;

/** What is known about the text: nothing, being asked, its plan, or why there is none. */
type Review =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking'; readonly what: 'plan' | 'apply' }
  | { readonly kind: 'answered'; readonly answer: PlanAnswer }
  /** Others set some of the fields; `plan` is what was looked at before. */
  | {
      readonly kind: 'conflict';
      readonly conflict: ApplyConflict;
      readonly plan: PlanAnswer | undefined;
    }
  | { readonly kind: 'failed'; readonly problem: ViewProblem };

/** Edits one object as a file: what is written is planned first, and only what was planned can be applied. */
export function FileEditor<
  Applied extends { readonly kind: 'applied' },
>(props: {
  /** What the file holds, as in the file: `Application`. */
  kind: string;
  plan(text: string): Promise<PlanAnswer>;
  apply(text: string, force: boolean): Promise<FileAnswer<Applied>>;
  initial: string;
  /** The object that is edited; a file that names another one is told apart. */
  edits?: string;
  /** What is in the cluster now, to begin anew from; absent for a new one. */
  current?: string;
  /** False while something else (the namespace) is missing. */
  ready?: boolean;
  onApplied(answer: Applied): void;
  onCancel?(): void;
}) {
  const { initial, ready = true } = props;
  const noun = props.kind.toLocaleLowerCase('en-US');
  const clock = useClock();
  const [text, setText] = useState(initial);
  const [review, setReview] = useState<Review>({ kind: 'none' });
  // What the text began from. The portal's own changes are no conflict to the cluster: here they are noticed.
  const [base, setBase] = useState(initial);
  const { current } = props;
  const reload = () => {
    if (current === undefined) return;
    setText(current);
    setBase(current);
    setReview({ kind: 'none' });
  };
  const field = useRef<HTMLTextAreaElement>(null);
  const problems = problemsOf(review);

  const ask = async (what: 'plan' | 'apply', force = false) => {
    const plan = planOf(review);
    setReview({ kind: 'asking', what });
    try {
      const answer =
        what === 'plan'
          ? await props.plan(text)
          : await props.apply(text, force);
      if (answer.kind === 'applied') props.onApplied(answer);
      else if (answer.kind === 'conflict') {
        setReview({ kind: 'conflict', conflict: answer, plan });
      } else setReview({ kind: 'answered', answer });
    } catch (error) {
      const problem = problemOf(error, clock.now().toISOString());
      setReview({ kind: 'failed', problem });
    }
  };
  const goTo = (problem: Problem) => {
    const at = offsetOf(text, problem);
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
  };
  const asking = review.kind === 'asking' ? review.what : undefined;
  const planned =
    review.kind === 'answered' && review.answer.kind === 'planned';
  return (
    <div className={styles.editor}>
      <div className={styles.fieldColumn}>
        <YamlField
          ref={field}
          label={`${props.kind} (YAML)`}
          text={text}
          problems={problems}
          onChange={next => {
            setText(next);
            setReview({ kind: 'none' });
          }}
        />
        <OtherName noun={noun} edits={props.edits} text={text} />
        <div className={styles.buttons}>
          <Button
            variant={planned ? 'secondary' : 'primary'}
            isPending={asking === 'plan'}
            isDisabled={!ready || asking === 'apply' || text.trim() === ''}
            onPress={() => ask('plan')}
          >
            Preview plan
          </Button>
          <Button
            variant={planned ? 'primary' : 'secondary'}
            isPending={asking === 'apply'}
            isDisabled={!planned}
            onPress={() => ask('apply')}
          >
            Apply
          </Button>
          {props.onCancel && (
            <Button variant="tertiary" onPress={props.onCancel}>
              Cancel
            </Button>
          )}
        </div>
      </div>
      <div className={styles.review} aria-live="polite">
        <OutdatedNotice
          noun={noun}
          base={base}
          current={current}
          review={review}
          reload={reload}
        />
        <ReviewView
          review={review}
          onGo={goTo}
          takeOver={() => ask('apply', true)}
          reload={current === undefined ? undefined : reload}
        />
      </div>
    </div>
  );
}

/** Says that the file is of another object than the one on screen: nothing is renamed by it. */
function OtherName(props: {
  noun: string;
  edits: string | undefined;
  text: string;
}) {
  const { edits, text } = props;
  const name = useMemo(() => applicationName(text), [text]);
  if (edits === undefined || name === undefined || name === edits) return null;
  return (
    <Notice tone="warning" role="status">
      This file is of another {props.noun}: applying it creates or changes{' '}
      {name}, and leaves {edits} as it is.
    </Notice>
  );
}

/** The plan that was looked at last for this text. */
function planOf(review: Review): PlanAnswer | undefined {
  if (review.kind === 'answered') return review.answer;
  return review.kind === 'conflict' ? review.plan : undefined;
}

function problemsOf(review: Review): readonly Problem[] {
  if (review.kind !== 'answered') return [];
  const { answer } = review;
  return answer.kind === 'invalid' ? answer.problems : answer.warnings;
}

/** Somebody changed the object after the text was begun; to the cluster that is no conflict when it was the portal. */
function OutdatedNotice(props: {
  noun: string;
  base: string;
  current: string | undefined;
  review: Review;
  reload(): void;
}) {
  const { base, current, review } = props;
  const isOutdated = current !== undefined && current !== base;
  // A conflict says the same, and more.
  if (!isOutdated || review.kind === 'conflict') return null;
  return (
    <div className={styles.conflict}>
      <Notice
        tone="warning"
        action={
          <Button size="small" variant="secondary" onPress={props.reload}>
            Reload, dropping my text
          </Button>
        }
      >
        The {props.noun} was changed while you wrote. Applying puts your text in
        the place of that change.
      </Notice>
    </div>
  );
}

function ReviewView(props: {
  review: Review;
  onGo(problem: Problem): void;
  takeOver(): void;
  reload?(): void;
}) {
  const { review, onGo } = props;
  switch (review.kind) {
    case 'none':
      return (
        <p className={styles.hint}>
          Preview the plan to see what applying would do, object by object.
          Nothing is written before you apply.
        </p>
      );
    case 'asking':
      return (
        <p className={styles.hint} role="status">
          {review.what === 'plan' ? 'Making the plan …' : 'Applying …'}
        </p>
      );
    case 'conflict':
      return <ConflictView {...props} {...review} />;
    case 'failed':
      return (
        <Notice tone="negative" role="alert">
          {review.problem.message}
        </Notice>
      );
    default:
      return review.answer.kind === 'planned' ? (
        <PlanView plan={review.answer} />
      ) : (
        <ProblemList
          problems={review.answer.problems}
          title="Problems"
          onGo={onGo}
        />
      );
  }
}
