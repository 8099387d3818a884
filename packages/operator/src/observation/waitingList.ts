import { KubeObject } from '@understage/kube';
import {
  claimKeys,
  hostsOf,
  ObjectRef,
  Outcome,
  Refusal,
  refKey,
  refOf,
  rivalKeys,
} from '@understage/plugin-paas-common';
import { PlannedApplication } from '@understage/plugin-paas-node';

const nameKey = (ref: ObjectRef) => `name ${refKey(ref)}`;
const hostKey = (key: string) => `host ${key}`;

/** Keys of what stands in the way of an application: names, and hosts. */
export function obstaclesOf(
  { desired }: Pick<PlannedApplication, 'desired'>,
  outcomes: readonly Outcome[],
): readonly string[] {
  const wanted = new Map(
    desired.objects.map(({ object }) => [refKey(refOf(object)), object]),
  );
  const hostsAt = (ref: ObjectRef) => {
    const object = wanted.get(refKey(ref));
    return object ? hostsOf(object).flatMap(rivalKeys).map(hostKey) : [];
  };
  const refused = outcomes.flatMap(outcome => {
    if (outcome.kind !== 'refused') return [];
    const { ref } = outcome.action;
    if (outcome.reason === 'OwnedByOther') return [nameKey(ref)];
    return outcome.reason === 'HostTaken' ? hostsAt(ref) : [];
  });
  const missed = ({ ref, reason }: Refusal) =>
    ref && reason === 'NameTaken'
      ? [nameKey({ namespace: desired.namespace, ...ref })]
      : [];
  return [...refused, ...desired.warnings.flatMap(missed)];
}

/**
 * Which applications were refused something because somebody else has it: they are looked at again when that changes
 * hands. What is lost with the process is found again when every application is looked at after its start.
 */
export class WaitingList {
  readonly #waiting = new Map<string, Set<string>>();
  readonly #obstacles = new Map<string, readonly string[]>();

  /** What an application (`namespace/name`) waits for now; it does not wait for anything else any more. */
  note(application: string, obstacles: readonly string[]): void {
    for (const key of this.#obstacles.get(application) ?? []) {
      const waiting = this.#waiting.get(key);
      waiting?.delete(application);
      if (waiting?.size === 0) this.#waiting.delete(key);
    }
    this.#obstacles.delete(application);
    if (obstacles.length === 0) return;
    this.#obstacles.set(application, obstacles);
    for (const key of obstacles) {
      const waiting = this.#waiting.get(key) ?? new Set();
      this.#waiting.set(key, waiting.add(application));
    }
  }

  /** Applications that wait for the name of this object, or for one of its hosts. */
  waitingFor(object: KubeObject): readonly string[] {
    if (this.#waiting.size === 0) return [];
    const keys = [
      nameKey(refOf(object)),
      ...hostsOf(object).flatMap(claimKeys).map(hostKey),
    ];
    return [
      ...new Set(keys.flatMap(key => [...(this.#waiting.get(key) ?? [])])),
    ];
  }
}
