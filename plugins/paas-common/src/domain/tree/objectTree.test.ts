import { ObjectNode } from '../../api/types';
import { readCapture, shortlyAfter } from '../health/testing/captures';
import { KubeObject } from '../kubernetes';
import { applicationOf } from '../rendering/testing/applicationOf';
import { objectTree } from './objectTree';

const application = applicationOf({
  components: [{ name: 'web', type: 'Deployment', image: 'web:1' }],
});

function treeOf(
  objects: readonly KubeObject[],
  events: readonly KubeObject[] = [],
  now = new Date('2026-11-23T00:00:00Z'),
) {
  return objectTree({ application, objects, events, now });
}

/** A tree as indented text. */
function outline(nodes: readonly ObjectNode[], depth = 0): readonly string[] {
  return nodes.flatMap(({ ref, state, children }) => [
    `${'  '.repeat(depth)}${ref.kind} ${ref.name.replace(
      /-[0-9a-f]{8,10}.*$/,
      '-*',
    )} ${state}`,
    ...outline(children, depth + 1),
  ]);
}

function labelled(kind: string, name: string, component = 'web'): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      uid: name,
      labels: { 'understage.dev/component': component },
    },
  };
}

describe('the tree of an application', () => {
  it('leads from component to workload to replica set to pods', () => {
    const capture = readCapture('healthy');
    expect(
      outline(treeOf(capture.objects, capture.events, shortlyAfter(capture))),
    ).toEqual([
      'Component web Ready',
      '  Deployment shop-web Ready',
      '    ReplicaSet shop-web-* Ready',
      '      Pod shop-web-* Ready',
      '      Pod shop-web-* Ready',
      '      Pod shop-web-* Ready',
    ]);
  });

  it('shows old and new replica sets during a roll-out, each with its state', () => {
    const capture = readCapture('bad-rollout');
    const lines = outline(
      treeOf(capture.objects, capture.events, shortlyAfter(capture)),
    );
    expect(lines.slice(0, 2)).toEqual([
      'Component web Degraded',
      '  Deployment shop-web Degraded',
    ]);
    expect(lines.filter(line => line.includes('ReplicaSet'))).toEqual([
      expect.stringContaining('Failed'),
      expect.stringContaining('Ready'),
    ]);
    expect(lines.filter(line => line.includes('Pod'))).toHaveLength(4);
  });

  it('says at each node what is wrong with it', () => {
    const capture = readCapture('unschedulable');
    const [component] = treeOf(
      capture.objects,
      capture.events,
      shortlyAfter(capture),
    );
    const [deployment] = component.children;
    const pods = deployment.children[0].children;
    expect(component.message).toMatch(
      /^3 of 5 pods ready; 2 pods .* too little cpu$/,
    );
    expect(pods.map(({ message }) => message).sort()).toEqual([
      'can not be scheduled: 3 nodes have too little cpu',
      'can not be scheduled: 3 nodes have too little cpu',
      'is ready',
      'is ready',
      'is ready',
    ]);
  });

  it('puts workloads before what stands around them', () => {
    const nodes = treeOf([
      labelled('ServiceAccount', 'a'),
      labelled('Service', 'b'),
      labelled('PersistentVolumeClaim', 'c'),
      { ...labelled('Deployment', 'd'), apiVersion: 'apps/v1' },
    ]);
    expect(nodes[0].children.map(({ ref }) => ref.kind)).toEqual([
      'Deployment',
      'Service',
      'PersistentVolumeClaim',
      'ServiceAccount',
    ]);
  });

  it('leaves out replica sets of former roll-outs, releases and endpoints', () => {
    const deployment = {
      ...labelled('Deployment', 'd'),
      apiVersion: 'apps/v1',
    };
    const owned = {
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd', uid: 'd' },
      ],
    };
    const retired: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'd-1', uid: 'r', ...owned },
      spec: { replicas: 0 },
    };
    const nodes = treeOf([
      deployment,
      retired,
      labelled('ControllerRevision', 'shop-1'),
      labelled('EndpointSlice', 'x'),
    ]);
    expect(outline(nodes)).toEqual([
      'Component web Progressing',
      '  Deployment d Progressing',
    ]);
  });

  it('has a node for a component of which nothing is there yet', () => {
    expect(treeOf([])).toMatchObject([
      {
        ref: { kind: 'Component', name: 'web' },
        state: 'Progressing',
        message: 'nothing of it is there yet',
        children: [],
      },
    ]);
  });

  it('shows what is left of a component that the application no longer has', () => {
    const nodes = treeOf([labelled('Service', 'old', 'cache')]);
    expect(nodes[1]).toMatchObject({
      ref: { kind: 'Component', name: 'cache' },
      message: 'is not part of the application any more',
      children: [{ ref: { name: 'old' } }],
    });
  });

  it('does not mind the Application being among the objects', () => {
    const owner: KubeObject = {
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Application',
      metadata: { name: 'shop', uid: 'uid-shop' },
    };
    const service: KubeObject = {
      ...labelled('Service', 'b'),
      metadata: {
        ...labelled('Service', 'b').metadata,
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: 'Application',
            name: 'shop',
            uid: 'uid-shop',
          },
        ],
      },
    };
    expect(outline(treeOf([owner, service]))).toEqual([
      'Component web Ready',
      '  Service b Ready',
    ]);
  });
});
