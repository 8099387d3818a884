import { Graph, layout } from '@dagrejs/dagre';
import { Topology } from './topology';

/** Size of a box, in pixels. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** Where each box stands, by its top left corner, and how large the whole is. */
export interface TopologyLayout extends BoxSize {
  readonly positions: Readonly<Record<string, { x: number; y: number }>>;
}

/** Lays the boxes out so that dependencies point to the right; `gap` is the room for a line and its port. */
export function layoutTopology(
  topology: Topology,
  options: { readonly box: BoxSize; readonly gap: number },
): TopologyLayout {
  const { box, gap } = options;
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: gap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of topology.nodes) graph.setNode(node.id, { ...box });
  for (const edge of topology.edges) {
    graph.setEdge(edge.from, edge.to, {}, edge.id);
  }
  layout(graph);
  const positions = Object.fromEntries(
    topology.nodes.map(({ id }) => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, { x: x - box.width / 2, y: y - box.height / 2 }];
    }),
  );
  const { width = box.width, height = box.height } = graph.graph();
  return { positions, width, height };
}
