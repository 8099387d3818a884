import { sampleDetail } from '../__testUtils__/samples';
import { layoutTopology } from './layoutTopology';
import { describeNode, topologyOf } from './topology';

const topology = topologyOf(sampleDetail());

describe('the topology of an application', () => {
  it('holds its components, and what they reach elsewhere', () => {
    expect(topology.nodes.map(describeNode)).toEqual([
      'frontend, Deployment, Degraded, 2 of 3 replicas ready',
      'redis, HelmChart, Ready, 1 of 1 replicas ready',
      'external host api.example.com',
      'component api of application orders',
    ]);
  });

  it('holds a line for each dependency, with its port', () => {
    expect(
      topology.edges.map(({ from, to, port }) => [from, to, port]),
    ).toEqual([
      ['component/frontend', 'component/redis', 6379],
      ['component/frontend', 'external/api.example.com', 443],
      ['component/frontend', 'application/orders/api', 8080],
    ]);
  });

  it('draws a host once, however often it is reached', () => {
    const { edges, components } = sampleDetail();
    const external = edges[1];

    const twice = topologyOf({
      components,
      edges: [external, { ...external, from: 'redis' }],
    });

    expect(twice.nodes.filter(({ kind }) => kind === 'external')).toHaveLength(
      1,
    );
    expect(twice.edges).toHaveLength(2);
  });

  it('leaves out lines to components that are not known', () => {
    const [edge] = sampleDetail().edges;

    const known = topologyOf({
      components: [],
      edges: [edge],
    });

    expect(known).toEqual({ nodes: [], edges: [] });
  });
});

describe('the layout', () => {
  const box = { width: 200, height: 60 };

  it('puts what is depended upon to the right, boxes apart', () => {
    const { positions } = layoutTopology(topology, { box, gap: 100 });

    const from = positions['component/frontend'];
    const to = positions['component/redis'];
    expect(to.x).toBe(from.x + box.width + 100);
  });

  it('gives equal answers to equal topologies', () => {
    const again = topologyOf(sampleDetail());

    expect(layoutTopology(again, { box, gap: 80 })).toEqual(
      layoutTopology(topology, { box, gap: 80 }),
    );
  });

  it('never lays one box over another', () => {
    const { positions } = layoutTopology(topology, { box, gap: 80 });
    const boxes = Object.values(positions);

    const overlapping = boxes.filter((a, index) =>
      boxes.some(
        (b, other) =>
          other !== index &&
          Math.abs(a.x - b.x) < box.width &&
          Math.abs(a.y - b.y) < box.height,
      ),
    );

    expect(overlapping).toEqual([]);
  });

  it('holds for nothing at all', () => {
    expect(
      layoutTopology({ nodes: [], edges: [] }, { box, gap: 80 }).positions,
    ).toEqual({});
  });
});
