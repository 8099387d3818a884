import fc from 'fast-check';
import { reasons, Reason } from '../reasons';
import { Cause, causeText, groupCauses } from './Cause';

const cause = (
  reason: Reason,
  subject: string,
  rest: Partial<Cause> = {},
): Cause => ({
  reason,
  sentence: `says ${reason}`,
  subjects: [subject],
  ...rest,
});

describe('causes', () => {
  it('that are the same are said once, with all whom they concern', () => {
    expect(
      groupCauses([cause('CrashLoop', 'a'), cause('CrashLoop', 'b')]),
    ).toEqual([
      {
        reason: 'CrashLoop',
        sentence: 'says CrashLoop',
        subjects: ['a', 'b'],
        passing: false,
      },
    ]);
  });

  it('with one reason and two sentences are two', () => {
    const two = groupCauses([
      cause('CrashLoop', 'a', { sentence: 'exits with code 1' }),
      cause('CrashLoop', 'b', { sentence: 'exits with code 2' }),
    ]);
    expect(two.map(({ subjects }) => subjects)).toEqual([['a'], ['b']]);
  });

  it('pass by themselves only where all of them may', () => {
    const passing = (...all: readonly (boolean | undefined)[]) =>
      groupCauses(
        all.map((each, index) =>
          cause('ProbeFailing', `p${index}`, { passing: each }),
        ),
      )[0].passing;
    expect(passing(true, true)).toBe(true);
    expect(passing(true, false)).toBe(false);
    expect(passing(false, true)).toBe(false);
    expect(passing(true, undefined)).toBe(false);
    expect(passing(undefined, true)).toBe(false);
  });

  it('come in the order in which one explains the other, passing ones last', () => {
    const all: readonly Cause[] = [
      cause('QuotaExceeded', 'passing', {
        passing: true,
        sentence: 'may pass',
      }),
      cause('NotReady', 'unknown'),
      cause('ProbeFailing', 'a'),
      cause('Unschedulable', 'b'),
      cause('CrashLoop', 'c'),
      cause('QuotaExceeded', 'd'),
    ];
    expect(groupCauses(all).map(({ subjects: [first] }) => first)).toEqual([
      'd',
      'c',
      'b',
      'a',
      'unknown',
      'passing',
    ]);
  });

  it('of one rank come by how many they concern, then by their words', () => {
    const by = (sentence: string, ...subjects: string[]) =>
      cause('CrashLoop', '', { sentence, subjects });
    const all = [by('b', '1'), by('z', '1', '2'), by('a', '1')];
    expect(groupCauses(all).map(({ sentence }) => sentence)).toEqual([
      'z',
      'a',
      'b',
    ]);
  });

  it('do not depend on the order in which they are found, but for their subjects', () => {
    const some = fc.array(
      fc.record({
        reason: fc.constantFrom(...(Object.keys(reasons) as Reason[])),
        sentence: fc.constantFrom('one', 'two'),
        subjects: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
        passing: fc.option(fc.boolean(), { nil: undefined }),
      }),
      { maxLength: 12 },
    );
    const orderless = (causes: readonly Cause[]) =>
      groupCauses(causes).map(each => ({
        ...each,
        subjects: [...each.subjects].sort(),
      }));
    fc.assert(
      fc.property(some, causes =>
        expect(orderless([...causes].reverse())).toEqual(orderless(causes)),
      ),
    );
  });

  it.each<[readonly string[], string]>([
    [[], 'says CrashLoop'],
    [['a'], 'a says CrashLoop'],
    [['a', 'b', 'c'], '3 pods (a, ...) says CrashLoop'],
  ])('are told of %j as a sentence', (subjects, text) => {
    expect(causeText(cause('CrashLoop', '', { subjects }))).toBe(text);
  });
});
