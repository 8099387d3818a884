import { recordsAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { Cause } from '../Cause';
import { explainContainer } from '../explainContainer';
import { HealthContext } from '../HealthContext';
import { Detect } from './Detect';
import { evicted, mountTrouble, nodeLost } from './nodeCauses';
import { isPodDone, isPodReady } from './podState';
import { closedGate, failingProbe } from './readinessCauses';
import { notScheduled } from './schedulingCause';

const containerTrouble: Detect = (pod, context) => {
  const said = context.warnings
    .about(pod, 'Failed', 'BackOff', 'InspectFailed')
    .map(event => event.message);
  const statuses = [
    ...recordsAt(pod, 'status', 'initContainerStatuses'),
    ...recordsAt(pod, 'status', 'containerStatuses'),
  ];
  for (const status of statuses) {
    const found = explainContainer(pod, status, said);
    if (found) return { ...found, subjects: [pod.metadata.name] };
  }
  return undefined;
};

/** The first that answers is the cause: what comes earlier explains what comes later. */
const detectors: readonly Detect[] = [
  notScheduled,
  containerTrouble,
  evicted,
  nodeLost,
  mountTrouble,
  failingProbe,
  closedGate,
];

/** Why a pod does not serve; undefined when it does, is leaving, or nothing is known to be wrong. */
export function podCause(
  pod: KubeObject,
  context: HealthContext,
): Cause | undefined {
  if (
    isPodReady(pod) ||
    isPodDone(pod) ||
    pod.metadata.deletionTimestamp !== undefined
  )
    return undefined;
  for (const detect of detectors) {
    const cause = detect(pod, context);
    if (cause) return cause;
  }
  return undefined;
}
