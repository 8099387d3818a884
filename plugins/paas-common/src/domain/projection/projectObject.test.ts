import fc from 'fast-check';
import { readCapture } from '../health/testing/captures';
import { KubeObject } from '../kubernetes';
import { Interner } from './Interner';
import { createProjection, projectObject } from './projectObject';

const metadata = {
  name: 'web',
  namespace: 'shop',
  uid: 'u',
  resourceVersion: '7',
  generation: 2,
  creationTimestamp: '2026-11-23T00:00:00Z',
  labels: { app: 'web' },
  annotations: {
    'understage.dev/application-uid': 'x',
    'kubectl.kubernetes.io/last-applied-configuration': '{...}',
  },
  managedFields: [{ manager: 'kubectl' }],
};

function object(kind: string, content: Record<string, unknown>): KubeObject {
  return { apiVersion: 'v1', kind, metadata, ...content };
}

describe('what a cache keeps', () => {
  it('of every object: who it is, whose it is, and our own annotations', () => {
    expect(projectObject(object('ConfigMap', { data: { a: 'b' } }))).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'u',
        resourceVersion: '7',
        generation: 2,
        creationTimestamp: '2026-11-23T00:00:00Z',
        labels: { app: 'web' },
        annotations: { 'understage.dev/application-uid': 'x' },
      },
    });
  });

  it.each(['Secret', 'ConfigMap'])('of a %s: nothing of its content', kind => {
    const kept = projectObject(
      object(kind, { data: { password: 'c2VjcmV0' }, stringData: { x: 'y' } }),
    );
    expect(Object.keys(kept)).toEqual(['apiVersion', 'kind', 'metadata']);
  });

  it('of a Deployment: its size and how far it is', () => {
    const kept = projectObject(
      object('Deployment', {
        spec: { replicas: 3, template: { spec: { containers: [] } } },
        status: { readyReplicas: 2, collisionCount: 1 },
      }),
    );
    expect(kept).toMatchObject({
      spec: { replicas: 3 },
      status: { readyReplicas: 2 },
    });
    expect(JSON.stringify(kept)).not.toMatch(/template|collisionCount/);
  });

  it('of a pod: where it runs, its volumes, and why it does not serve', () => {
    const kept = projectObject(
      object('Pod', {
        spec: {
          nodeName: 'node-1',
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } },
            { name: 'tmp', emptyDir: {} },
          ],
          containers: [
            {
              name: 'app',
              image: 'web:1',
              env: [{ name: 'A', value: 'b' }],
              resources: { limits: { memory: '1Gi', cpu: '1' } },
            },
          ],
        },
        status: {
          phase: 'Running',
          podIP: '10.0.0.1',
          conditions: [
            { type: 'Initialized', status: 'True', lastTransitionTime: 'x' },
            { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
          ],
          containerStatuses: [
            {
              name: 'app',
              ready: false,
              restartCount: 3,
              containerID: 'containerd://1',
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: {
                terminated: { exitCode: 1, startedAt: 'x', finishedAt: 'y' },
              },
            },
          ],
        },
      }),
    );
    expect(kept.spec).toEqual({
      nodeName: 'node-1',
      containers: [
        {
          name: 'app',
          image: 'web:1',
          resources: { limits: { memory: '1Gi' } },
        },
      ],
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } },
      ],
    });
    expect(kept.status).toEqual({
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
      ],
      containerStatuses: [
        {
          name: 'app',
          ready: false,
          restartCount: 3,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: { terminated: { exitCode: 1, finishedAt: 'y' } },
        },
      ],
    });
  });

  it('of an Application: all but the bookkeeping of its writers', () => {
    const kept = projectObject(
      object('Application', { spec: { components: [] }, status: { a: 1 } }),
    );
    expect(kept).toMatchObject({ spec: { components: [] }, status: { a: 1 } });
    expect(JSON.stringify(kept)).not.toMatch(/managedFields|last-applied/);
  });

  it('of a quota: what is used of it', () => {
    const status = { hard: { pods: '4' }, used: { pods: '1' } };
    const kept = projectObject(
      object('ResourceQuota', { spec: { hard: { pods: '4' } }, status }),
    );
    expect(kept.status).toEqual(status);
  });

  it('of a kind that it does not know: what the conventions of status speak of', () => {
    const kept = projectObject(
      object('Certificate', {
        spec: { secretName: 'x' },
        status: { conditions: [{ type: 'Ready', status: 'True' }], other: 1 },
      }),
    );
    expect(kept.spec).toBeUndefined();
    expect(kept.status).toEqual({
      conditions: [{ type: 'Ready', status: 'True' }],
    });
  });

  it('is the same when it is projected again', () => {
    const project = createProjection();
    for (const each of readCapture('storage-class').objects) {
      expect(project(project(each))).toEqual(project(each));
    }
  });

  it('is shared among pods of one template', () => {
    const project = createProjection();
    const [first, second] = readCapture('healthy')
      .objects.filter(({ kind }) => kind === 'Pod')
      .map(project);
    expect(first.metadata.labels).toBe(second.metadata.labels);
    expect(first.metadata.ownerReferences).toBe(
      second.metadata.ownerReferences,
    );
    expect(first.status).toBe(second.status);
  });

  it('does not hold on to the object that it came from', () => {
    const pod = readCapture('healthy').objects.find(
      ({ kind }) => kind === 'Pod',
    );
    if (!pod) throw new Error('the capture has no pod');
    const before = JSON.stringify(pod);
    createProjection()(pod);
    expect(JSON.stringify(pod)).toBe(before);
  });
});

describe('sharing equal values', () => {
  it('gives the same record for equal ones, and keeps nobody from changing theirs', () => {
    const interner = new Interner(10);
    const mine = { a: { b: 1 } };
    const shared = interner.value({ ...mine });
    expect(interner.value({ a: { b: 1 } })).toBe(shared);
    expect(shared).toEqual(mine);
    expect(Object.isFrozen(shared)).toBe(true);
  });

  it('tells texts and records apart', () => {
    const interner = new Interner(10);
    interner.value({ a: 1 });
    expect(interner.text('{"a":1}')).toBe('{"a":1}');
  });

  it('never holds more than two generations, whatever passes through', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.integer({ min: 1, max: 8 }),
        (texts, limit) => {
          const interner = new Interner(limit);
          texts.forEach(text => {
            expect(interner.text(text)).toBe(text);
            expect(interner.value({ text })).toEqual({ text });
          });
          expect(interner.size).toBeLessThanOrEqual(4 * limit);
        },
      ),
    );
  });

  it('keeps what is asked for again, and forgets the rest', () => {
    const interner = new Interner(2);
    const kept = interner.value({ kept: true });
    for (let index = 0; index < 100; index += 1) {
      interner.value({ index });
      expect(interner.value({ kept: true })).toBe(kept);
    }
  });
});
