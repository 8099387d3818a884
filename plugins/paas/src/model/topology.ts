import {
  ApplicationDetail,
  ComponentState,
  Edge,
} from '@understage/plugin-paas-common';

/** One box of the topology. */
export type TopologyNode =
  | {
      readonly kind: 'component';
      readonly id: string;
      readonly title: string;
      readonly type: string;
      readonly state: ComponentState;
      readonly replicas?: { readonly ready: number; readonly desired: number };
    }
  | {
      readonly kind: 'application';
      readonly id: string;
      readonly title: string;
      readonly component: string;
    }
  | { readonly kind: 'external'; readonly id: string; readonly title: string };

/** One dependency: who reaches whom, on which port. */
export interface TopologyEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** As written in the specification. */
  readonly text: string;
}

/** What an application is made of and reaches, for the graph and for the table beside it. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

const componentId = (name: string) => `component/${name}`;

/** The far end of a dependency; components of the application are boxes already. */
function targetOf(edge: Edge): TopologyNode | string {
  const { to } = edge;
  switch (to.kind) {
    case 'component':
      return componentId(to.component);
    case 'application':
      return {
        kind: 'application',
        id: `application/${to.application}/${to.component}`,
        title: to.application,
        component: to.component,
      };
    default:
      return { kind: 'external', id: `external/${to.host}`, title: to.host };
  }
}

/** Boxes and lines of an application. Lines to components that are not known (refused ones) are left out. */
export function topologyOf(
  detail: Pick<ApplicationDetail, 'components' | 'edges'>,
): Topology {
  const nodes = new Map<string, TopologyNode>();
  for (const { name, type, state, replicas } of detail.components) {
    const id = componentId(name);
    const node = { kind: 'component', id, title: name, type, state } as const;
    nodes.set(id, replicas ? { ...node, replicas } : node);
  }
  const edges: TopologyEdge[] = [];
  for (const edge of detail.edges) {
    const target = targetOf(edge);
    if (typeof target !== 'string') nodes.set(target.id, target);
    const to = typeof target === 'string' ? target : target.id;
    const from = componentId(edge.from);
    if (!nodes.has(from) || !nodes.has(to)) continue;
    const { port, text } = edge;
    edges.push({ id: `${from} ${to} ${port}`, from, to, port, text });
  }
  return { nodes: [...nodes.values()], edges };
}

/** The words of a box for those who do not see it: `frontend, Deployment, Degraded, 2 of 3 replicas ready`. */
export function describeNode(node: TopologyNode): string {
  switch (node.kind) {
    case 'component': {
      const { title, type, state, replicas } = node;
      const ready = replicas
        ? [`${replicas.ready} of ${replicas.desired} replicas ready`]
        : [];
      return [title, type, state, ...ready].join(', ');
    }
    case 'application':
      return `component ${node.component} of application ${node.title}`;
    default:
      return `external host ${node.title}`;
  }
}
