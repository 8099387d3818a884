import { recordsAt, textAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { Cause } from '../Cause';
import { explainScheduling, waitsForVolume } from '../explainScheduling';
import { HealthContext } from '../HealthContext';
import { volumeCause } from '../volumeCause';
import { Detect } from './Detect';
import { condition } from './podState';

function claimNames(pod: KubeObject): readonly string[] {
  return recordsAt(pod, 'spec', 'volumes').flatMap(
    volume => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? [],
  );
}

function unboundVolume(
  pod: KubeObject,
  message: string,
  context: HealthContext,
): Cause {
  const names = claimNames(pod);
  for (const name of names) {
    const claim = context.claims.get(name);
    const cause = claim && volumeCause(claim, context);
    if (cause) return cause;
  }
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(
    message,
  )?.[1];
  const sentence =
    missing === undefined
      ? `can not be scheduled: ${
          names.length === 1 ? `the volume ${names[0]} is` : 'its volumes are'
        } not bound yet`
      : `can not be scheduled: the volume ${missing} does not exist`;
  return {
    reason: 'VolumePending',
    sentence,
    subjects: [pod.metadata.name],
    passing: missing === undefined,
  };
}

/** The scheduler finds no node. */
export const notScheduled: Detect = (pod, context) => {
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled.status !== 'False') return undefined;
  const message = textAt(scheduled, 'message') ?? '';
  if (scheduled.reason === 'SchedulingGated') {
    return {
      reason: 'Unschedulable',
      sentence: 'waits until its scheduling gates are lifted',
      subjects: [pod.metadata.name],
      passing: true,
    };
  }
  if (waitsForVolume(message)) return unboundVolume(pod, message, context);
  return {
    reason: 'Unschedulable',
    sentence: `can not be scheduled: ${explainScheduling(message)}`,
    subjects: [pod.metadata.name],
  };
};
