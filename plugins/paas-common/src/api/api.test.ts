import {
  formatApplicationRef,
  ownerRef,
  parseApplicationRef,
} from './applicationRef';
import { compareApplications } from './compareApplications';
import { ApplicationSummary } from './types';
import { componentStates } from '../schema/ApplicationStatus';

const row = (
  name: string,
  more: Partial<ApplicationSummary> = {},
): ApplicationSummary => ({
  cluster: 'eu',
  namespace: 'shop',
  name,
  tenant: 'shop',
  state: 'Ready',
  reason: 'Ready',
  message: '',
  components: 1,
  replicas: { ready: 1, desired: 1 },
  createdAt: '',
  ...more,
});

describe('references', () => {
  it('are read as they are written', () => {
    const ref = { cluster: 'eu-1', namespace: 'shop', name: 'checkout' };
    expect(parseApplicationRef(formatApplicationRef(ref))).toEqual(ref);
  });

  it.each(['', 'a', 'a/b', 'a/b/c/d', 'a//c', 'a/b/..', 'a/b/c d', '/a/b'])(
    'refuse %j',
    text => {
      expect(parseApplicationRef(text)).toBeUndefined();
    },
  );

  it.each([
    ['team-shop', 'group:default/team-shop'],
    ['Team-Shop', 'group:default/team-shop'],
    ['user:ada', 'user:default/ada'],
    ['group:shop/a', 'group:shop/a'],
    [' user:default/Ada ', 'user:default/ada'],
  ])('read the owner %j as %s', (owner, expected) => {
    expect(ownerRef(owner)).toBe(expected);
  });
});

describe('the order of applications', () => {
  it('puts what needs attention first, the newest of it first', () => {
    const rows = [
      ...componentStates.map(state =>
        row(state.toLowerCase(), { state, since: '1' }),
      ),
      row('newer', { state: 'Failed', since: '2' }),
    ];
    const order = rows.sort(compareApplications()).map(({ name }) => name);
    expect(order).toEqual([
      'newer',
      'failed',
      'degraded',
      'unknown',
      'waiting',
      'progressing',
      'paused',
      'ready',
    ]);
  });

  it.each([
    ['name', ['a', 'b', 'c']],
    ['-name', ['c', 'b', 'a']],
    ['namespace', ['b', 'a', 'c']],
    ['-namespace', ['a', 'c', 'b']],
    ['since', ['c', 'a', 'b']],
    ['-since', ['b', 'a', 'c']],
  ] as const)('sorts by %s', (sort, expected) => {
    const rows = [
      row('a', { namespace: 'z', since: '2' }),
      row('b', { namespace: 'y', since: '3' }),
      row('c', { namespace: 'z', since: '1' }),
    ];
    expect(
      rows.sort(compareApplications(sort)).map(({ name }) => name),
    ).toEqual(expected);
  });

  it('is total: equal names are told apart by where they are', () => {
    const rows = [
      row('a', { cluster: 'us' }),
      row('a'),
      row('a', { namespace: 'data' }),
    ];
    const sorted = (order: ApplicationSummary[]) =>
      [...order].sort(compareApplications('name'));
    expect(sorted(rows)).toEqual(sorted([...rows].reverse()));
  });
});
