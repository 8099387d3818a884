import { textAt } from '../../jsonValue';
import { explainConfiguration, shortText } from '../explainContainer';
import { Detect } from './Detect';
import { condition } from './podState';

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

/** The node is gone, so nobody knows about the pod. */
export const nodeLost: Detect = (pod, context) => {
  const unknown =
    textAt(pod, 'status', 'phase') === 'Unknown' ||
    textAt(pod, 'status', 'reason') === 'NodeLost' ||
    condition(pod, 'Ready').reason === 'NodeNotReady' ||
    context.warnings.about(pod, 'NodeNotReady').length > 0;
  if (!unknown) return undefined;
  const node = textAt(pod, 'spec', 'nodeName');
  return {
    reason: 'PodFailed',
    sentence: `can not be reached: ${
      node === undefined ? 'its node' : `the node ${node}`
    } does not answer`,
    subjects: [pod.metadata.name],
  };
};
