import { Reason } from '../reasons';

/**
 * Why a pod or workload is not as it should be. `sentence` is a predicate that fits one and many ("can not be scheduled:
 * 2 nodes have too little cpu"); the subject is put in front.
 */
export interface Cause {
  readonly reason: Reason;
  readonly sentence: string;
  /** Names of the pods concerned; empty when the sentence stands by itself. */
  readonly subjects: readonly string[];
  /** True while it may pass by itself, for example a probe right after the start. */
  readonly passing?: boolean;
}

/** Causes that explain others come first: a pod that can not start explains why nothing is ready. */
const order: readonly Reason[] = [
  'QuotaExceeded',
  'AdmissionRefused',
  'Forbidden',
  'ContainerConfigInvalid',
  'ImagePullFailed',
  'OutOfMemory',
  'CrashLoop',
  'JobFailed',
  'VolumePending',
  'Unschedulable',
  'PodFailed',
  'ProbeFailing',
];

function rank(cause: Cause): number {
  const known = order.indexOf(cause.reason);
  const base = known < 0 ? order.length : known;
  return cause.passing ? base + order.length + 1 : base;
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The same cause of several pods said once, the most telling cause first. Independent of the order given. */
export function groupCauses(causes: readonly Cause[]): readonly Cause[] {
  const groups = new Map<string, Cause>();
  for (const cause of causes) {
    const key = `${cause.reason} ${cause.sentence}`;
    const known = groups.get(key);
    groups.set(key, {
      ...cause,
      subjects: [...(known?.subjects ?? []), ...cause.subjects],
      passing: (cause.passing ?? false) && (known?.passing ?? true),
    });
  }
  return [...groups.values()].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      right.subjects.length - left.subjects.length ||
      compareText(left.sentence, right.sentence) ||
      compareText(left.reason, right.reason),
  );
}

/** The cause as a sentence with its subject: `web-1 can not ...`, `3 pods (web-1, ...) can not ...`. */
export function causeText(cause: Cause): string {
  const [first, ...others] = cause.subjects;
  if (first === undefined) return cause.sentence;
  if (others.length === 0) return `${first} ${cause.sentence}`;
  return `${cause.subjects.length} pods (${first}, ...) ${cause.sentence}`;
}
