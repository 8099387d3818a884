import { Action, Outcome } from '../action';
import { objectOf } from '../planning/testing/desiredOf';
import { Problem } from '../problem';
import { Reason } from '../reasons';
import { planFindings, problemsSentence } from './planFindings';

const object = objectOf('Service', 'shop-web');
const base = {
  ref: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
  component: 'web',
};
const refuse = (reason: Reason, component?: string): Action => ({
  kind: 'refuse',
  ref: base.ref,
  ...(component !== undefined && { component }),
  reason,
  message: `refused: ${reason}`,
});
const wait = (reason: Reason): Action => ({
  ...base,
  kind: 'wait',
  reason,
  message: `waits: ${reason}`,
});
const create: Action = { ...base, kind: 'create', object };
const find = (actions: readonly Action[], outcomes: readonly Outcome[] = []) =>
  planFindings({
    plan: { application: { namespace: 'shop', name: 'shop' }, actions },
    outcomes,
  });

describe('what planning and writing have to say', () => {
  it.each<[string, Action]>([
    ['creates', create],
    ['does nothing', { ...base, kind: 'none' }],
    ['keeps', { ...base, kind: 'keep', why: 'retained' }],
    ['deletes', { ...base, kind: 'delete', uid: 'u', why: 'not wanted' }],
    ['is paused', wait('Paused')],
    ['waits for a former object to go', wait('Deleting')],
  ])('is nothing where it %s', (_, action) => {
    expect(find([action])).toEqual([]);
  });

  it('is nothing without a plan', () => {
    expect(planFindings({})).toEqual([]);
  });

  it('names the component where there is one', () => {
    expect(find([refuse('OwnedByOther', 'web'), refuse('NoDeployer')])).toEqual(
      [
        {
          component: 'web',
          reason: 'OwnedByOther',
          message: 'refused: OwnedByOther',
        },
        { reason: 'NoDeployer', message: 'refused: NoDeployer' },
      ],
    );
  });

  it('begins with what somebody must mend, and ends with what time may', () => {
    const all = [
      wait('AwaitingImage'),
      wait('WaitingForDependency'),
      refuse('ImmutableField', 'web'),
      refuse('OwnedByOther', 'web'),
    ];
    expect(find(all).map(({ reason }) => reason)).toEqual([
      'ImmutableField',
      'OwnedByOther',
      'AwaitingImage',
      'WaitingForDependency',
    ]);
  });

  it.each<[string, Outcome, readonly unknown[]]>([
    ['was done', { kind: 'done', action: create }, []],
    ['was not tried', { kind: 'skipped', action: create }, []],
    [
      'was refused',
      { kind: 'refused', action: create, reason: 'Forbidden', message: 'no' },
      [{ component: 'web', reason: 'Forbidden', message: 'no' }],
    ],
    [
      'failed',
      { kind: 'failed', action: create, message: 'HTTP 500' },
      [
        {
          component: 'web',
          reason: 'ApplyFailed',
          message:
            'Service web could not be written and is tried again: HTTP 500',
        },
      ],
    ],
  ])('tells of a write that %s', (_, outcome, expected) => {
    expect(find([create], [outcome])).toEqual(expected);
  });

  it.each(['refused', 'failed'] as const)(
    'says once what the plan says, whatever the outcome of not doing it: %s',
    kind => {
      for (const action of [refuse('OwnedByOther', 'web'), wait('NameTaken')]) {
        const outcome = { kind, action, reason: 'Forbidden', message: 'x' };
        expect(find([action], [outcome as Outcome])).toHaveLength(1);
      }
    },
  );

  it('is first of all that the specification is not valid', () => {
    const problems = [{ path: 'spec', message: '`spec` is missing.' }];
    expect(planFindings({ problems })).toEqual([
      { reason: 'Invalid', message: '`spec` is missing.' },
    ]);
  });
});

describe('problems as a sentence', () => {
  const at = (path: string, message: string): Problem => ({ path, message });

  it.each<[readonly Problem[], string]>([
    [[], 'The specification is valid.'],
    [[at('', 'It is empty.')], 'It is empty.'],
    [[at('spec.a', 'It is 7.')], 'spec.a: It is 7.'],
    [[at('spec.a', '`spec.a` is 7.')], '`spec.a` is 7.'],
    [
      [at('spec.a', 'It is 7.'), at('spec.b', 'x')],
      'spec.a: It is 7. (and 1 more problem)',
    ],
    [[at('', 'No.'), at('b', 'x'), at('c', 'y')], 'No. (and 2 more problems)'],
  ])('%#', (problems, sentence) => {
    expect(problemsSentence(problems)).toBe(sentence);
  });
});
