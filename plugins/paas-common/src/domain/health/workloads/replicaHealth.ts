import { KubeObject } from '../../kubernetes';
import { Cause, causeText, groupCauses } from '../Cause';
import { ObjectHealth, Replicas } from '../Health';
import { HealthContext } from '../HealthContext';
import { podCause } from '../pod/podCause';

/** The figures of a replicated workload, and what its controller says. */
export interface ReplicaReading {
  readonly replicas: Replicas;
  /** Pods that exist, of any template. */
  readonly present: number;
  /** The controller has not yet seen the newest specification. */
  readonly unobserved: boolean;
  /** The controller's own causes (quota, deadline), used before and after those of the pods. */
  readonly causes: readonly Cause[];
  /** The roll-out's deadline is over: said only when no cause was found at all. */
  readonly lastResort?: Cause;
}

function countText({ desired, ready, updated }: Replicas): string {
  const text = `${ready} of ${desired} ${desired === 1 ? 'pod' : 'pods'} ready`;
  return updated < desired && ready >= desired
    ? `${text}, ${updated} of ${desired} updated`
    : text;
}

function isSettled({ replicas, present, unobserved }: ReplicaReading): boolean {
  const { desired, ready, updated } = replicas;
  return (
    !unobserved &&
    ready === desired &&
    updated === desired &&
    present === desired
  );
}

function settled({ replicas }: ReplicaReading): ObjectHealth {
  if (replicas.desired === 0)
    return {
      state: 'Ready',
      reason: 'ScaledToZero',
      message: 'scaled to zero',
      replicas,
    };
  return {
    state: 'Ready',
    reason: 'Ready',
    message: countText(replicas),
    replicas,
  };
}

/** Not settled, and nothing known to be wrong. */
function underWay({
  replicas,
  present,
  unobserved,
}: ReplicaReading): ObjectHealth {
  const base = {
    state: 'Progressing',
    reason: 'Progressing',
    replicas,
  } as const;
  if (unobserved)
    return {
      ...base,
      message: `${countText(
        replicas,
      )}; the last change has not been taken up yet`,
    };
  if (replicas.ready >= replicas.desired && present > replicas.desired) {
    const leaving = present - replicas.desired;
    return {
      ...base,
      message: `${countText(replicas)}; ${leaving} older ${
        leaving === 1 ? 'pod is' : 'pods are'
      } on the way out`,
    };
  }
  return { ...base, message: countText(replicas) };
}

/** At most the two most telling causes: more would hide them. */
function causesText(causes: readonly Cause[]): string {
  return causes.slice(0, 2).map(causeText).join('; ');
}

/** Judges a replicated workload: by its figures, and where they fall short by what its pods suffer from. */
export function replicaHealth(
  workload: KubeObject,
  reading: ReplicaReading,
  context: HealthContext,
): ObjectHealth {
  if (isSettled(reading)) return settled(reading);
  const ofPods = context.graph
    .podsOf(workload)
    .flatMap(pod => podCause(pod, context) ?? []);
  const found = groupCauses([...reading.causes, ...ofPods]);
  const causes =
    found.length === 0 && reading.lastResort ? [reading.lastResort] : found;
  const [first] = causes;
  if (!first || reading.replicas.desired === 0) return underWay(reading);
  const { replicas } = reading;
  const message = `${countText(replicas)}; ${causesText(causes)}`;
  // What may pass by itself has had its time once the controller's deadline is over.
  if (first.passing && !reading.lastResort)
    return { state: 'Progressing', reason: first.reason, message, replicas };
  return {
    state: replicas.ready > 0 ? 'Degraded' : 'Failed',
    reason: first.reason,
    message,
    replicas,
  };
}
