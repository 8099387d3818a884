import { KubeObject } from '../kubernetes';
import { ownedObjects } from '../ownedObjects';
import { applyFindings, AssessedApplication, overall } from './applyFindings';
import { Finding } from './findings';
import {
  ApplicationHealth,
  ComponentHealth,
  ObjectHealth,
  Replicas,
  worstOf,
} from './Health';
import { HealthContext, healthContext } from './HealthContext';
import { objectHealth } from './objectHealth';

export interface HealthInput {
  readonly application: AssessedApplication;
  /** What may be of this application, whole or projected, down to pods; what it does not own is left out. */
  readonly objects: readonly KubeObject[];
  /** Events about these objects; only warnings count. */
  readonly events: readonly KubeObject[];
  /** The nodes of the cluster by name, all there are; absent where they can not be read. */
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  /** Events older than a quarter of an hour are about troubles that are over. */
  readonly now: Date;
  /** What planning and writing had to say; `findingsOf(status)` for a reader that did not plan. */
  readonly findings?: readonly Finding[];
  /** The components in force, when a pinned release has others than the specification. */
  readonly components?: readonly {
    readonly name: string;
    readonly type: string;
  }[];
}

interface Judged extends ObjectHealth {
  readonly object: KubeObject;
}

const pods = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
]);

function sum(all: readonly Judged[]): Replicas | undefined {
  const counted = all.flatMap(each => each.replicas ?? []);
  if (counted.length === 0) return undefined;
  return counted.reduce((total, each) => ({
    desired: total.desired + each.desired,
    ready: total.ready + each.ready,
    updated: total.updated + each.updated,
  }));
}

/** Waiting claims are the pods' story: without a fault of its own, a claim says nothing that its pods do not. */
function tells(judged: Judged, hasWorkload: boolean): boolean {
  return !(
    hasWorkload &&
    judged.object.kind === 'PersistentVolumeClaim' &&
    judged.state === 'Progressing'
  );
}

function messageOf(worst: Judged, workloads: readonly Judged[]): string {
  const { object, state, message } = worst;
  if (state === 'Ready') {
    return workloads.length > 1
      ? `${workloads.length} workloads ready`
      : (workloads[0] ?? worst).message;
  }
  const alone = workloads.length <= 1 && pods.has(object.kind);
  if (alone || message.includes(object.metadata.name)) return message;
  const joint = /^\d/.test(message) ? ': ' : ' ';
  return `${object.kind} ${object.metadata.name}${joint}${message}`;
}

function fromObjects(all: readonly Judged[]): ObjectHealth {
  const workloads = all.filter(each => pods.has(each.object.kind));
  const telling = all.filter(each => tells(each, workloads.length > 0));
  // Workloads first: among equals, they tell the story that a developer asks for.
  const worst = worstOf([
    ...telling.filter(each => pods.has(each.object.kind)),
    ...telling.filter(each => !pods.has(each.object.kind)),
  ]);
  if (!worst)
    return {
      state: 'Progressing',
      reason: 'Progressing',
      message: 'nothing of it is there yet',
    };
  const replicas = sum(workloads);
  const first = worst.state === 'Ready' ? workloads[0] ?? worst : worst;
  const health = {
    state: first.state,
    reason: first.reason,
    message: messageOf(worst, workloads),
  };
  return replicas ? { ...health, replicas } : health;
}

function assessComponent(
  component: Pick<ComponentHealth, 'name' | 'type'>,
  own: readonly KubeObject[],
  context: HealthContext,
): ComponentHealth {
  const judged = own.map(object => ({
    ...objectHealth(object, context),
    object,
  }));
  return {
    name: component.name,
    type: component.type,
    ...fromObjects(judged),
  };
}

/** Under a pinned release the components are those of the release, not of the specification. */
function componentsOf(
  input: HealthInput,
): readonly Pick<ComponentHealth, 'name' | 'type'>[] {
  return input.components ?? input.application.spec.components;
}

/**
 * How an application does: each component by what is really there, with the root cause found from pods, replica sets,
 * claims and events; the application by its worst component. The same objects in any order give the same answer.
 */
export function assessHealth(input: HealthInput): ApplicationHealth {
  const context = healthContext({
    ...input,
    objects: ownedObjects(input.objects, input.application),
  });
  const byComponent = new Map<string, KubeObject[]>();
  for (const root of context.graph.roots) {
    const name = context.graph.componentOf(root);
    if (name === undefined) continue;
    const known = byComponent.get(name);
    if (known) known.push(root);
    else byComponent.set(name, [root]);
  }
  const components = componentsOf(input).map(component =>
    assessComponent(component, byComponent.get(component.name) ?? [], context),
  );
  const health = {
    ...overall({ application: input.application, findings: [], components }),
    components,
  };
  return input.findings
    ? applyFindings(input.application, health, input.findings)
    : health;
}

/** Names of the components that others may count on: ready, or serving with at least one replica. */
export function availableComponents(
  health: ApplicationHealth,
): ReadonlySet<string> {
  return new Set(
    health.components
      .filter(each => each.state === 'Ready' || (each.replicas?.ready ?? 0) > 0)
      .map(each => each.name),
  );
}
