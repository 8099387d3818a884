import {
  isRecord,
  JsonRecord,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
} from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { Cause } from './Cause';

type Found = Pick<Cause, 'reason' | 'sentence'>;

const pullReasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'ErrImageInspect',
]);
const startReasons = new Set([
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
  'PostStartHookError',
]);

/** One line of at most 200 characters. */
export function shortText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length <= 200 ? line : `${line.slice(0, 197)}...`;
}

const pullDetails: readonly (readonly [RegExp, string])[] = [
  [
    /unauthorized|denied|authentication required|forbidden|\b40[13]\b/i,
    'the registry refuses access; is the name right, and is a pull secret needed?',
  ],
  [
    /not found|manifest unknown|does not exist/i,
    'the registry has no such image',
  ],
  [
    /toomanyrequests|\b429\b|rate limit/i,
    'the registry limits the rate of pulls',
  ],
  [
    /no such host|i\/o timeout|connection refused|deadline exceeded|x509|TLS/i,
    'the registry can not be reached',
  ],
  [/invalid reference|couldn't parse image/i, 'that is no valid image name'],
];

/** Why an image could not be pulled, in general words; undefined when the message does not say. */
function pullDetail(messages: readonly string[]): string | undefined {
  for (const message of messages) {
    const known = pullDetails.find(([pattern]) => pattern.test(message));
    if (known) return known[1];
  }
  return undefined;
}

function pullFailure(image: string, messages: readonly string[]): Found {
  const detail = pullDetail(messages);
  return {
    reason: 'ImagePullFailed',
    sentence: `can not pull the image ${image}${
      detail === undefined ? '' : `: ${detail}`
    }`,
  };
}

/** What the kubelet says about a container's configuration, and what it means. */
const configDetails: readonly (readonly [
  RegExp,
  (match: RegExpExecArray) => string,
])[] = [
  [
    /secrets? "([^"]+)" not found/i,
    match => `the Secret ${match[1]} does not exist`,
  ],
  [
    /configmaps? "([^"]+)" not found/i,
    match => `the ConfigMap ${match[1]} does not exist`,
  ],
  [
    /couldn't find key (\S+) in (Secret|ConfigMap) (?:\S+\/)?(\S+)/,
    match => `the ${match[2]} ${match[3]} has no key ${match[1]}`,
  ],
  [
    /references non-existent (secret|config) key: (\S+)/,
    match =>
      `the ${match[1] === 'secret' ? 'Secret' : 'ConfigMap'} has no key ${
        match[2]
      }`,
  ],
  [
    /runAsNonRoot and image will run as root/,
    () =>
      'the image runs as root, which is not allowed here; build it with a user of its own',
  ],
  [
    /runAsNonRoot and image has non-numeric user \(([^)]+)\)/,
    match =>
      `the image names its user (${match[1]}) instead of numbering it, so that it can not be told from root`,
  ],
  [
    /exec: "([^"]+)": (?:executable file not found|stat .*no such file)/,
    match => `the command ${match[1]} is not in the image`,
  ],
  [
    /read-only file system/i,
    () =>
      'it writes to its own file system, which is read-only; set `readOnlyRootFilesystem: false`',
  ],
];

/** A kubelet message about configuration in a developer's words; the message itself when it is not known. */
export function explainConfiguration(message: string): string {
  for (const [pattern, say] of configDetails) {
    const match = pattern.exec(message);
    if (match) return say(match);
  }
  return shortText(message);
}

function exitText(terminated: JsonRecord): string {
  const code = numberAt(terminated, 'exitCode');
  const signal = numberAt(terminated, 'signal');
  if (code === undefined && signal !== undefined)
    return `is ended by signal ${signal}`;
  const known: Record<number, string> = {
    126: ', the command can not be executed',
    127: ', the command is not found',
    139: ', a segmentation fault',
  };
  return `exits with code ${code ?? 'unknown'}${known[code ?? 0] ?? ''}`;
}

function lastWords(terminated: JsonRecord): string {
  const message = textAt(terminated, 'message');
  return message === undefined || message === ''
    ? ''
    : `: ${shortText(message)}`;
}

function memoryLimit(pod: KubeObject, container: string): string {
  const all = [
    ...recordsAt(pod, 'spec', 'containers'),
    ...recordsAt(pod, 'spec', 'initContainers'),
  ];
  const limit = recordAt(
    all.find(each => each.name === container),
    'resources',
    'limits',
  ).memory;
  return typeof limit === 'string' || typeof limit === 'number'
    ? `, its limit is ${limit}`
    : '';
}

function crash(
  terminated: JsonRecord,
  values: { pod: KubeObject; container: string; times: number },
): Found {
  const { pod, container, times } = values;
  const often = times > 1 ? `, restarted ${times} times` : '';
  if (terminated.reason === 'OOMKilled') {
    return {
      reason: 'OutOfMemory',
      sentence: `ran out of memory (container ${container}${memoryLimit(
        pod,
        container,
      )}${often})`,
    };
  }
  return {
    reason: 'CrashLoop',
    sentence: `can not keep running: container ${container} ${exitText(
      terminated,
    )}${often}${lastWords(terminated)}`,
  };
}

interface ContainerReading {
  readonly pod: KubeObject;
  readonly status: JsonRecord;
  readonly name: string;
  readonly times: number;
  /** Messages of warning events about the pod, newest first. */
  readonly said: readonly string[];
}

function waitingCause(
  reason: string,
  reading: ContainerReading,
): Found | undefined {
  const { pod, status, name, times, said } = reading;
  const message = textAt(status, 'state', 'waiting', 'message') ?? '';
  if (pullReasons.has(reason))
    return pullFailure(textAt(status, 'image') ?? 'of the container', [
      message,
      ...said,
    ]);
  if (reason === 'CrashLoopBackOff') {
    return crash(recordAt(status, 'lastState', 'terminated'), {
      pod,
      container: name,
      times,
    });
  }
  if (reason === 'CreateContainerConfigError' || startReasons.has(reason)) {
    return {
      reason: 'ContainerConfigInvalid',
      sentence: `can not start (container ${name}): ${explainConfiguration(
        message,
      )}`,
    };
  }
  return undefined;
}

/** Why a container does not run, or undefined when nothing is wrong with it (yet). */
export function explainContainer(
  pod: KubeObject,
  status: JsonRecord,
  said: readonly string[],
): Found | undefined {
  const name = textAt(status, 'name') ?? '';
  const times = numberAt(status, 'restartCount') ?? 0;
  const waiting = textAt(status, 'state', 'waiting', 'reason');
  if (waiting !== undefined)
    return waitingCause(waiting, { pod, status, name, times, said });
  const terminated = recordAt(status, 'state').terminated;
  if (isRecord(terminated) && terminated.exitCode !== 0)
    return crash(terminated, { pod, container: name, times });
  return undefined;
}
