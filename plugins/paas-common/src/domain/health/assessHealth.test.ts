import { KubeObject } from '../kubernetes';
import { ApplicationStatus } from '../../schema/ApplicationStatus';
import { applicationOf } from '../rendering/testing/applicationOf';
import { assessHealth, availableComponents, HealthInput } from './assessHealth';
import { applyFindings } from './applyFindings';
import { Finding, findingsOf } from './findings';
import { podOf, waiting } from './testing/podOf';

const application = applicationOf({
  components: [
    { name: 'web', type: 'Deployment', image: 'web:1' },
    { name: 'db', type: 'StatefulSet', image: 'db:1' },
  ],
});

function deployment(
  component: string,
  available: number,
  replicas = 2,
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `shop-${component}`,
      uid: component,
      labels: { 'understage.dev/component': component },
    },
    spec: { replicas },
    status: {
      replicas,
      updatedReplicas: replicas,
      availableReplicas: available,
    },
  };
}

function health(
  objects: readonly KubeObject[],
  parts: Partial<HealthInput> = {},
) {
  return assessHealth({
    application,
    objects,
    events: [],
    now: new Date('2026-11-23T01:00:00Z'),
    ...parts,
  });
}

const good = [deployment('web', 2), deployment('db', 2)];

describe('the health of an application', () => {
  it('is ready when all its components are', () => {
    expect(health(good)).toMatchObject({
      state: 'Ready',
      message: 'Both components are ready.',
      components: [
        {
          name: 'web',
          type: 'Deployment',
          state: 'Ready',
          replicas: { desired: 2, ready: 2, updated: 2 },
        },
        { name: 'db', type: 'StatefulSet', state: 'Ready' },
      ],
    });
  });

  it('is that of its worst component, which the sentence names', () => {
    const crashing = podOf({
      owner: 'db',
      containers: [
        waiting('CrashLoopBackOff', '', {
          lastState: { terminated: { exitCode: 1 } },
        }),
      ],
    });
    expect(
      health([deployment('web', 1), deployment('db', 0), crashing]),
    ).toMatchObject({
      state: 'Failed',
      reason: 'CrashLoop',
      message:
        'db: 0 of 2 pods ready; web-1 can not keep running: container app exits with code 1 (and 1 more component)',
    });
  });

  it('is under way while nothing of a component is there yet', () => {
    expect(health([deployment('web', 2)])).toMatchObject({
      state: 'Progressing',
      message: 'db: nothing of it is there yet',
    });
  });

  it('adds up the workloads of a component, and names the one in trouble', () => {
    const charts = [
      {
        ...deployment('db', 1, 1),
        metadata: {
          ...deployment('db', 1).metadata,
          name: 'db-master',
          uid: 'm',
        },
      },
      {
        ...deployment('db', 0, 3),
        metadata: {
          ...deployment('db', 1).metadata,
          name: 'db-replica',
          uid: 'r',
        },
      },
    ];
    const [, db] = health([deployment('web', 2), ...charts]).components;
    expect(db).toMatchObject({
      state: 'Progressing',
      message: 'Deployment db-replica: 0 of 3 pods ready',
      replicas: { desired: 4, ready: 1, updated: 4 },
    });
  });

  it('finds pods by their owners, also when a chart gave them no label of ours', () => {
    const pod = podOf({
      name: 'x',
      owner: 'db',
      containers: [waiting('ImagePullBackOff', 'not found')],
    });
    const unlabelled = { ...pod, metadata: { ...pod.metadata, labels: {} } };
    expect(
      health([deployment('web', 2), deployment('db', 0), unlabelled]),
    ).toMatchObject({ reason: 'ImagePullFailed' });
  });

  it('lets pods speak for a claim that only waits, but not for one that is broken', () => {
    const claim = (phase: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'data',
        uid: 'c',
        labels: { 'understage.dev/component': 'db' },
      },
      status: { phase },
    });
    expect(health([...good, claim('Pending')]).state).toBe('Ready');
    expect(health([...good, claim('Lost')])).toMatchObject({
      state: 'Failed',
      message: 'db: the volume data has lost its storage',
    });
  });

  it('says that it is paused, and still what is wrong', () => {
    const paused = {
      ...application,
      spec: { ...application.spec, paused: true },
    };
    expect(health(good, { application: paused })).toMatchObject({
      state: 'Paused',
      reason: 'Paused',
      message: 'Paused. Both components are ready.',
    });
    expect(
      health([deployment('web', 2)], { application: paused }),
    ).toMatchObject({
      state: 'Paused',
      message: 'Paused. db: nothing of it is there yet',
    });
    const crashing = podOf({
      owner: 'web',
      containers: [waiting('CrashLoopBackOff')],
    });
    expect(
      health([deployment('web', 0), crashing], { application: paused }),
    ).toMatchObject({ reason: 'Paused', state: 'Failed' });
  });

  it('counts its components when there are more than two', () => {
    const three = applicationOf({
      components: ['web', 'api', 'job'].map(name => ({
        name,
        type: 'Deployment',
        image: 'web:1',
      })),
    });
    expect(
      health(
        ['web', 'api', 'job'].map(name => deployment(name, 2)),
        { application: three },
      ).message,
    ).toBe('All 3 components are ready.');
  });

  it('says that it is being deleted, whatever its components do', () => {
    const metadata = {
      ...application.metadata,
      deletionTimestamp: '2026-11-23T00:00:00Z',
    };
    expect(
      health([], { application: { ...application, metadata } }),
    ).toMatchObject({ reason: 'Deleting', state: 'Progressing' });
  });

  it('is about the components of a pinned release, when these are given', () => {
    const { components } = health(good, {
      components: [{ name: 'web', type: 'Deployment' }],
    });
    expect(components.map(({ name }) => name)).toEqual(['web']);
  });
});

describe('what planning and writing had to say', () => {
  const refused: Finding = {
    component: 'web',
    reason: 'OwnedByOther',
    message: 'Service web belongs to Helm release x.',
  };
  const waits: Finding = {
    component: 'db',
    reason: 'WaitingForDependency',
    message: 'db waits for web.',
  };

  it('makes a component Degraded while its older version runs, and Failed while nothing does', () => {
    expect(health(good, { findings: [refused] })).toMatchObject({
      state: 'Degraded',
      message: 'web: Service web belongs to Helm release x.',
    });
    expect(health([], { findings: [refused] }).components[0]).toMatchObject({
      state: 'Failed',
      reason: 'OwnedByOther',
    });
  });

  it('makes a component wait where time or an image will tell', () => {
    const { components } = health([deployment('web', 2)], {
      findings: [waits],
    });
    expect(components[1]).toMatchObject({
      state: 'Waiting',
      reason: 'WaitingForDependency',
      message: 'db waits for web.',
    });
  });

  it('names a component once, also when the finding has named it already', () => {
    const unreachable: Finding = {
      component: 'db',
      reason: 'RepositoryUnreachable',
      message: 'db: The repository bitnami did not answer.',
    };
    const { message, components } = health([deployment('web', 2)], {
      findings: [unreachable],
    });
    expect(components[1].message).toBe(
      'The repository bitnami did not answer.',
    );
    expect(message).toBe('db: The repository bitnami did not answer.');
  });

  it('does not hide what is worse', () => {
    const findings: Finding[] = [
      { component: 'web', reason: 'ApplyFailed', message: 'Tried again.' },
    ];
    const crashing = podOf({
      owner: 'web',
      containers: [waiting('CrashLoopBackOff')],
    });
    expect(
      health([deployment('web', 0), crashing], { findings }).components[0]
        .reason,
    ).toBe('CrashLoop');
  });

  it('about the whole application is said first', () => {
    const findings: Finding[] = [
      { reason: 'Invalid', message: 'spec.components: at least one.' },
    ];
    expect(health(good, { findings })).toMatchObject({
      state: 'Degraded',
      reason: 'Invalid',
      message: 'spec.components: at least one.',
    });
    expect(health([], { findings })).toMatchObject({ state: 'Failed' });
  });

  it('can be laid over twice without a difference', () => {
    const once = health(good, { findings: [refused, waits] });
    expect(applyFindings(application, once, [refused, waits])).toEqual(once);
  });

  it('is found again in the status that the operator wrote', () => {
    const status: ApplicationStatus = {
      observedGeneration: 1,
      state: 'Failed',
      message: 'x',
      components: [
        {
          name: 'web',
          type: 'Deployment',
          state: 'Failed',
          reason: 'OwnedByOther',
          message: refused.message,
          objects: [],
        },
        {
          name: 'db',
          type: 'StatefulSet',
          state: 'Failed',
          reason: 'CrashLoop',
          message: 'seen in pods',
          objects: [],
        },
        {
          name: 'x',
          type: 'Job',
          state: 'Failed',
          reason: 'SomethingNewer',
          message: '',
          objects: [],
        },
      ],
      conditions: [
        {
          type: 'Valid',
          status: 'False',
          reason: 'Invalid',
          message: 'two problems',
          observedGeneration: 1,
          lastTransitionTime: '',
        },
      ],
    };
    expect(findingsOf(status)).toEqual([
      { reason: 'Invalid', message: 'two problems' },
      refused,
    ]);
    expect(findingsOf(undefined)).toEqual([]);
  });
});

describe('objects that own each other in a ring', () => {
  it('are judged like others: whoever may write an object may write its owners', () => {
    const ownedBy = (uid: string, kind: string) => ({
      apiVersion: 'apps/v1',
      kind,
      name: uid,
      uid,
    });
    const [web, db] = good;
    const ring = {
      ...web,
      metadata: {
        ...web.metadata,
        ownerReferences: [ownedBy('set', 'ReplicaSet')],
      },
    };
    const set: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: 'shop-web-1',
        uid: 'set',
        ownerReferences: [ownedBy('web', 'Deployment')],
      },
      spec: { replicas: 2 },
      status: { replicas: 1, readyReplicas: 0 },
    };
    const short = {
      ...ring,
      status: { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
    };
    expect(health([short, set, db])).toMatchObject({
      state: 'Progressing',
      components: [{ name: 'web' }, { name: 'db', state: 'Ready' }],
    });
  });
});

describe('objects of strangers', () => {
  const live = {
    ...application,
    metadata: { ...application.metadata, namespace: 'team', uid: 'app' },
  };
  const owned = (object: KubeObject, owner?: string): KubeObject => ({
    ...object,
    metadata: {
      ...object.metadata,
      namespace: 'team',
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              {
                apiVersion: 'v1',
                kind: 'Application',
                name: 'shop',
                uid: owner,
              },
            ],
          }),
    },
  });

  it('do not count, whatever their labels say', () => {
    const web = owned(deployment('web', 2), 'app');
    const forged = owned(deployment('db', 2));
    const theirs = owned(deployment('db', 2), 'other-app');
    for (const stranger of [forged, theirs]) {
      const { components } = health([web, stranger], { application: live });
      expect(components.map(({ state }) => state)).toEqual([
        'Ready',
        'Progressing',
      ]);
    }
  });
});

describe('what others may count on', () => {
  it('is a component that is ready, or serves with at least one pod', () => {
    const names = (objects: readonly KubeObject[]) => [
      ...availableComponents(health(objects)),
    ];
    expect(names(good)).toEqual(['web', 'db']);
    expect(names([deployment('web', 1), deployment('db', 0)])).toEqual(['web']);
    expect(names([])).toEqual([]);
  });

  it('is a component without pods on purpose too: nobody should wait for it for ever', () => {
    const zero = { ...deployment('db', 0, 0) };
    expect([...availableComponents(health([zero]))]).toEqual(['db']);
  });
});
