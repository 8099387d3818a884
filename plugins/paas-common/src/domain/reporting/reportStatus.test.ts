import { ApplicationStatus, Condition } from '../../schema/ApplicationStatus';
import { applicationStatusSchema } from '../../schema/statusSchema';
import { Action, Outcome, Plan } from '../action';
import { ApplicationHealth, assessHealth } from '../health';
import { KubeObject } from '../kubernetes';
import { desiredOf, objectOf } from '../planning/testing/desiredOf';
import {
  Report,
  ReportInput,
  reportStatus,
  statusEquals,
} from './reportStatus';

const service = objectOf('Service', 'shop-web');
const ref = {
  apiVersion: 'v1',
  kind: 'Service',
  namespace: 'shop',
  name: 'shop-web',
};
const desired = desiredOf([service], {
  web: { image: { ref: 'web@sha256:aa', from: 'build' } },
});
const application = {
  ...desired.application,
  metadata: { ...desired.application.metadata, generation: 4 },
};

const actions = {
  none: { kind: 'none', ref, component: 'web' },
  create: { kind: 'create', ref, component: 'web', object: service },
  refuse: {
    kind: 'refuse',
    ref,
    component: 'web',
    reason: 'OwnedByOther',
    message: 'Service shop-web belongs to Helm release x.',
  },
  wait: {
    kind: 'wait',
    ref,
    component: 'web',
    reason: 'WaitingForDependency',
    message: 'waits for db, which is not available yet.',
  },
  paused: {
    kind: 'wait',
    ref,
    component: 'web',
    reason: 'Paused',
    message:
      'Service shop-web would be created, but the application is paused.',
  },
  keep: { kind: 'keep', ref, component: 'web', why: 'Kept on purpose.' },
  drift: {
    kind: 'update',
    ref,
    component: 'web',
    object: service,
    drift: true,
    changes: [
      { path: 'spec.replicas', from: 5, to: 2 },
      { path: 'spec.paused', from: true, to: undefined },
    ],
  },
} as const satisfies Record<string, Action>;

function planOf(...all: readonly Action[]): Plan {
  return { application: { namespace: 'shop', name: 'shop' }, actions: all };
}

const done = (action: Action): Outcome => ({ kind: 'done', action });

/** `web` with so many of its two pods available. */
function healthWith(available: number): ApplicationHealth {
  const deployment: KubeObject = {
    ...objectOf('Deployment', 'shop-web', {
      spec: { replicas: 2 },
      status: {
        replicas: 2,
        updatedReplicas: 2,
        availableReplicas: available,
      },
    }),
  };
  return assessHealth({
    application,
    objects: [deployment],
    events: [],
    now: new Date('2026-11-23T00:00:00Z'),
  });
}

function report(parts: Partial<ReportInput> = {}): Report {
  return reportStatus({
    application,
    desired,
    plan: planOf(actions.none),
    outcomes: [],
    health: healthWith(2),
    now: new Date('2026-11-23T12:00:00.123Z'),
    ...parts,
  });
}

function conditions(status: ApplicationStatus): readonly string[] {
  return status.conditions.map(
    ({ type, status: value, reason }) => `${type}=${value} ${reason}`,
  );
}

function condition(status: ApplicationStatus, type: Condition['type']) {
  return status.conditions.find(each => each.type === type);
}

describe('the status of an application', () => {
  it('that stands as asked for has all conditions true', () => {
    const { status } = report();
    expect(conditions(status)).toEqual([
      'Valid=True Ready',
      'Planned=True Ready',
      'Applied=True Ready',
      'Available=True Ready',
      'Ready=True Ready',
    ]);
    expect(status).toMatchObject({
      observedGeneration: 4,
      state: 'Ready',
      message: 'web: 2 of 2 pods ready.',
      components: [
        {
          name: 'web',
          type: 'Deployment',
          state: 'Ready',
          reason: 'Ready',
          message: '2 of 2 pods ready',
          image: { ref: 'web@sha256:aa', from: 'build' },
          replicas: { desired: 2, ready: 2, updated: 2 },
          objects: [{ apiVersion: 'v1', kind: 'Service', name: 'shop-web' }],
        },
      ],
    });
  });

  it('always fits its schema, and survives JSON as it is', () => {
    const { status } = report({
      plan: planOf(actions.refuse, actions.keep, actions.drift),
      outcomes: [done(actions.drift)],
      release: { current: 3, available: 2 },
    });
    expect(applicationStatusSchema.parse(status)).toEqual(status);
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  });

  it('that is not valid says so, and that nothing is planned meanwhile', () => {
    const problems = [
      {
        path: 'spec.components',
        message: 'spec.components: at least one is needed.',
      },
      { path: 'spec.owner', message: 'is too long.' },
    ];
    const { status } = report({
      problems,
      plan: undefined,
      desired: undefined,
    });
    expect(conditions(status)).toEqual([
      'Valid=False Invalid',
      'Planned=Unknown Invalid',
      'Applied=Unknown Invalid',
      'Available=True Ready',
      'Ready=False Invalid',
    ]);
    expect(status).toMatchObject({
      state: 'Degraded',
      message: 'spec.components: at least one is needed. (and 1 more problem)',
    });
  });

  it('of which something was refused is not planned, not applied, and says by whom', () => {
    const { status } = report({ plan: planOf(actions.refuse) });
    expect(conditions(status)).toEqual([
      'Valid=True Ready',
      'Planned=False OwnedByOther',
      'Applied=False OwnedByOther',
      'Available=True Ready',
      'Ready=False OwnedByOther',
    ]);
    expect(status.components[0]).toMatchObject({
      state: 'Degraded',
      reason: 'OwnedByOther',
      message: 'Service shop-web belongs to Helm release x.',
    });
    expect(status.notices).toEqual([
      {
        ref: { apiVersion: 'v1', kind: 'Service', name: 'shop-web' },
        reason: 'OwnedByOther',
        message: 'Service shop-web belongs to Helm release x.',
      },
    ]);
  });

  it('that waits for a dependency is planned, but not applied', () => {
    const { status } = report({
      plan: planOf(actions.wait),
      health: healthWith(0),
    });
    expect(conditions(status).slice(1, 3)).toEqual([
      'Planned=True Ready',
      'Applied=False WaitingForDependency',
    ]);
    expect(status).toMatchObject({
      state: 'Waiting',
      message: 'web: waits for db, which is not available yet.',
    });
  });

  it('that is paused shows what is held back', () => {
    const paused = {
      ...application,
      spec: { ...application.spec, paused: true },
    };
    const { status } = report({
      application: paused,
      plan: planOf(actions.paused),
    });
    expect(conditions(status).slice(2)).toEqual([
      'Applied=False Paused',
      'Available=True Ready',
      'Ready=False Paused',
    ]);
    expect(condition(status, 'Applied')?.message).toContain('would be created');
  });

  it.each<[string, Outcome, string, string]>([
    [
      'was refused by the API server',
      {
        kind: 'refused',
        action: actions.create,
        reason: 'QuotaExceeded',
        message: 'Service shop-web was not written: the quota q is used up.',
      },
      'QuotaExceeded',
      'Service shop-web was not written: the quota q is used up.',
    ],
    [
      'failed and is tried again',
      { kind: 'failed', action: actions.create, message: 'connection reset' },
      'ApplyFailed',
      'Service shop-web could not be written and is tried again: connection reset',
    ],
  ])('of which a write %s', (...[, outcome, reason, message]) => {
    const { status } = report({
      plan: planOf(actions.create),
      outcomes: [outcome],
    });
    expect(condition(status, 'Applied')).toMatchObject({
      status: 'False',
      reason,
      message,
    });
    expect(condition(status, 'Ready')?.status).toBe('False');
    expect(status.notices?.[0]).toMatchObject({ reason });
  });

  it('is not applied while writes are still to be done', () => {
    const { status } = report({
      plan: planOf(actions.create),
      outcomes: [{ kind: 'skipped', action: actions.create }],
    });
    expect(condition(status, 'Applied')).toMatchObject({
      status: 'False',
      reason: 'Progressing',
      message: '1 write is still to be done.',
    });
  });

  it('is available while one pod serves, and ready when all do', () => {
    const { status } = report({ health: healthWith(1) });
    expect(conditions(status).slice(3)).toEqual([
      'Available=True Ready',
      'Ready=False Progressing',
    ]);
    expect(
      condition(report({ health: healthWith(0) }).status, 'Available'),
    ).toMatchObject({
      status: 'False',
      message: 'web: 0 of 2 pods ready',
    });
  });

  it('remembers when something was last written, and no longer ago', () => {
    const plan = planOf(actions.create);
    const { status } = report({ plan, outcomes: [done(actions.create)] });
    expect(status.lastApplied).toBe('2026-11-23T12:00:00Z');
    const later = report({
      previous: status,
      now: new Date('2026-11-23T13:00:00Z'),
    });
    expect(later.status.lastApplied).toBe('2026-11-23T12:00:00Z');
  });

  it('shows repaired drift for one status', () => {
    const { status } = report({
      plan: planOf(actions.drift),
      outcomes: [done(actions.drift)],
    });
    expect(status.notices).toEqual([
      {
        ref: { apiVersion: 'v1', kind: 'Service', name: 'shop-web' },
        reason: 'Drifted',
        message:
          'Service shop-web was changed by somebody else: spec.replicas was 5 instead of 2 (and 1 more).',
      },
    ]);
    expect(report({ previous: status }).status.notices).toBeUndefined();
  });

  it('lists what was kept and what rendering warned of, each thing once, and not without end', () => {
    const warning = {
      reason: 'NameTaken' as const,
      message: 'The name redis is taken by application cart.',
    };
    const kept = Array.from({ length: 50 }, (_, index) => ({
      ...actions.keep,
      ref: { ...ref, name: `volume-${index}` },
    }));
    const { status } = report({
      desired: { ...desired, warnings: [warning, warning] },
      plan: planOf(actions.keep, actions.keep),
    });
    expect(status.notices?.map(({ reason }) => reason)).toEqual([
      'Retained',
      'NameTaken',
    ]);
    expect(report({ plan: planOf(...kept) }).status.notices).toHaveLength(20);
  });

  it('keeps what it knew of components while the specification is not valid', () => {
    const { status } = report();
    const invalid = report({
      previous: status,
      desired: undefined,
      plan: undefined,
      problems: [{ path: 'spec', message: 'broken' }],
    });
    expect(invalid.status.components[0]).toMatchObject({
      image: { ref: 'web@sha256:aa' },
      objects: [{ name: 'shop-web' }],
    });
  });
});

describe('a status is written only when it differs', () => {
  it('is equal when nothing changed but the time', () => {
    const first = report({ release: { current: 1 } }).status;
    const second = report({
      previous: first,
      release: { current: 1 },
      now: new Date('2026-11-24T12:00:00Z'),
    });
    expect(statusEquals(first, second.status)).toBe(true);
    expect(second.transitions).toEqual([]);
  });

  it('is equal to what the cluster gives back, whatever the order of its fields', () => {
    const { status } = report();
    const back = Object.fromEntries(Object.entries(status).reverse());
    expect(statusEquals(status, applicationStatusSchema.parse(back))).toBe(
      true,
    );
  });

  it('differs from none, and when one pod more is ready', () => {
    expect(statusEquals(undefined, report().status)).toBe(false);
    expect(
      statusEquals(report({ health: healthWith(1) }).status, report().status),
    ).toBe(false);
  });

  it('changes the time of a condition only with its status', () => {
    const first = report().status;
    const later = new Date('2026-11-23T13:00:00Z');
    const { status } = report({
      previous: first,
      health: healthWith(0),
      now: later,
    });
    expect(
      status.conditions.map(
        ({ type, lastTransitionTime }) =>
          `${type} ${lastTransitionTime.slice(11, 13)}`,
      ),
    ).toEqual([
      'Valid 12',
      'Planned 12',
      'Applied 12',
      'Available 13',
      'Ready 13',
    ]);
  });
});

describe('transitions', () => {
  it('say what was written', () => {
    const { transitions } = report({
      previous: report().status,
      plan: planOf(actions.create, actions.drift),
      outcomes: [done(actions.create), done(actions.drift)],
    });
    expect(transitions).toEqual([
      {
        type: 'Normal',
        reason: 'Applied',
        message: 'Objects: 1 created, 1 changed.',
      },
      {
        type: 'Normal',
        reason: 'Drifted',
        message: expect.stringContaining('spec.replicas was 5 instead of 2'),
      },
    ]);
  });

  it('warn of a refusal once, not again for each pass and not twice for its component', () => {
    const plan = planOf(actions.refuse);
    const first = report({ previous: report().status, plan });
    expect(first.transitions).toEqual([
      {
        type: 'Warning',
        reason: 'OwnedByOther',
        message: actions.refuse.message,
      },
    ]);
    expect(report({ previous: first.status, plan }).transitions).toEqual([]);
  });

  it('tell when a component gets ready', () => {
    const before = report({ health: healthWith(0) }).status;
    expect(report({ previous: before }).transitions).toEqual([
      { type: 'Normal', reason: 'Ready', message: 'web: 2 of 2 pods ready' },
    ]);
  });

  it('are silent about every step of a roll-out', () => {
    const before = report({ health: healthWith(0) }).status;
    expect(
      report({ previous: before, health: healthWith(1) }).transitions,
    ).toEqual([]);
  });

  it('warn of a specification that is not valid, again when the problem is another', () => {
    const invalid = (message: string, previous: ApplicationStatus) =>
      report({ previous, plan: undefined, problems: [{ path: '', message }] });
    const first = invalid('one', report().status);
    expect(first.transitions).toEqual([
      { type: 'Warning', reason: 'Invalid', message: 'one' },
    ]);
    expect(invalid('one', first.status).transitions).toEqual([]);
    expect(invalid('two', first.status).transitions).toHaveLength(1);
  });
});
