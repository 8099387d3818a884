import { ObjectNode } from '../../api/types';
import { Application, APPLICATION_API_VERSION } from '../../schema/Application';
import { ComponentState } from '../../schema/ApplicationStatus';
import { ApplicationHealth, assessHealth, worstOf } from '../health';
import { HealthContext, healthContext } from '../health/HealthContext';
import { objectHealth } from '../health/objectHealth';
import { Finding } from '../health/findings';
import { numberAt } from '../jsonValue';
import { compareByOrder } from '../kinds';
import { KubeObject, refOf } from '../kubernetes';
import { ownedObjects } from '../ownedObjects';
import { podContainers } from './podContainers';

export interface TreeInput {
  readonly application: Pick<Application, 'spec' | 'metadata'>;
  /** What may be of this application, whole or projected, down to pods; what it does not own is left out. */
  readonly objects: readonly KubeObject[];
  readonly events: readonly KubeObject[];
  /** The nodes of the cluster by name, all there are; absent where they can not be read. */
  readonly nodes?: ReadonlyMap<string, KubeObject>;
  readonly now: Date;
  readonly findings?: readonly Finding[];
  /** When it was computed already. */
  readonly health?: ApplicationHealth;
}

/** Releases are shown in a list of their own; the controllers' revisions are nobody's business. */
const hidden = new Set([
  'ControllerRevision',
  'Application',
  'Event',
  'EndpointSlice',
  'Endpoints',
]);

/** Replica sets of former roll-outs stay behind empty; they would bury the one that matters. */
function isRetired(object: KubeObject, context: HealthContext): boolean {
  return (
    object.kind === 'ReplicaSet' &&
    numberAt(object, 'spec', 'replicas') === 0 &&
    context.graph.childrenOf(object).length === 0
  );
}

function nodeOf(object: KubeObject, context: HealthContext): ObjectNode {
  const { state, message } = objectHealth(object, context);
  const { uid, creationTimestamp } = object.metadata;
  const component = context.graph.componentOf(object);
  return {
    ref: refOf(object),
    ...(uid === undefined ? {} : { uid }),
    ...(component === undefined ? {} : { component }),
    state,
    message,
    ...(creationTimestamp === undefined
      ? {}
      : { createdAt: creationTimestamp }),
    ...(object.kind === 'Pod' ? { containers: podContainers(object) } : {}),
    children: shown(context.graph.childrenOf(object), context)
      .sort(newestTemplateFirst)
      .map(child => nodeOf(child, context)),
  };
}

/** Number of a ReplicaSet's template in the history of its Deployment. */
function templateRevision(object: KubeObject): number {
  const revision =
    object.metadata.annotations?.['deployment.kubernetes.io/revision'];
  return Number(revision ?? 0);
}

function newestTemplateFirst(left: KubeObject, right: KubeObject): number {
  return templateRevision(right) - templateRevision(left);
}

function shown(
  objects: readonly KubeObject[],
  context: HealthContext,
): KubeObject[] {
  return objects.filter(
    object => !hidden.has(object.kind) && !isRetired(object, context),
  );
}

/** Workloads first, then what stands around them, in the order of their kinds backwards. */
function compareNodes(left: ObjectNode, right: ObjectNode): number {
  return (
    compareByOrder(right.ref, left.ref) ||
    (left.ref.name < right.ref.name ? -1 : 1)
  );
}

function componentNode(
  input: TreeInput,
  values: {
    name: string;
    state: ComponentState;
    message: string;
    children: readonly ObjectNode[];
  },
): ObjectNode {
  const { name, state, message, children } = values;
  const { namespace } = input.application.metadata;
  const ref = {
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Component',
    ...(namespace === undefined ? {} : { namespace }),
    name,
  };
  return { ref, component: name, state, message, children };
}

/**
 * What an application is made of: a node for each component, below it its workloads with replica sets and pods, then its
 * services, volumes and policies. Objects of no component in the specification come last, on the top level.
 */
export function objectTree(input: TreeInput): readonly ObjectNode[] {
  const context = healthContext({
    ...input,
    objects: ownedObjects(input.objects, input.application),
  });
  const health = input.health ?? assessHealth(input);
  const nodes = shown(context.graph.roots, context)
    .map(root => nodeOf(root, context))
    .sort(compareNodes);
  const known = new Set(health.components.map(component => component.name));
  const components = health.components.map(({ name, state, message }) =>
    componentNode(input, {
      name,
      state,
      message,
      children: nodes.filter(node => node.component === name),
    }),
  );
  const former = [
    ...new Set(
      nodes.flatMap(node =>
        node.component !== undefined && !known.has(node.component)
          ? [node.component]
          : [],
      ),
    ),
  ].sort();
  const leaving = former.map(name => {
    const children = nodes.filter(node => node.component === name);
    const state = worstOf(children)?.state ?? 'Unknown';
    return componentNode(input, {
      name,
      state,
      message: 'is not part of the application any more',
      children,
    });
  });
  return [
    ...components,
    ...leaving,
    ...nodes.filter(node => node.component === undefined),
  ];
}
