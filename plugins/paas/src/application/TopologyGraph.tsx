import { useMemo } from 'react';
import {
  Controls,
  Edge,
  Handle,
  MarkerType,
  Node,
  NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { Link } from 'react-router-dom';
import { StateMark } from '../components/StateMark';
import { layoutTopology } from '../model/layoutTopology';
import { toneOf } from '../model/stateLooks';
import { describeNode, Topology, TopologyNode } from '../model/topology';
import styles from './topology.module.css';

const BOX = { width: 208, height: 68 };
const NARROW_BOX = { width: 136, height: 64 };

type BoxNode = Node<
  { box: TopologyNode; objectsPath: string; narrow: boolean },
  'box'
>;

function boxClass(box: TopologyNode): string {
  return box.kind === 'component' ? styles[toneOf(box.state)] : styles.foreign;
}

function secondLine(box: TopologyNode, narrow: boolean): string {
  switch (box.kind) {
    case 'component': {
      const { replicas } = box;
      const ready = replicas ? [`${replicas.ready}/${replicas.desired}`] : [];
      // What does not fit is cut at the end: the numbers stay.
      return (narrow ? [...ready, box.type] : [box.type, ...ready]).join(' · ');
    }
    case 'application':
      return `application, component ${box.component}`;
    default:
      return 'outside the cluster';
  }
}

/** One box; those of components lead to their objects. */
function Box({ data }: NodeProps<BoxNode>) {
  const { box, objectsPath, narrow } = data;
  return (
    <div className={`${styles.box} ${boxClass(box)}`}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className={styles.title}>
        {box.kind === 'component' ? (
          <>
            <StateMark state={box.state} size={14} />
            <Link
              to={`${objectsPath}?component=${encodeURIComponent(box.title)}`}
              aria-label={`${describeNode(box)}: show its objects`}
              className="nodrag nopan"
            >
              {box.title}
            </Link>
          </>
        ) : (
          <span title={box.title}>{box.title}</span>
        )}
      </span>
      <span className={styles.second}>{secondLine(box, narrow)}</span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { box: Box };

/** The topology as a graph. Only links take the focus; the table beside it says the same in words. */
export function TopologyGraph(props: {
  topology: Topology;
  objectsPath: string;
}) {
  const { topology, objectsPath } = props;
  const narrow = useMediaQuery('(max-width: 760px)', { noSsr: true });
  const box = narrow ? NARROW_BOX : BOX;
  // The shape, without the states: a change of state moves nothing and is laid out only once.
  const shape = JSON.stringify([
    topology.nodes.map(node => node.id),
    topology.edges.map(edge => edge.id),
    narrow,
  ]);
  const layout = useMemo(
    () => layoutTopology(topology, { box, gap: narrow ? 56 : 112 }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shape],
  );
  const nodes = topology.nodes.map<BoxNode>(node => ({
    id: node.id,
    type: 'box',
    position: layout.positions[node.id] ?? { x: 0, y: 0 },
    data: { box: node, objectsPath, narrow },
    ...box,
    focusable: false,
    ariaLabel: describeNode(node),
  }));
  const edges = topology.edges.map<Edge>(({ id, from, to, port, text }) => ({
    id,
    source: from,
    target: to,
    label: `:${port}`,
    ariaLabel: text,
    focusable: false,
    markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18 },
  }));
  const height = Math.min(520, Math.max(200, layout.height + 72));
  return (
    <div
      role="group"
      aria-label={`Topology: ${topology.nodes.length} boxes, ${
        topology.edges.length
      } ${topology.edges.length === 1 ? 'dependency' : 'dependencies'}`}
      className={styles.graph}
      style={{ height }}
    >
      <ReactFlow
        key={shape}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        panOnDrag={!narrow}
        minZoom={0.2}
        maxZoom={1.5}
        fitView
        fitViewOptions={{ padding: narrow ? 0.04 : 0.12, maxZoom: 1 }}
        disableKeyboardA11y
        // The attribution links to an outside host; the MIT licence does not ask for it.
        proOptions={{ hideAttribution: true }}
      >
        {/* A small screen has fingers, and no room beside the boxes. */}
        {!narrow && (
          <Controls showInteractive={false} fitViewOptions={{ maxZoom: 1 }} />
        )}
      </ReactFlow>
    </div>
  );
}
