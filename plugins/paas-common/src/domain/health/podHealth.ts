import { isRecord, JsonRecord, recordAt, recordsAt, textAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { Cause } from './Cause';
import { explainConfiguration, explainContainer, shortText } from './explainContainer';
import { explainScheduling, waitsForVolume } from './explainScheduling';
import { ObjectHealth } from './Health';
import { HealthContext } from './HealthContext';
import { volumeCause } from './volumeCause';

/** How long a probe may fail after a pod was created before that counts as a fault. */
const STARTING_MS = 2 * 60 * 1000;

function condition(pod: KubeObject, type: string): JsonRecord {
  return recordsAt(pod, 'status', 'conditions').find(each => each.type === type) ?? {};
}

/** True when the pod counts as a serving replica. */
export function isPodReady(pod: KubeObject): boolean {
  return condition(pod, 'Ready').status === 'True' && pod.metadata.deletionTimestamp === undefined;
}

/** True when the pod ran to its end. */
export function isPodDone(pod: KubeObject): boolean {
  return textAt(pod, 'status', 'phase') === 'Succeeded';
}

type Detect = (pod: KubeObject, context: HealthContext) => Cause | undefined;

function claimNames(pod: KubeObject): readonly string[] {
  return recordsAt(pod, 'spec', 'volumes').flatMap(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? []);
}

function unboundVolume(pod: KubeObject, message: string, context: HealthContext): Cause {
  const names = claimNames(pod);
  for (const name of names) {
    const claim = context.claims.get(name);
    const cause = claim && volumeCause(claim, context);
    if (cause) return cause;
  }
  const missing = /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1];
  const sentence = missing === undefined
    ? `can not be scheduled: ${names.length === 1 ? `the volume ${names[0]} is` : 'its volumes are'} not bound yet`
    : `can not be scheduled: the volume ${missing} does not exist`;
  return { reason: 'VolumePending', sentence, subjects: [pod.metadata.name], passing: missing === undefined };
}

const notScheduled: Detect = (pod, context) => {
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled.status !== 'False') return undefined;
  const message = textAt(scheduled, 'message') ?? '';
  if (scheduled.reason === 'SchedulingGated') {
    return { reason: 'Unschedulable', sentence: 'waits until its scheduling gates are lifted', subjects: [pod.metadata.name], passing: true };
  }
  if (waitsForVolume(message)) return unboundVolume(pod, message, context);
  return { reason: 'Unschedulable', sentence: `can not be scheduled: ${explainScheduling(message)}`, subjects: [pod.metadata.name] };
};

const containerTrouble: Detect = (pod, context) => {
  const said = context.warnings.about(pod, 'Failed', 'BackOff', 'InspectFailed').map(event => event.message);
  const statuses = [...recordsAt(pod, 'status', 'initContainerStatuses'), ...recordsAt(pod, 'status', 'containerStatuses')];
  for (const status of statuses) {
    const found = explainContainer(pod, status, said);
    if (found) return { ...found, subjects: [pod.metadata.name] };
  }
  return undefined;
};

const evicted: Detect = pod => {
  if (textAt(pod, 'status', 'phase') !== 'Failed') return undefined;
  const reason = textAt(pod, 'status', 'reason') ?? 'Failed';
  const message = shortText(textAt(pod, 'status', 'message') ?? '');
  const what = reason === 'Evicted' ? 'was evicted' : `failed (${reason})`;
  return { reason: 'PodFailed', sentence: message === '' ? what : `${what}: ${message}`, subjects: [pod.metadata.name] };
};

const mountTrouble: Detect = (pod, context) => {
  const [event] = context.warnings.about(pod, 'FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox');
  if (!event || textAt(pod, 'status', 'phase') !== 'Pending') return undefined;
  if (event.reason === 'FailedCreatePodSandBox') {
    return { reason: 'PodFailed', sentence: `can not be set up on ${textAt(pod, 'spec', 'nodeName') ?? 'its node'}: ${shortText(event.message)}`, subjects: [pod.metadata.name] };
  }
  const reason = /secret|configmap/i.test(event.message) ? 'ContainerConfigInvalid' : 'VolumePending';
  return { reason, sentence: `can not mount a volume: ${explainConfiguration(event.message)}`, subjects: [pod.metadata.name] };
};

const nodeLost: Detect = pod => {
  const unknown = textAt(pod, 'status', 'phase') === 'Unknown' || textAt(pod, 'status', 'reason') === 'NodeLost';
  const [event] = unknown ? [true] : [condition(pod, 'Ready').reason === 'NodeNotReady'];
  if (!event) return undefined;
  return { reason: 'PodFailed', sentence: `can not be reached: the node ${textAt(pod, 'spec', 'nodeName') ?? ''} does not answer`, subjects: [pod.metadata.name] };
};

function probeDetail(message: string): string {
  const match = /^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]*: ?(.*)$/s.exec(message);
  if (!match) return `fails a probe: ${shortText(message)}`;
  const code = /statuscode: (\d+)/.exec(match[2])?.[1];
  const refused = /connect: connection refused/.test(match[2]);
  const timeout = /deadline exceeded|timed? ?out/i.test(match[2]);
  let detail = shortText(match[2]);
  if (code !== undefined) detail = `HTTP status ${code}`;
  else if (refused) detail = 'nothing listens on the port';
  else if (timeout) detail = 'no answer in time';
  return `did not pass the ${match[1].toLowerCase()} probe: ${detail}`;
}

const failingProbe: Detect = (pod, context) => {
  const [event] = context.warnings.about(pod, 'Unhealthy', 'ProbeWarning');
  if (!event) return undefined;
  const age = context.now.getTime() - Date.parse(pod.metadata.creationTimestamp ?? '');
  return { reason: 'ProbeFailing', sentence: probeDetail(event.message), subjects: [pod.metadata.name], passing: age < STARTING_MS };
};

const closedGate: Detect = pod => {
  for (const gate of recordsAt(pod, 'spec', 'readinessGates')) {
    const type = textAt(gate, 'conditionType') ?? '';
    if (condition(pod, type).status !== 'True') {
      return { reason: 'NotReady', sentence: `waits for the readiness gate ${type}`, subjects: [pod.metadata.name], passing: true };
    }
  }
  return undefined;
};

const detectors: readonly Detect[] = [notScheduled, containerTrouble, evicted, nodeLost, mountTrouble, failingProbe, closedGate];

/** Why a pod does not serve; undefined when it does, is leaving, or nothing is known to be wrong. */
export function podCause(pod: KubeObject, context: HealthContext): Cause | undefined {
  if (isPodReady(pod) || isPodDone(pod) || pod.metadata.deletionTimestamp !== undefined) return undefined;
  for (const detect of detectors) {
    const cause = detect(pod, context);
    if (cause) return cause;
  }
  return undefined;
}

function startingText(pod: KubeObject): string {
  const init = recordsAt(pod, 'status', 'initContainerStatuses').find(status => !isRecord(recordAt(status, 'state').terminated));
  if (init) return `init container ${textAt(init, 'name')} is not done`;
  const waiting = recordsAt(pod, 'status', 'containerStatuses').flatMap(status => textAt(status, 'state', 'waiting', 'reason') ?? []);
  if (waiting.length > 0) return 'is starting';
  return textAt(pod, 'status', 'phase') === 'Running' ? 'is running but not ready' : 'is starting';
}

/** How one pod does. */
export function podHealth(pod: KubeObject, context: HealthContext): ObjectHealth {
  if (pod.metadata.deletionTimestamp !== undefined) return { state: 'Progressing', reason: 'Deleting', message: 'is terminating' };
  if (isPodDone(pod)) return { state: 'Ready', reason: 'Completed', message: 'ran to its end' };
  if (isPodReady(pod)) return { state: 'Ready', reason: 'Ready', message: 'is ready' };
  const cause = podCause(pod, context);
  if (!cause) return { state: 'Progressing', reason: 'Progressing', message: startingText(pod) };
  return { state: cause.passing ? 'Progressing' : 'Failed', reason: cause.reason, message: cause.sentence };
}
