import fc from 'fast-check';
import { Action, Outcome } from '../action';
import { ApplicationHealth, assessHealth } from '../health';
import { desiredOf, objectOf } from '../planning/testing/desiredOf';
import { ConditionInput, conditionsOf } from './conditions';

const object = objectOf('Deployment', 'shop-web', {
  spec: { replicas: 1 },
  status: { replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
});
const desired = desiredOf([object]);
const base = {
  ref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' },
  component: 'web',
};
const actions = {
  none: { ...base, kind: 'none' },
  create: { ...base, kind: 'create', object },
  remove: { ...base, kind: 'delete', uid: 'u', why: 'not wanted' },
  refuse: {
    ...base,
    kind: 'refuse',
    reason: 'OwnedByOther',
    message: 'It belongs to x.',
  },
  wait: {
    ...base,
    kind: 'wait',
    reason: 'AwaitingImage',
    message: 'It has no image.',
  },
  paused: { ...base, kind: 'wait', reason: 'Paused', message: 'On hold.' },
} as const satisfies Record<string, Action>;

const healthy: ApplicationHealth = assessHealth({
  application: desired.application,
  objects: [object],
  events: [],
  now: new Date('2026-01-01T00:00:00Z'),
});
const ill: ApplicationHealth = assessHealth({
  application: desired.application,
  objects: [],
  events: [],
  now: new Date('2026-01-01T00:00:00Z'),
});

function judge(
  all: readonly Action[] | undefined,
  more: Partial<ConditionInput> = {},
) {
  return conditionsOf({
    health: healthy,
    generation: 3,
    now: '2026-01-01T00:00:00Z',
    ...(all && {
      plan: { application: { namespace: 'shop', name: 'shop' }, actions: all },
    }),
    ...more,
  });
}
const shown = (...args: Parameters<typeof judge>) =>
  judge(...args).map(
    ({ type, status, reason, message }) =>
      `${type}=${status} ${reason}: ${message}`,
  );
const one = (type: string, ...args: Parameters<typeof judge>) =>
  shown(...args).find(line => line.startsWith(`${type}=`));

const done = (action: Action): Outcome => ({ kind: 'done', action });
const problems = [{ path: 'spec', message: '`spec` is missing.' }];

describe('the conditions of an application', () => {
  it('speak of the generation that was looked at, in a fixed order', () => {
    const conditions = judge([actions.none]);
    expect(conditions.map(({ type }) => type)).toEqual([
      'Valid',
      'Planned',
      'Applied',
      'Available',
      'Ready',
    ]);
    for (const { status, observedGeneration } of conditions)
      expect([status, observedGeneration]).toEqual(['True', 3]);
  });

  it('know nothing of a plan before there is one', () => {
    const unplanned = 'Unknown Progressing: Nothing has been planned yet.';
    expect(one('Planned', undefined)).toBe(`Planned=${unplanned}`);
    expect(one('Applied', undefined)).toBe(`Applied=${unplanned}`);
    expect(one('Ready', undefined)).toBe(
      'Ready=False Progressing: Nothing has been planned yet.',
    );
  });

  it('say of an invalid specification that nothing is planned, and why', () => {
    expect(shown(undefined, { problems })).toEqual([
      'Valid=False Invalid: `spec` is missing.',
      'Planned=Unknown Invalid: Nothing is planned while the specification has problems.',
      'Applied=Unknown Invalid: Nothing is planned while the specification has problems.',
      'Available=True Ready: Every component serves.',
      'Ready=False Invalid: `spec` is missing.',
    ]);
  });

  it('count refusals, and tell of the first', () => {
    const { refuse } = actions;
    expect(one('Planned', [refuse])).toBe(
      'Planned=False OwnedByOther: It belongs to x.',
    );
    expect(one('Planned', [actions.none, refuse, refuse])).toBe(
      'Planned=False OwnedByOther: It belongs to x. (and 1 more)',
    );
    expect(one('Ready', [refuse])).toBe(
      'Ready=False OwnedByOther: It belongs to x.',
    );
  });

  it('take a plan that only waits for one in which nothing was refused', () => {
    expect(one('Planned', [actions.wait])).toBe(
      'Planned=True Ready: Nothing was refused.',
    );
    expect(one('Applied', [actions.wait, actions.wait])).toBe(
      'Applied=False AwaitingImage: It has no image. (and 1 more)',
    );
    expect(one('Applied', [actions.paused])).toBe(
      'Applied=False Paused: On hold.',
    );
  });

  it.each<[string, readonly Action[], readonly Outcome[], string]>([
    [
      'nothing',
      [actions.none],
      [],
      'True Ready: Everything that was asked for is applied.',
    ],
    [
      'a write that is not done',
      [actions.create, actions.none],
      [],
      'False Progressing: 1 write is still to be done.',
    ],
    [
      'two writes',
      [actions.create, actions.remove],
      [],
      'False Progressing: 2 writes are still to be done.',
    ],
    [
      'one of two',
      [actions.create, actions.remove],
      [done(actions.create), done(actions.none)],
      'False Progressing: 1 write is still to be done.',
    ],
    [
      'what was skipped',
      [actions.create],
      [{ kind: 'skipped', action: actions.create }],
      'False Progressing: 1 write is still to be done.',
    ],
    [
      'all of it',
      [actions.create, actions.remove],
      [done(actions.create), done(actions.remove)],
      'True Ready: Everything that was asked for is applied.',
    ],
  ])('know whether it is applied: %s', (_, all, outcomes, expected) => {
    expect(one('Applied', all, { outcomes })).toBe(`Applied=${expected}`);
  });

  it('name the component that does not serve', () => {
    const health = ill;
    expect(one('Available', [actions.none], { health })).toBe(
      'Available=False Progressing: web: nothing of it is there yet',
    );
    expect(one('Ready', [actions.none], { health })).toMatch(
      /^Ready=False Progressing: web: nothing of it is there yet/,
    );
  });

  it('keep the time of their last change, each for itself', () => {
    const later = '2026-01-02T00:00:00Z';
    const first = judge([actions.none]);
    const status = {
      observedGeneration: 3,
      state: 'Ready' as const,
      message: '',
      components: [],
      conditions: first,
    };
    const second = judge([actions.refuse], { previous: status, now: later });
    expect(
      second.map(({ type, lastTransitionTime }) => [
        type,
        lastTransitionTime === later,
      ]),
    ).toEqual([
      ['Valid', false],
      ['Planned', true],
      ['Applied', true],
      ['Available', false],
      ['Ready', true],
    ]);
  });

  describe('whatever was planned and done', () => {
    const some = fc.array(fc.constantFrom(...Object.values(actions)), {
      maxLength: 5,
    });
    const inputs = fc.record({
      all: fc.option(some, { nil: undefined }),
      finished: fc.boolean(),
      health: fc.constantFrom(healthy, ill),
      invalid: fc.boolean(),
    });

    it('are ready only when all others are true', () => {
      fc.assert(
        fc.property(inputs, ({ all, finished, health, invalid }) => {
          const conditions = judge(all, {
            health,
            outcomes: finished ? (all ?? []).map(done) : [],
            problems: invalid ? problems : [],
          });
          const isTrue = (type: string) =>
            conditions.find(each => each.type === type)?.status === 'True';
          const others = ['Valid', 'Planned', 'Applied', 'Available'];
          expect(isTrue('Ready')).toBe(others.every(isTrue));
          for (const { message, reason } of conditions)
            expect([message, reason]).not.toContain('');
        }),
        { numRuns: 300 },
      );
    });
  });
});
