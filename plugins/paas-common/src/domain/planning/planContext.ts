import { DesiredComponent, DesiredObject } from '../desired';
import { KubeObject, refKey, refOf } from '../kubernetes';
import { observedItems } from '../snapshot';
import { autoscaledTargets } from './autoscaled';
import { isOwnedBy, ownershipOf } from './ownership';
import { PlanInput } from './PlanInput';

/** What planning single objects looks up. */
export interface PlanContext {
  readonly input: PlanInput;
  readonly live: ReadonlyMap<string, KubeObject>;
  readonly blocked: ReadonlyMap<string, string>;
  /** Components that wait for their dependencies, with the sentence. */
  readonly waiting: ReadonlyMap<string, string>;
  readonly autoscaled: ReadonlySet<string>;
}

const workloadKinds = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
]);

/** True for kinds that run containers. */
export function isWorkload(kind: string): boolean {
  return workloadKinds.has(kind);
}

export function keyOf(object: KubeObject): string {
  return refKey(refOf(object));
}

/** The objects that tell whether a component was ever applied: its workloads, or all of them when it has none. */
function telling(
  component: string,
  objects: readonly DesiredObject[],
): readonly DesiredObject[] {
  const own = objects.filter(each => each.component === component);
  const workloads = own.filter(each => isWorkload(each.object.kind));
  return workloads.length > 0 ? workloads : own;
}

function waitsFor(
  component: DesiredComponent,
  input: PlanInput,
  live: ReadonlyMap<string, KubeObject>,
): string | undefined {
  const missing = component.dependsOn.filter(
    name => !input.available.has(name),
  );
  if (missing.length === 0) return undefined;
  const applied = telling(component.name, input.desired.objects).some(
    ({ object }) => {
      const found = live.get(keyOf(object));
      return (
        found !== undefined && ownershipOf(found, input.owner).kind === 'ours'
      );
    },
  );
  if (applied) return undefined;
  return `waits for ${missing.join(', ')}, which ${
    missing.length === 1 ? 'is' : 'are'
  } not available yet.`;
}

/** Prepares the look-ups of one plan. */
export function planContext(input: PlanInput): PlanContext {
  const items = observedItems(input.snapshot);
  const live = new Map(items.map(object => [keyOf(object), object]));
  const waiting = new Map<string, string>();
  const blocked = new Map<string, string>();
  for (const component of input.desired.components) {
    if (component.blocked)
      blocked.set(component.name, component.blocked.message);
    const why = waitsFor(component, input, live);
    if (why !== undefined) waiting.set(component.name, why);
  }
  const autoscaled = new Set([
    ...autoscaledTargets(items),
    ...(input.autoscaled ?? []),
  ]);
  return { input, live, blocked, waiting, autoscaled };
}

/** True for objects that we created: our uid alone may have been set by somebody who wants them to go with us. */
export function isOurCreation(object: KubeObject, input: PlanInput): boolean {
  return (
    isOwnedBy(object, input.owner) &&
    object.metadata.ownerReferences?.some(
      reference =>
        reference.uid === input.owner.uid && reference.controller === true,
    ) === true
  );
}
