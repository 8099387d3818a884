import { KubeObject } from '../../kubernetes';
import { healthContext } from '../HealthContext';
import { objectHealth } from '../objectHealth';
import { podOf, waiting, warning } from '../testing/podOf';

function workload(
  kind: string,
  spec: Record<string, unknown>,
  status: Record<string, unknown>,
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop', uid: 'web', generation: 2 },
    spec,
    status,
  };
}

function judge(
  object: KubeObject,
  others: readonly KubeObject[] = [],
  events: readonly KubeObject[] = [],
) {
  const now = new Date('2026-11-23T00:05:00Z');
  const context = healthContext({ objects: [object, ...others], events, now });
  const { state, reason, message } = objectHealth(object, context);
  return `${state} ${reason}: ${message}`;
}

const crashing = (name: string) =>
  podOf({
    name,
    owner: 'web',
    containers: [
      waiting('CrashLoopBackOff', '', {
        lastState: { terminated: { exitCode: 1 } },
      }),
    ],
  });
const ready = (name: string) => podOf({ name, owner: 'web', ready: true });

describe('a Deployment', () => {
  const deployment = (spec: object, status: object) =>
    workload('Deployment', { ...spec }, { observedGeneration: 2, ...status });
  const full = {
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
  };

  it.each<[string, object, object, string]>([
    ['complete', { replicas: 3 }, full, 'Ready Ready: 3 of 3 pods ready'],
    [
      'of one pod by default',
      {},
      { replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
      'Ready Ready: 1 of 1 pod ready',
    ],
    [
      'scaled to zero',
      { replicas: 0 },
      {},
      'Ready ScaledToZero: scaled to zero',
    ],
    [
      'scaling down to zero',
      { replicas: 0 },
      { replicas: 2, availableReplicas: 2 },
      'Progressing Progressing: 2 of 0 pods ready; 2 older pods are on the way out',
    ],
    [
      'starting',
      { replicas: 3 },
      { replicas: 3, updatedReplicas: 3, availableReplicas: 1 },
      'Progressing Progressing: 1 of 3 pods ready',
    ],
    [
      'rolling out',
      { replicas: 3 },
      { ...full, updatedReplicas: 1 },
      'Progressing Progressing: 3 of 3 pods ready, 1 of 3 updated',
    ],
    [
      'with older pods left',
      { replicas: 3 },
      { ...full, replicas: 4 },
      'Progressing Progressing: 3 of 3 pods ready; 1 older pod is on the way out',
    ],
    [
      'not seen by its controller yet',
      { replicas: 3 },
      { ...full, observedGeneration: 1 },
      'Progressing Progressing: 3 of 3 pods ready; the last change has not been taken up yet',
    ],
    [
      'brand new',
      { replicas: 3 },
      { observedGeneration: undefined },
      'Progressing Progressing: 0 of 3 pods ready; the last change has not been taken up yet',
    ],
  ])('%s', (...[, spec, status, expected]) => {
    expect(judge(deployment(spec, status))).toBe(expected);
  });

  it('is Degraded while some pods serve, Failed when none does', () => {
    const pods = [ready('web-1'), crashing('web-2')];
    expect(
      judge(
        deployment(
          { replicas: 2 },
          { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
        ),
        pods,
      ),
    ).toBe(
      'Degraded CrashLoop: 1 of 2 pods ready; web-2 can not keep running: container app exits with code 1',
    );
    expect(
      judge(
        deployment({ replicas: 2 }, { replicas: 2, updatedReplicas: 2 }),
        pods,
      ),
    ).toMatch(/^Failed CrashLoop/);
  });

  it('says a cause that several pods share once, and names the gravest two', () => {
    const pending = podOf({
      name: 'web-4',
      owner: 'web',
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          message: '0/1 nodes are available: 1 Insufficient cpu.',
        },
      ],
    });
    const pods = [
      pending,
      crashing('web-2'),
      crashing('web-3'),
      podOf({
        name: 'web-5',
        owner: 'web',
        phase: 'Failed',
        reason: 'Evicted',
      }),
    ];
    expect(
      judge(
        deployment({ replicas: 4 }, { replicas: 4, updatedReplicas: 4 }),
        pods,
      ),
    ).toBe(
      'Failed CrashLoop: 0 of 4 pods ready; 2 pods (web-2, ...) can not keep running: container app exits with code 1; web-4 can not be scheduled: 1 node has too little cpu',
    );
  });

  const overdue = {
    conditions: [
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      },
    ],
  };

  it('never answers with its deadline when a pod knows better', () => {
    const status = { replicas: 1, updatedReplicas: 1, ...overdue };
    expect(
      judge(deployment({ replicas: 1 }, status), [crashing('web-1')]),
    ).not.toContain('deadline');
    expect(judge(deployment({ replicas: 1 }, status))).toBe(
      'Failed NotReady: 0 of 1 pod ready; the roll-out made no progress within its deadline, and no pod says why',
    );
  });

  it('takes a passing trouble for lasting once its deadline is over', () => {
    const gated = podOf({
      owner: 'web',
      spec: { readinessGates: [{ conditionType: 'x/y' }] },
    });
    expect(
      judge(deployment({ replicas: 1 }, { replicas: 1, updatedReplicas: 1 }), [
        gated,
      ]),
    ).toMatch(/^Progressing/);
    expect(
      judge(
        deployment(
          { replicas: 1 },
          { replicas: 1, updatedReplicas: 1, ...overdue },
        ),
        [gated],
      ),
    ).toMatch(/^Failed/);
  });

  it('does not blame a pod that is on its way out', () => {
    const leaving = {
      ...crashing('web-1'),
      metadata: { ...crashing('web-1').metadata, deletionTimestamp: 'x' },
    };
    expect(
      judge(deployment({ replicas: 1 }, { replicas: 1, updatedReplicas: 1 }), [
        leaving,
      ]),
    ).toBe('Progressing Progressing: 0 of 1 pod ready');
  });

  it('knows from its replica set why pods can not be created', () => {
    const set: KubeObject = {
      ...workload(
        'ReplicaSet',
        { replicas: 2 },
        {
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              message:
                'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=5, limited: pods=5',
            },
          ],
        },
      ),
      metadata: {
        name: 'web-1',
        uid: 'set',
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'web',
            uid: 'web',
          },
        ],
      },
    };
    expect(judge(deployment({ replicas: 2 }, {}), [set])).toBe(
      'Failed QuotaExceeded: 0 of 2 pods ready; pods can not be created: the quota q of the namespace is used up: pods 1 asked for, 5 of 5 used',
    );
  });
});

describe('a StatefulSet', () => {
  const set = (spec: object, status: object) =>
    workload(
      'StatefulSet',
      { replicas: 3, ...spec },
      { observedGeneration: 2, ...status },
    );

  it.each<[string, object, object, string]>([
    [
      'complete',
      {},
      {
        replicas: 3,
        availableReplicas: 3,
        currentRevision: 'a',
        updateRevision: 'a',
      },
      'Ready Ready: 3 of 3 pods ready',
    ],
    [
      'complete without revisions',
      {},
      { replicas: 3, readyReplicas: 3 },
      'Ready Ready: 3 of 3 pods ready',
    ],
    [
      'rolling out',
      {},
      {
        replicas: 3,
        availableReplicas: 3,
        updatedReplicas: 1,
        currentRevision: 'a',
        updateRevision: 'b',
      },
      'Progressing Progressing: 3 of 3 pods ready, 1 of 3 updated',
    ],
    [
      'held back by its partition on purpose',
      { updateStrategy: { rollingUpdate: { partition: 2 } } },
      {
        replicas: 3,
        availableReplicas: 3,
        updatedReplicas: 1,
        currentRevision: 'a',
        updateRevision: 'b',
      },
      'Ready Ready: 3 of 3 pods ready',
    ],
    [
      'scaled to zero',
      { replicas: 0 },
      { replicas: 0 },
      'Ready ScaledToZero: scaled to zero',
    ],
  ])('%s', (...[, spec, status, expected]) => {
    expect(judge(set(spec, status))).toBe(expected);
  });

  it('says which pod holds up the others', () => {
    expect(
      judge(set({}, { replicas: 2, availableReplicas: 1 }), [
        ready('web-0'),
        crashing('web-1'),
      ]),
    ).toBe(
      'Degraded CrashLoop: 1 of 3 pods ready; web-1 can not keep running: container app exits with code 1; 1 more pod waits until web-1 is ready',
    );
  });

  it('holds nobody up when its pods start in parallel', () => {
    const status = { replicas: 2, availableReplicas: 1 };
    expect(
      judge(set({ podManagementPolicy: 'Parallel' }, status), [
        ready('web-0'),
        crashing('web-1'),
      ]),
    ).not.toContain('waits until');
  });

  it('has no condition for refused pods, so that its events tell', () => {
    const object = set({}, { replicas: 0 });
    const event = warning(object, {
      reason: 'FailedCreate',
      message:
        'create Pod web-0 failed error: pods "web-0" is forbidden: violates PodSecurity "baseline:latest": hostPath',
      at: '2026-11-23T00:04:00Z',
    });
    expect(judge(object, [], [event])).toContain(
      "pods can not be created: pods do not meet the namespace's pod security standard baseline: hostPath",
    );
  });
});

describe('a DaemonSet', () => {
  const set = (status: object) =>
    workload('DaemonSet', {}, { observedGeneration: 2, ...status });

  it('counts nodes', () => {
    const all = {
      desiredNumberScheduled: 4,
      currentNumberScheduled: 4,
      updatedNumberScheduled: 4,
    };
    expect(judge(set({ ...all, numberAvailable: 4 }))).toBe(
      'Ready Ready: 4 of 4 pods ready',
    );
    expect(judge(set({ ...all, numberAvailable: 3 }))).toBe(
      'Progressing Progressing: 3 of 4 pods ready',
    );
  });
});

describe('a Job', () => {
  const job = (spec: object, status: object) =>
    workload('Job', { ...spec }, { ...status });
  const failed = (reason: string, message = '') => ({
    conditions: [{ type: 'Failed', status: 'True', reason, message }],
  });

  it.each<[string, object, object, string]>([
    [
      'done',
      {},
      { conditions: [{ type: 'Complete', status: 'True' }] },
      'Ready Completed: ran to its end',
    ],
    ['running', {}, { active: 1 }, 'Progressing Progressing: is running'],
    ['suspended', { suspend: true }, {}, 'Paused Paused: is suspended'],
    [
      'out of retries',
      {},
      failed('BackoffLimitExceeded'),
      'Failed JobFailed: gave up after its retries',
    ],
    [
      'failed for another reason',
      {},
      failed('Odd', 'the reason.'),
      'Failed JobFailed: failed: the reason',
    ],
  ])('%s', (...[, spec, status, expected]) => {
    expect(judge(job(spec, status))).toBe(expected);
  });

  it('that failed says what its last pod died of', () => {
    const pod = (name: string, code: number, createdAt: string) =>
      podOf({
        name,
        owner: 'web',
        phase: 'Failed',
        createdAt,
        containers: [
          { name: 'app', state: { terminated: { exitCode: code } } },
        ],
      });
    const pods = [
      pod('web-a', 1, '2026-11-23T00:00:00Z'),
      pod('web-b', 2, '2026-11-23T00:01:00Z'),
    ];
    expect(judge(job({}, failed('BackoffLimitExceeded')), pods)).toBe(
      'Failed JobFailed: gave up after its retries; web-b can not keep running: container app exits with code 2',
    );
  });

  it('that runs says what its pod suffers from', () => {
    expect(judge(job({}, { active: 1 }), [crashing('web-a')])).toBe(
      'Degraded CrashLoop: is running; web-a can not keep running: container app exits with code 1',
    );
  });

  it('that can not create its pod says why', () => {
    const object = job({}, {});
    const event = warning(object, {
      reason: 'FailedCreate',
      message:
        'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=5, limited: pods=5',
      at: '2026-11-23T00:04:00Z',
    });
    expect(judge(object, [], [event])).toMatch(
      /^Failed QuotaExceeded: pods can not be created/,
    );
  });
});

describe('a CronJob', () => {
  const cronJob = (spec: object = {}) =>
    workload('CronJob', { schedule: '0 3 * * *', ...spec }, {});
  const run = (
    name: string,
    createdAt: string,
    status: object,
  ): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      uid: name,
      creationTimestamp: createdAt,
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: 'web', uid: 'web' },
      ],
    },
    spec: {},
    status,
  });
  const good = run('web-1', '2026-11-23T00:00:00Z', {
    conditions: [{ type: 'Complete', status: 'True' }],
  });
  const bad = run('web-2', '2026-11-23T00:01:00Z', {
    conditions: [
      { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' },
    ],
  });

  it.each<[string, KubeObject, readonly KubeObject[], string]>([
    [
      'that has not run',
      cronJob(),
      [],
      'Ready Ready: runs at 0 3 * * *; has not run yet',
    ],
    [
      'whose last run succeeded',
      cronJob(),
      [good],
      'Ready Ready: runs at 0 3 * * *; the last run succeeded',
    ],
    [
      'whose last run failed, whatever the one before did',
      cronJob(),
      [bad, good],
      'Degraded JobFailed: the last run web-2 gave up after its retries',
    ],
    [
      'that runs',
      cronJob(),
      [run('web-3', '2026-11-23T00:02:00Z', { active: 1 }), bad],
      'Ready Ready: runs at 0 3 * * *; is running now',
    ],
    [
      'that is suspended',
      cronJob({ suspend: true }),
      [bad],
      'Paused Paused: is suspended',
    ],
  ])('%s', (...[, object, runs, expected]) => {
    expect(judge(object, runs)).toBe(expected);
  });
});
