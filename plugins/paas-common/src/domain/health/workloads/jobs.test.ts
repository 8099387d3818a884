import { KubeObject } from '../../kubernetes';
import { healthContext } from '../HealthContext';
import { objectHealth } from '../objectHealth';
import { podOf, waiting, warning } from '../testing/podOf';

function jobOf(
  status: Readonly<Record<string, unknown>>,
  parts: {
    readonly name?: string;
    readonly createdAt?: string;
    readonly owner?: string;
    readonly suspend?: boolean;
  } = {},
): KubeObject {
  const { name = 'migrate', createdAt, owner, suspend } = parts;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      uid: name,
      namespace: 'shop',
      creationTimestamp: createdAt,
      ownerReferences: owner
        ? [{ apiVersion: 'batch/v1', kind: 'CronJob', name: owner, uid: owner }]
        : [],
    },
    spec: { suspend },
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

const failed = (reason?: string, message?: string) => ({
  conditions: [
    { type: 'FailureTarget', status: 'True' },
    { type: 'Failed', status: 'True', reason, message },
  ],
});
const complete = { conditions: [{ type: 'Complete', status: 'True' }] };
const died = (name: string, createdAt: string, exitCode: number) =>
  podOf({
    name,
    createdAt,
    owner: 'migrate',
    phase: 'Failed',
    containers: [{ name: 'app', state: { terminated: { exitCode } } }],
  });

describe('a Job', () => {
  it.each<[string, object, string]>([
    ['runs', { active: 1 }, 'Progressing Progressing: is running'],
    ['has no status yet', {}, 'Progressing Progressing: is running'],
    ['ran to its end', complete, 'Ready Completed: ran to its end'],
    [
      'was not true to be complete',
      { conditions: [{ type: 'Complete', status: 'False' }] },
      'Progressing Progressing: is running',
    ],
    [
      'used up its retries',
      failed('BackoffLimitExceeded', 'x'),
      'Failed JobFailed: gave up after its retries',
    ],
    [
      'ran too long',
      failed('DeadlineExceeded'),
      'Failed JobFailed: ran longer than its deadline',
    ],
    [
      'was stopped by its policy',
      failed('PodFailurePolicy'),
      'Failed JobFailed: was stopped by its pod failure policy',
    ],
    [
      'failed for a reason of its own',
      failed('Strange', 'the message.'),
      'Failed JobFailed: failed: the message',
    ],
    [
      'failed for a reason without words',
      failed('Strange'),
      'Failed JobFailed: failed: Strange',
    ],
  ])('that %s', (_, status, expected) => {
    expect(judge(jobOf({ ...status }))).toBe(expected);
  });

  it('that failed tells of its newest pod that failed', () => {
    const job = jobOf(failed('BackoffLimitExceeded'));
    const pods = [
      died('migrate-b', '2026-11-23T00:02:00Z', 2),
      died('migrate-c', '2026-11-23T00:03:00Z', 3),
      died('migrate-a', '2026-11-23T00:01:00Z', 1),
      podOf({
        name: 'migrate-d',
        owner: 'migrate',
        createdAt: '2026-11-23T00:04:00Z',
      }),
    ];
    const expected =
      'Failed JobFailed: gave up after its retries; migrate-c can not keep running: container app exits with code 3';
    expect(judge(job, pods)).toBe(expected);
    expect(judge(job, [...pods].reverse())).toBe(expected);
  });

  it('that failed says only that, where its pods ended well or say nothing', () => {
    const silent = podOf({ owner: 'migrate', phase: 'Failed' });
    const well = died('migrate-1', '2026-11-23T00:01:00Z', 0);
    for (const pod of [silent, well])
      expect(judge(jobOf(failed('DeadlineExceeded')), [pod])).toBe(
        'Failed JobFailed: ran longer than its deadline',
      );
  });

  describe('whose pods are refused', () => {
    const job = jobOf({ active: 0 });
    const refused = warning(job, {
      reason: 'FailedCreate',
      message: 'Error creating: something strange.',
    });

    it('says why', () => {
      expect(judge(job, [], [refused])).toBe(
        'Failed AdmissionRefused: pods can not be created: Error creating: something strange',
      );
    });

    it('runs all the same once one is there', () => {
      const running = { ...job, status: { active: 1 } };
      expect(judge(running, [], [refused])).toBe(
        'Progressing Progressing: is running',
      );
    });

    it('is not judged by what was said of its former runs once it is done', () => {
      expect(judge({ ...job, status: complete }, [], [refused])).toMatch(
        /^Ready/,
      );
    });
  });

  it('is Paused while it is suspended, whatever its pods do', () => {
    const pod = podOf({
      owner: 'migrate',
      containers: [waiting('ErrImagePull')],
    });
    expect(judge(jobOf({}, { suspend: true }), [pod])).toBe(
      'Paused Paused: is suspended',
    );
    expect(judge(jobOf({}, { suspend: false }), [pod])).toBe(
      'Degraded ImagePullFailed: is running; web-1 can not pull the image registry.example.com/web:1',
    );
  });
});

describe('a CronJob', () => {
  const cron = (spec: object = {}): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly', uid: 'nightly', namespace: 'shop' },
    spec: { schedule: '0 3 * * *', ...spec },
  });
  const run = (name: string, createdAt: string, status: object) =>
    jobOf({ ...status }, { name, createdAt, owner: 'nightly' });

  it('that never ran is ready to', () => {
    expect(judge(cron())).toBe(
      'Ready Ready: runs at 0 3 * * *; has not run yet',
    );
  });

  it('does as its newest run does, in whatever order runs are told', () => {
    const runs = [
      run('n-1', '2026-11-21T03:00:00Z', failed('DeadlineExceeded')),
      run('n-3', '2026-11-23T03:00:00Z', complete),
      run('n-2', '2026-11-22T03:00:00Z', failed('DeadlineExceeded')),
    ];
    const expected = 'Ready Ready: runs at 0 3 * * *; the last run succeeded';
    expect(judge(cron(), runs)).toBe(expected);
    expect(judge(cron(), [...runs].reverse())).toBe(expected);
  });

  it.each<[object, string]>([
    [{ active: 1 }, 'Ready Ready: runs at 0 3 * * *; is running now'],
    [
      failed('DeadlineExceeded'),
      'Degraded JobFailed: the last run n-1 ran longer than its deadline',
    ],
  ])('tells of its last run: %j', (status, expected) => {
    expect(judge(cron(), [run('n-1', '2026-11-21T03:00:00Z', status)])).toBe(
      expected,
    );
  });

  it('says what its run suffers from while it runs', () => {
    const job = run('n-1', '2026-11-21T03:00:00Z', { active: 1 });
    const pod = podOf({
      owner: 'n-1',
      containers: [
        waiting('CrashLoopBackOff', '', {
          lastState: { terminated: { exitCode: 1 } },
        }),
      ],
    });
    expect(judge(cron(), [job, pod])).toBe(
      'Degraded CrashLoop: the run n-1 is running; web-1 can not keep running: container app exits with code 1',
    );
  });

  it('is Paused while it is suspended, whatever its last run did', () => {
    const job = run('n-1', '2026-11-21T03:00:00Z', failed('X'));
    expect(judge(cron({ suspend: true }), [job])).toBe(
      'Paused Paused: is suspended',
    );
  });
});
