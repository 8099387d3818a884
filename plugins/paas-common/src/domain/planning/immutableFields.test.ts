import { KubeObject } from '../kubernetes';
import { judgeChanges } from './immutableFields';

function live(kind: string, content: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind,
    metadata: { name: 'db', namespace: 'shop' },
    ...content,
  };
}

function judge(object: KubeObject, ...paths: string[]) {
  return judgeChanges(
    object,
    paths.map(path => ({ path, from: 'old', to: 'new' })),
  );
}

describe('a change to a field', () => {
  it.each([
    ['Deployment', 'spec.replicas'],
    ['Deployment', 'spec.template.spec.containers[app].image'],
    ['StatefulSet', 'spec.replicas'],
    ['StatefulSet', 'spec.template.spec.containers[app].image'],
    ['StatefulSet', 'spec.updateStrategy.type'],
    ['StatefulSet', 'metadata.labels.a'],
    ['Job', 'spec.parallelism'],
    ['Service', 'spec.type'],
    ['Service', 'spec.ports[80/TCP].targetPort'],
    ['ConfigMap', 'data.a'],
    ['Ingress', 'spec.rules[0].host'],
    ['Whatever', 'spec.selector'],
  ])('of %s at %s is made in place', (kind, path) => {
    expect(judge(live(kind), path)).toEqual({ kind: 'update' });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['Job', 'spec.template.spec.containers[app].image', {}],
    ['Job', 'spec.completions', {}],
    ['Service', 'spec.clusterIP', {}],
    ['Pod', 'spec.containers[app].image', {}],
    ['RoleBinding', 'roleRef.name', {}],
    ['Secret', 'type', {}],
    ['ConfigMap', 'data.a', { immutable: true }],
  ])(
    'of %s at %s is made by replacing it, which loses nothing',
    (kind, path, content) => {
      expect(judge(live(kind, content), path)).toEqual({ kind: 'replace' });
    },
  );

  it.each([
    ['Deployment', 'spec.selector.matchLabels.app', 'delete Deployment db'],
    ['DaemonSet', 'spec.selector.matchLabels.app', 'delete DaemonSet db'],
    [
      'StatefulSet',
      'spec.serviceName',
      'kubectl delete statefulset db -n shop --cascade=orphan',
    ],
    [
      'StatefulSet',
      'spec.volumeClaimTemplates[0].spec.resources.requests.storage',
      '--cascade=orphan',
    ],
    ['StatefulSet', 'spec.selector.matchLabels.app', '--cascade=orphan'],
    [
      'PersistentVolumeClaim',
      'spec.storageClassName',
      'add a volume under another name',
    ],
    [
      'PersistentVolumeClaim',
      'spec.accessModes[0]',
      'add a volume under another name',
    ],
  ])('of %s at %s is refused, with what to do', (kind, path, todo) => {
    const verdict = judge(live(kind), path);
    expect(verdict).toMatchObject({ kind: 'refuse', path });
    expect(verdict.kind === 'refuse' && verdict.todo).toContain(todo);
  });

  it('lets a volume grow but not shrink', () => {
    const resize = (from: string, to: string) =>
      judgeChanges(live('PersistentVolumeClaim'), [
        { path: 'spec.resources.requests.storage', from, to },
      ]);
    expect(resize('1Gi', '2Gi')).toEqual({ kind: 'update' });
    expect(resize('1Gi', '1000Mi')).toMatchObject({
      kind: 'refuse',
      todo: expect.stringContaining('ask for 1Gi or more'),
    });
  });

  it('is as bad as the worst of several', () => {
    expect(judge(live('Job'), 'spec.parallelism', 'spec.template')).toEqual({
      kind: 'replace',
    });
    expect(
      judge(live('StatefulSet'), 'spec.replicas', 'spec.serviceName').kind,
    ).toBe('refuse');
  });

  it('is not judged by an object of which a cache kept an outline only', () => {
    expect(judge(live('StatefulSet'), 'spec')).toEqual({ kind: 'update' });
    expect(
      judge(live('StatefulSet', { spec: {} }), 'spec.serviceName').kind,
    ).toBe('refuse');
  });

  it('does not take a longer name for a field below: spec.selectorX is not spec.selector', () => {
    expect(judge(live('Deployment'), 'spec.selectorX')).toEqual({
      kind: 'update',
    });
  });
});
