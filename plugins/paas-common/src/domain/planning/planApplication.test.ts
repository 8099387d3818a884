import { Desired } from '../desired';
import { KubeObject } from '../kubernetes';
import { desiredOf, objectOf } from './testing/desiredOf';
import { applied, partial, plan, withMetadata } from './testing/planning';

const service = objectOf('Service', 'shop-web', {
  spec: { ports: [{ port: 80 }] },
});
const deployment = objectOf('Deployment', 'shop-web', {
  spec: { replicas: 2 },
});

describe('an object that should exist', () => {
  it('is created when it does not, marked as ours', () => {
    const [action] = plan(desiredOf([service]));
    expect(action).toMatchObject({
      kind: 'create',
      component: 'web',
      ref: { kind: 'Service', namespace: 'shop', name: 'shop-web' },
      object: {
        metadata: {
          ownerReferences: [
            {
              apiVersion: 'paas.understage.dev/v1',
              kind: 'Application',
              name: 'shop',
              uid: 'uid-shop',
              controller: true,
            },
          ],
          annotations: {
            'understage.dev/applied-hash':
              expect.stringMatching(/^[0-9a-f]{16}$/),
          },
        },
      },
    });
  });

  it('needs nothing when it stands as we applied it', () => {
    expect(plan(desiredOf([service]), [applied(service)])).toMatchObject([
      { kind: 'none' },
    ]);
  });

  it('is changed when the application changed, field by field', () => {
    const older = applied(
      objectOf('Service', 'shop-web', {
        spec: { ports: [{ port: 80, name: 'x' }] },
      }),
    );
    const newer = objectOf('Service', 'shop-web', {
      spec: { ports: [{ port: 80, name: 'y' }] },
    });
    expect(plan(desiredOf([newer]), [older])).toMatchObject([
      {
        kind: 'update',
        drift: false,
        changes: [{ path: 'spec.ports[80/TCP].name', from: 'x', to: 'y' }],
      },
    ]);
  });

  it('is repaired when somebody else changed it, and the plan tells the two apart', () => {
    const scaled = { ...applied(deployment), spec: { replicas: 9 } };
    expect(plan(desiredOf([deployment]), [scaled])).toMatchObject([
      {
        kind: 'update',
        drift: true,
        changes: [{ path: 'spec.replicas', from: 9, to: 2 }],
      },
    ]);
  });

  it('is changed by its uid, whatever its version: a successor of the name is not meant', () => {
    const scaled = withMetadata(
      { ...applied(deployment), spec: { replicas: 9 } },
      { resourceVersion: '7' },
    );
    const [action] = plan(desiredOf([deployment]), [scaled]);
    expect(action).toMatchObject({ kind: 'update', uid: 'uid-shop-web' });
    expect(action).not.toHaveProperty('resourceVersion');
  });

  it('that was handed over is changed as it was seen, or not at all: the offer may be taken back', () => {
    const offered = withMetadata(deployment, {
      uid: 'theirs',
      resourceVersion: '7',
      annotations: { 'understage.dev/adopt': 'true' },
    });
    expect(plan(desiredOf([deployment]), [offered])).toMatchObject([
      { kind: 'update', uid: 'theirs', resourceVersion: '7' },
    ]);
  });

  it('is applied again when only a field was taken out whose name nobody recorded', () => {
    const older = applied({
      ...service,
      spec: { ports: [{ port: 80 }], sessionAffinity: 'None' },
    });
    const [action] = plan(desiredOf([service]), [older]);
    expect(action).toMatchObject({ kind: 'update', drift: false });
    expect(action.kind === 'update' && action.changes).toEqual([
      {
        path: 'metadata.annotations["understage.dev/applied-hash"]',
        from: expect.any(String),
        to: expect.any(String),
      },
    ]);
  });

  it('keeps its mark: a removed ownerReference is put back', () => {
    const orphaned = withMetadata(applied(service), {
      ownerReferences: [
        {
          ...applied(service).metadata.ownerReferences?.[0],
          controller: undefined,
        },
      ],
    });
    expect(plan(desiredOf([service]), [orphaned])).toMatchObject([
      { kind: 'update', drift: true },
    ]);
  });

  it('is not applied to while it is being deleted, since that would be lost', () => {
    const leaving = withMetadata(applied(service), {
      deletionTimestamp: '2026-11-23T00:00:00Z',
    });
    expect(plan(desiredOf([service]), [leaving])).toMatchObject([
      { kind: 'wait', reason: 'Deleting' },
    ]);
  });

  it('that is asked for twice is applied once, and the second one is refused', () => {
    expect(plan(desiredOf([service, service]))).toMatchObject([
      { kind: 'create' },
      {
        kind: 'refuse',
        reason: 'NameTaken',
        ref: { kind: 'Service', name: 'shop-web' },
      },
    ]);
  });
});

describe('an object of somebody else at a name that we want', () => {
  const helm = withMetadata(service, {
    uid: 'x',
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'cache' },
  });

  it('is refused, naming the owner and what to do', () => {
    const [action] = plan(desiredOf([service]), [helm]);
    expect(action).toMatchObject({ kind: 'refuse', reason: 'OwnedByOther' });
    const message = action.kind === 'refuse' ? action.message : '';
    expect(message).toContain(
      'Service shop-web exists and belongs to Helm release cache',
    );
    expect(message).toContain('understage.dev/adopt: "true"');
  });

  it('is refused although it is equal to what we want', () => {
    expect(
      plan(desiredOf([service]), [
        withMetadata(service, { uid: 'x', labels: {} }),
      ]),
    ).toMatchObject([{ kind: 'refuse', reason: 'OwnedByOther' }]);
  });

  it('is taken over when it is annotated for that', () => {
    const offered = withMetadata(helm, {
      annotations: { 'understage.dev/adopt': 'true' },
    });
    expect(plan(desiredOf([service]), [offered])).toMatchObject([
      { kind: 'update', drift: false },
    ]);
  });

  it('that goes with an earlier application of this name is waited for', () => {
    const earlier = withMetadata(applied(service), {
      ownerReferences: [
        {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          name: 'shop',
          uid: 'uid-of-the-earlier-one',
          controller: true,
        },
      ],
    });
    expect(plan(desiredOf([service]), [earlier])).toMatchObject([
      { kind: 'wait', reason: 'Deleting' },
    ]);
  });
});

describe('an object that is no longer asked for', () => {
  const old = applied(objectOf('Service', 'shop-old'));

  it('is deleted by its uid', () => {
    expect(plan(desiredOf([service]), [applied(service), old])).toMatchObject([
      { kind: 'none' },
      {
        kind: 'delete',
        uid: 'uid-shop-old',
        ref: { name: 'shop-old' },
        component: 'web',
      },
    ]);
  });

  it('stays while the cluster can only be seen in part', () => {
    const actions = plan(
      desiredOf([service]),
      partial([applied(service), old]),
    );
    expect(actions[1]).toMatchObject({
      kind: 'keep',
      why: expect.stringContaining('services could not be listed'),
    });
  });

  it('goes in the reverse order of applying: workloads before what they stand on', () => {
    const left = ['Deployment', 'ServiceAccount', 'Service'].map(kind =>
      applied(objectOf(kind, 'shop-old')),
    );
    const actions = plan(desiredOf([service]), [applied(service), ...left]);
    expect(actions.slice(1).map(({ ref }) => ref.kind)).toEqual([
      'Deployment',
      'Service',
      'ServiceAccount',
    ]);
  });

  it.each<[string, KubeObject]>([
    [
      'is going already',
      withMetadata(old, { deletionTimestamp: '2026-11-23T00:00:00Z' }),
    ],
    [
      'is a release of ours',
      { ...old, kind: 'ControllerRevision', apiVersion: 'apps/v1' },
    ],
    [
      'only asked to be deleted with us',
      withMetadata(old, {
        ownerReferences: [
          { ...old.metadata.ownerReferences?.[0], controller: false },
        ],
      }),
    ],
    [
      'belongs to an application of the same name with another uid',
      withMetadata(old, {
        ownerReferences: [
          { ...old.metadata.ownerReferences?.[0], uid: 'another' },
        ],
      }),
    ],
    ['only bears our labels', withMetadata(old, { ownerReferences: [] })],
  ])('is left alone when it %s', (_why, object) => {
    expect(
      plan(desiredOf([service]), [applied(service), object]),
    ).toMatchObject([{ kind: 'none' }]);
  });

  it('stays when nothing at all is asked for, which is more likely a fault of ours', () => {
    expect(plan(desiredOf([]), [old])).toMatchObject([{ kind: 'keep' }]);
  });

  it('stays when rendering refused it, until that is settled', () => {
    const refusals = [
      {
        reason: 'KindNotAllowed' as const,
        ref: {
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'shop',
          name: 'shop-old',
        },
        message: 'no',
      },
    ];
    const actions = plan(desiredOf([service], { refusals }), [
      applied(service),
      old,
    ]);
    expect(actions).toMatchObject([
      { kind: 'refuse' },
      { kind: 'none' },
      { kind: 'keep' },
    ]);
  });
});

describe('a change that can not be made in place', () => {
  const headless = {
    ...service,
    spec: { clusterIP: 'None', ports: [{ port: 80 }] },
  };
  const before = {
    ...applied(service),
    spec: { clusterIP: '10.0.0.1', ports: [{ port: 80 }] },
  };

  it('replaces the object where nothing is lost by it', () => {
    expect(plan(desiredOf([headless]), [before])).toMatchObject([
      {
        kind: 'replace',
        uid: 'uid-shop-web',
        changes: [{ path: 'spec.clusterIP' }],
      },
    ]);
  });

  it('waits while the cluster can only be seen in part', () => {
    expect(plan(desiredOf([headless]), partial([before]))).toMatchObject([
      { kind: 'wait', reason: 'ObservationIncomplete' },
    ]);
  });

  it('is refused where something would be lost, naming field and remedy', () => {
    const set = (serviceName: string) =>
      objectOf('StatefulSet', 'shop-db', { spec: { serviceName } });
    const [action] = plan(desiredOf([set('b')]), [applied(set('a'))]);
    expect(action).toMatchObject({ kind: 'refuse', reason: 'ImmutableField' });
    expect(action.kind === 'refuse' && action.message).toMatch(
      /^spec\.serviceName of StatefulSet shop-db can not be changed in place\. Undo the change, or run `kubectl/,
    );
  });
});

describe('a component that depends on another', () => {
  const waiting = { web: { dependsOn: ['redis', 'db'] } };

  it('is first applied when all it depends on is available', () => {
    expect(
      plan(desiredOf([service, deployment], waiting), [], ['db']),
    ).toMatchObject([
      {
        kind: 'wait',
        reason: 'WaitingForDependency',
        message: 'waits for redis, which is not available yet.',
      },
      { kind: 'wait' },
    ]);
    expect(
      plan(desiredOf([service], waiting), [], ['db', 'redis']),
    ).toMatchObject([{ kind: 'create' }]);
  });

  it('does not wait once it has been applied: later updates go on', () => {
    const older = applied({ ...deployment, spec: { replicas: 1 } });
    expect(
      plan(desiredOf([deployment, service], waiting), [older]),
    ).toMatchObject([{ kind: 'update' }, { kind: 'create' }]);
  });

  it('waits although others put something at the name of its workload', () => {
    const stranger = withMetadata(deployment, { uid: 'x', labels: {} });
    expect(
      plan(desiredOf([service, deployment], waiting), [stranger]),
    ).toMatchObject([
      { kind: 'wait', reason: 'WaitingForDependency' },
      { kind: 'refuse', reason: 'OwnedByOther' },
    ]);
  });
});

describe('a component that can not be rendered', () => {
  const blocked = {
    web: {
      blocked: {
        reason: 'ChartNotFound' as const,
        message: 'The chart bitnami/rediss does not exist.',
      },
    },
  };

  it('is refused once, and nothing of it is created, changed or deleted', () => {
    const actions = plan(desiredOf([service], blocked), [applied(deployment)]);
    expect(actions).toMatchObject([
      {
        kind: 'refuse',
        reason: 'ChartNotFound',
        component: 'web',
        ref: { kind: 'Application', name: 'shop' },
      },
      { kind: 'none' },
      { kind: 'keep', why: 'The chart bitnami/rediss does not exist.' },
    ]);
  });

  it('is not refused twice when rendering lists it among its refusals as well', () => {
    const refusals = [{ component: 'web', ...blocked.web.blocked }];
    expect(
      plan(desiredOf([], { ...blocked, refusals })).filter(
        ({ kind }) => kind === 'refuse',
      ),
    ).toHaveLength(1);
  });

  it('waits where it is only not known yet, such as an image', () => {
    const awaiting = {
      web: {
        blocked: {
          reason: 'AwaitingImage' as const,
          message: 'No image is known.',
        },
      },
    };
    expect(plan(desiredOf([], awaiting))).toMatchObject([
      { kind: 'wait', reason: 'AwaitingImage' },
    ]);
  });
});

describe('a paused application', () => {
  const paused = (desired: Desired): Desired => ({
    ...desired,
    application: {
      ...desired.application,
      spec: { ...desired.application.spec, paused: true },
    },
  });

  it('shows what it would do, and does not do it', () => {
    const scaled = { ...applied(deployment), spec: { replicas: 9 } };
    const old = applied(objectOf('Service', 'shop-old'));
    const actions = plan(paused(desiredOf([service, deployment])), [
      scaled,
      old,
    ]);
    expect(actions).toMatchObject([
      {
        kind: 'wait',
        reason: 'Paused',
        message:
          'Service shop-web would be created, but the application is paused.',
      },
      {
        kind: 'wait',
        reason: 'Paused',
        message:
          'Deployment shop-web would be repaired (1 field), but the application is paused.',
      },
      {
        kind: 'wait',
        reason: 'Paused',
        message:
          'Service shop-old would be deleted, but the application is paused.',
      },
    ]);
  });

  it('still says what is refused', () => {
    const stranger = withMetadata(service, { uid: 'x', labels: {} });
    expect(plan(paused(desiredOf([service])), [stranger])).toMatchObject([
      { kind: 'refuse' },
    ]);
  });
});
