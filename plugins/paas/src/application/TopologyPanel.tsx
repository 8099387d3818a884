import { lazy, Suspense, useMemo, useState } from 'react';
import { Skeleton, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { ApplicationDetail } from '@understage/plugin-paas-common';
import { ScrollBox } from '../components/ScrollBox';
import { describeNode, Topology, topologyOf } from '../model/topology';
import { Section } from '../components/Section';
import styles from './application.module.css';

const TopologyGraph = lazy(() =>
  import('./TopologyGraph').then(module => ({ default: module.TopologyGraph })),
);

type Shape = 'graph' | 'table';

/** Components and dependencies, as a graph or as the same in a table. */
export function TopologyPanel(props: {
  detail: Pick<ApplicationDetail, 'components' | 'edges'>;
  /** Where the objects of a component are listed. */
  objectsPath: string;
}) {
  const { detail, objectsPath } = props;
  const { components, edges } = detail;
  const topology = useMemo(
    () => topologyOf({ components, edges }),
    [components, edges],
  );
  const [shape, setShape] = useState<Shape>('graph');
  return (
    <Section
      title="Topology"
      actions={
        <ToggleButtonGroup
          aria-label="Show the topology as"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[shape]}
          onSelectionChange={keys =>
            setShape(keys.has('table') ? 'table' : 'graph')
          }
        >
          <ToggleButton id="graph" size="small">
            Graph
          </ToggleButton>
          <ToggleButton id="table" size="small">
            Table
          </ToggleButton>
        </ToggleButtonGroup>
      }
    >
      {topology.nodes.length === 0 ? (
        <p className={styles.quiet}>No component is known yet.</p>
      ) : (
        <Shown shape={shape} topology={topology} objectsPath={objectsPath} />
      )}
    </Section>
  );
}

function Shown(props: {
  shape: Shape;
  topology: Topology;
  objectsPath: string;
}) {
  const { shape, topology, objectsPath } = props;
  if (shape === 'table') return <TopologyTable topology={topology} />;
  return (
    <Suspense fallback={<Skeleton width="100%" height={260} />}>
      <TopologyGraph topology={topology} objectsPath={objectsPath} />
    </Suspense>
  );
}

/** Every dependency as a row; components that depend on nothing and nothing on them have one too. */
function TopologyTable(props: { topology: Topology }) {
  const { nodes, edges } = props.topology;
  const named = (id: string) => {
    const node = nodes.find(candidate => candidate.id === id);
    return node ? describeNode(node) : id;
  };
  const alone = nodes.filter(
    ({ id }) => !edges.some(edge => edge.from === id || edge.to === id),
  );
  return (
    <ScrollBox label="Table of dependencies" className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Port</th>
            <th scope="col">As written</th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ id, from, to, port, text }) => (
            <tr key={id}>
              <td>{named(from)}</td>
              <td>{named(to)}</td>
              <td className={styles.number}>{port}</td>
              <td>
                <code>{text}</code>
              </td>
            </tr>
          ))}
          {alone.map(node => (
            <tr key={node.id}>
              <td>{describeNode(node)}</td>
              <td colSpan={3} className={styles.quiet}>
                no dependencies
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
