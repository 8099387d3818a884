import { textAt } from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { explainConfiguration, shortText } from '../explainContainer';
import { HealthContext } from '../HealthContext';
import { Detect } from './Detect';
import { condition, nodeReadiness } from './podState';

/** The pod is over; its controller creates another one. */
export const evicted: Detect = pod => {
  if (textAt(pod, 'status', 'phase') !== 'Failed') return undefined;
  const reason = textAt(pod, 'status', 'reason') ?? 'Failed';
  const message = shortText(textAt(pod, 'status', 'message') ?? '');
  const what = reason === 'Evicted' ? 'was evicted' : `failed (${reason})`;
  return {
    reason: 'PodFailed',
    sentence: message === '' ? what : `${what}: ${message}`,
    subjects: [pod.metadata.name],
    passing: true,
  };
};

/** The node can not set the pod up. */
export const mountTrouble: Detect = (pod, context) => {
  const [event] = context.warnings.about(
    pod,
    'FailedMount',
    'FailedAttachVolume',
    'FailedMapVolume',
    'FailedCreatePodSandBox',
  );
  if (!event || textAt(pod, 'status', 'phase') !== 'Pending') return undefined;
  if (event.reason === 'FailedCreatePodSandBox') {
    return {
      reason: 'PodFailed',
      sentence: `can not be set up on ${
        textAt(pod, 'spec', 'nodeName') ?? 'its node'
      }: ${shortText(event.message)}`,
      subjects: [pod.metadata.name],
    };
  }
  const reason = /secret|configmap/i.test(event.message)
    ? 'ContainerConfigInvalid'
    : 'VolumePending';
  return {
    reason,
    sentence: `can not mount a volume: ${explainConfiguration(event.message)}`,
    subjects: [pod.metadata.name],
  };
};

/** Marking the pods of a lost node and telling of it are one step of the node controller, of seconds at most. */
const ONE_STEP_MS = 60 * 1000;

/**
 * True when the pod itself looks as the pods of a lost node do. The event stays for a while after the node is back: it
 * counts while it is the last that was heard of the pod, and the pod has not turned unready for another reason since.
 */
function looksLost(pod: KubeObject, context: HealthContext): boolean {
  const ready = condition(pod, 'Ready');
  if (
    textAt(pod, 'status', 'phase') === 'Unknown' ||
    textAt(pod, 'status', 'reason') === 'NodeLost' ||
    ready.reason === 'NodeNotReady'
  ) {
    return true;
  }
  const [newest] = context.warnings.about(pod);
  if (newest?.reason !== 'NodeNotReady') return false;
  const since = Date.parse(textAt(ready, 'lastTransitionTime') ?? '');
  return !(since > Date.parse(newest.lastSeen) + ONE_STEP_MS);
}

/** What is wrong with the node of a pod, as a predicate of it; undefined when nothing is known to be. */
function nodeTrouble(
  pod: KubeObject,
  context: HealthContext,
): string | undefined {
  const node = context.nodes?.get(textAt(pod, 'spec', 'nodeName') ?? '');
  if (node === undefined) {
    if (!looksLost(pod, context)) return undefined;
    return context.nodes === undefined ? 'does not answer' : 'is gone';
  }
  const { status, message: said = '' } = nodeReadiness(node);
  if (status === 'True') return undefined;
  const message = shortText(said);
  return status !== 'False' || message === ''
    ? 'does not answer'
    : `is not ready: ${message}`;
}

/** The node is not ready or gone, so nobody knows about the pod. A node that is ready is never to blame. */
export const nodeLost: Detect = (pod, context) => {
  const trouble = nodeTrouble(pod, context);
  if (trouble === undefined) return undefined;
  const node = textAt(pod, 'spec', 'nodeName');
  return {
    reason: 'PodFailed',
    sentence: `can not be reached: ${
      node === undefined ? 'its node' : `the node ${node}`
    } ${trouble}`,
    subjects: [pod.metadata.name],
  };
};
