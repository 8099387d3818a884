import { recordsAt, textAt } from '../../jsonValue';
import { shortText } from '../explainContainer';
import { Detect } from './Detect';
import { condition } from './podState';

/** How long a probe may fail after a pod was created before that counts as a fault. */
const STARTING_MS = 2 * 60 * 1000;

function probeDetail(message: string): string {
  const match =
    /^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]*: ?(.*)$/s.exec(
      message,
    );
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

/** Containers run, but a probe says no. */
export const failingProbe: Detect = (pod, context) => {
  const [event] = context.warnings.about(pod, 'Unhealthy', 'ProbeWarning');
  if (!event) return undefined;
  const age =
    context.now.getTime() - Date.parse(pod.metadata.creationTimestamp ?? '');
  return {
    reason: 'ProbeFailing',
    sentence: probeDetail(event.message),
    subjects: [pod.metadata.name],
    passing: age < STARTING_MS,
  };
};

/** Somebody else has to say that the pod may serve. */
export const closedGate: Detect = pod => {
  for (const gate of recordsAt(pod, 'spec', 'readinessGates')) {
    const type = textAt(gate, 'conditionType') ?? '';
    if (condition(pod, type).status !== 'True') {
      return {
        reason: 'NotReady',
        sentence: `waits for the readiness gate ${type}`,
        subjects: [pod.metadata.name],
        passing: true,
      };
    }
  }
  return undefined;
};
