import {
  wrongLabelValue,
  wrongObjectName,
  wrongQualifiedName,
} from './objectNames';

const letters = (count: number) => 'a'.repeat(count);

describe('names of objects', () => {
  it.each([
    ['ConfigMap', 'a'],
    ['ConfigMap', 'redis.example.com'],
    ['ConfigMap', '0-9.a'],
    ['ConfigMap', `${letters(63)}.${letters(189)}`],
    ['Deployment', letters(253)],
    ['Service', 'redis-master'],
    ['Service', '1st'],
    ['Service', letters(63)],
    ['StatefulSet', letters(63)],
    ['Job', letters(63)],
    ['CronJob', letters(52)],
  ])('%s %s is one', (kind, name) => {
    expect(wrongObjectName(kind, name)).toBeUndefined();
  });

  it.each([
    ['ConfigMap', 'Redis'],
    ['ConfigMap', 'größe'],
    ['ConfigMap', 'a_b'],
    ['ConfigMap', '-a'],
    ['ConfigMap', 'a-'],
    ['ConfigMap', 'a..b'],
    ['ConfigMap', '.'],
    ['ConfigMap', '..'],
    ['ConfigMap', 'a/b'],
    ['ConfigMap', 'a%2fb'],
    ['ConfigMap', 'a b'],
    ['ConfigMap', 'a\nb'],
    ['ConfigMap', 'a\n'],
    ['ConfigMap', '\u0430bc'],
    ['ConfigMap', letters(254)],
    ['Service', 'a.b'],
    ['Service', letters(64)],
    ['StatefulSet', 'a.b'],
    ['Job', letters(64)],
    ['CronJob', letters(53)],
  ])('%s %j is none', (kind, name) => {
    expect(wrongObjectName(kind, name)).toMatch(
      /^lower-case letters, digits.* at most \d+ characters$/,
    );
  });
});

describe('keys of labels and annotations', () => {
  it.each([
    'app',
    'app.kubernetes.io/name',
    'A_b.c-d',
    `${letters(253)}/${letters(63)}`,
  ])('%s is one', key => {
    expect(wrongQualifiedName(key)).toBeUndefined();
  });

  it.each([
    '',
    '/',
    '/a',
    'a/',
    'a/b/c',
    'Example.com/a',
    'a b',
    '-a',
    'ä',
    letters(64),
    `${letters(254)}/a`,
  ])('%j is none', key => {
    expect(wrongQualifiedName(key)).toMatch(/^letters, digits/);
  });
});

describe('values of labels', () => {
  it.each(['', 'a', '1.2.3', 'A_b', letters(63)])('%j is one', value => {
    expect(wrongLabelValue(value)).toBeUndefined();
  });

  it.each(['a b', 'a/b', '-a', 'a.', 'ä', '1.2.3+build', letters(64)])(
    '%j is none',
    value => {
      expect(wrongLabelValue(value)).toMatch(/^letters, digits/);
    },
  );
});
