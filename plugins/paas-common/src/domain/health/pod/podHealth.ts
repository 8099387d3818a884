import { isRecord, recordAt, recordsAt, textAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { ObjectHealth } from '../Health';
import { HealthContext } from '../HealthContext';
import { podCause } from './podCause';
import { isPodDone, isPodReady } from './podState';

function startingText(pod: KubeObject): string {
  const init = recordsAt(pod, 'status', 'initContainerStatuses').find(
    status => !isRecord(recordAt(status, 'state').terminated),
  );
  if (init) return `init container ${textAt(init, 'name')} is not done`;
  const waiting = recordsAt(pod, 'status', 'containerStatuses').flatMap(
    status => textAt(status, 'state', 'waiting', 'reason') ?? [],
  );
  if (waiting.length > 0) return 'is starting';
  return textAt(pod, 'status', 'phase') === 'Running'
    ? 'is running but not ready'
    : 'is starting';
}

/** How one pod does. */
export function podHealth(
  pod: KubeObject,
  context: HealthContext,
): ObjectHealth {
  if (pod.metadata.deletionTimestamp !== undefined)
    return {
      state: 'Progressing',
      reason: 'Deleting',
      message: 'is terminating',
    };
  if (isPodDone(pod))
    return { state: 'Ready', reason: 'Completed', message: 'ran to its end' };
  if (isPodReady(pod))
    return { state: 'Ready', reason: 'Ready', message: 'is ready' };
  const cause = podCause(pod, context);
  if (!cause)
    return {
      state: 'Progressing',
      reason: 'Progressing',
      message: startingText(pod),
    };
  // A pod that is over stays so; only its controller can make up for it.
  const over = textAt(pod, 'status', 'phase') === 'Failed';
  return {
    state: cause.passing && !over ? 'Progressing' : 'Failed',
    reason: cause.reason,
    message: cause.sentence,
  };
}
