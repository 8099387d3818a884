import { Button } from '@backstage/ui';
import { ActionState } from '../live/useAction';
import { Notice } from './ViewStates';

/** What became of the last action: stays until it is dismissed. */
export function ActionNotice(props: { state: ActionState; dismiss(): void }) {
  const { state, dismiss } = props;
  const close = (
    <Button size="small" variant="tertiary" onPress={dismiss}>
      Dismiss
    </Button>
  );
  switch (state.kind) {
    case 'running':
      return (
        <Notice tone="active" role="status">
          {state.what} …
        </Notice>
      );
    case 'done':
      return (
        <Notice tone="positive" role="status" action={close}>
          {state.message}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="negative" role="alert" action={close}>
          {state.what} failed: {state.problem.message}
        </Notice>
      );
    default:
      return null;
  }
}
