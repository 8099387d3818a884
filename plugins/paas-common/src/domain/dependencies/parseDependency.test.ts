import { parseDependency } from './parseDependency';

const path = 'spec.dependencies[0]';

function problemsOf(input: unknown): readonly string[] {
  const parsed = parseDependency(input, path);
  return parsed.ok
    ? []
    : parsed.problems.map(problem => `${problem.path}: ${problem.message}`);
}

describe('a dependency', () => {
  const redis = {
    text: 'frontend -> redis:6379',
    from: 'frontend',
    to: { kind: 'component', component: 'redis' },
    port: 6379,
    env: 'REDIS',
  };
  it.each([
    ['frontend -> redis:6379', redis],
    ['frontend->redis:6379', redis],
    ['  frontend  ->\tredis : 6379 ', redis],
    [{ from: 'frontend', to: 'redis', port: 6379 }, redis],
    [
      { from: 'frontend', to: 'redis', port: 6379, env: 'CACHE' },
      { ...redis, env: 'CACHE' },
    ],
    [
      'web -> checkout/order-api:8080',
      {
        text: 'web -> checkout/order-api:8080',
        from: 'web',
        to: {
          kind: 'application',
          application: 'checkout',
          component: 'order-api',
        },
        port: 8080,
        env: 'ORDER_API',
      },
    ],
    [
      'web -> external:db.example.com:5432',
      {
        text: 'web -> external:db.example.com:5432',
        from: 'web',
        to: { kind: 'external', host: 'db.example.com' },
        port: 5432,
        env: 'DB_EXAMPLE_COM',
      },
    ],
    [
      'web -> external:10.0.0.1:53',
      {
        text: 'web -> external:10.0.0.1:53',
        from: 'web',
        to: { kind: 'external', host: '10.0.0.1' },
        port: 53,
        env: '_10_0_0_1',
      },
    ],
    [
      'web -> external:[2001:DB8::1]:443',
      {
        text: 'web -> external:[2001:db8::1]:443',
        from: 'web',
        to: { kind: 'external', host: '2001:db8::1' },
        port: 443,
        env: '_2001_DB8__1',
      },
    ],
    [
      { from: 'web', to: 'external:[::1]', port: 1 },
      {
        text: 'web -> external:[::1]:1',
        from: 'web',
        to: { kind: 'external', host: '::1' },
        port: 1,
        env: '__1',
      },
    ],
    [
      'web -> external:80',
      {
        text: 'web -> external:80',
        from: 'web',
        to: { kind: 'component', component: 'external' },
        port: 80,
        env: 'EXTERNAL',
      },
    ],
  ])('is read from %j', (input, value) => {
    expect(parseDependency(input, path)).toEqual({
      ok: true,
      value,
      warnings: [],
    });
  });

  it.each([
    [
      'a → b:1',
      '"a → b:1" has the arrow "→": write it as `->`. Did you mean `a -> b:1`?',
    ],
    [
      'a => b:1',
      '"a => b:1" has the arrow "=>": write it as `->`. Did you mean `a -> b:1`?',
    ],
    [
      'a --> b:1',
      '"a --> b:1" has the arrow "-->": write it as `->`. Did you mean `a -> b:1`?',
    ],
    [
      'a –> b:1',
      '"a –> b:1" has the arrow "–>": write it as `->`. Did you mean `a -> b:1`?',
    ],
    [
      'a b:1',
      '"a b:1" is no dependency: write `from -> to:port`, such as `frontend -> redis:6379`.',
    ],
    [
      '',
      '"" is no dependency: write `from -> to:port`, such as `frontend -> redis:6379`.',
    ],
    [
      'a -> b:1 -> c:2',
      '"a -> b:1 -> c:2" has 2 arrows: write one entry for each pair.',
    ],
    [
      '-> b:1',
      '"-> b:1" does not say what calls: write `from -> to:port`, such as `frontend -> redis:6379`.',
    ],
    ['a ->', '"a ->": the port is missing: write `to:PORT`.'],
    ['a -> b', '"a -> b": the port is missing: write `b:PORT`.'],
    [
      'a -> b:',
      '"a -> b:": the port is ""; it has to be a whole number from 1 to 65535.',
    ],
    [
      'a -> b:0',
      '"a -> b:0": the port is "0"; it has to be a whole number from 1 to 65535.',
    ],
    [
      'a -> b:70000',
      '"a -> b:70000": the port is "70000"; it has to be a whole number from 1 to 65535.',
    ],
    [
      'a -> b:http',
      '"a -> b:http": the port is "http"; it has to be a whole number from 1 to 65535.',
    ],
    ['a -> :1', '"a -> :1": the component is missing.'],
    ['a -> /b:1', '"a -> /b:1": the application is missing.'],
    [
      'a -> a/b/c:1',
      '"a -> a/b/c:1": a target is `component`, `application/component` or `external:host`.',
    ],
    [
      'a -> B:1',
      '"a -> B:1": "B" can not be the name of the component: lower-case letters, digits and -, at most 63.',
    ],
    [
      'a -> db.example.com:1',
      '"a -> db.example.com:1": "db.example.com" is no component. A host outside of the platform is written `external:host:port`.',
    ],
    [
      'a -> b:c:1',
      '"a -> b:c:1": there is one colon too many. A host outside of the platform is written `external:host:port`.',
    ],
    [
      'a -> https://x.y:1',
      '"a -> https://x.y:1": write the host without http://, as `external:host:port`.',
    ],
    [
      'a -> external:x.y',
      '"a -> external:x.y": the port is missing: write `external:x.y:PORT`.',
    ],
    [
      'a -> external:[::1]',
      '"a -> external:[::1]": the port is missing: write `external:[::1]:PORT`.',
    ],
    [
      'a -> external::1',
      '"a -> external::1": the host is missing: write `external:host:port`.',
    ],
    [
      'a -> external:2001:db8::1:443',
      '"a -> external:2001:db8::1:443": an IPv6 address stands in brackets.',
    ],
    [
      'a -> external:[::g]:1',
      '"a -> external:[::g]:1": "::g" is no IPv6 address.',
    ],
    [
      'a -> external:10.0.0.256:1',
      '"a -> external:10.0.0.256:1": "10.0.0.256" is no IPv4 address.',
    ],
    ['a -> external:X_y:1', '"a -> external:X_y:1": "X_y" is no host name.'],
    [
      'A -> b:1',
      '"A -> b:1": `from` is "A"; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. Did you mean `a`?',
    ],
    [
      null,
      'A dependency is empty; write `from -> to:port`, such as `frontend -> redis:6379`, or the fields from, to and port.',
    ],
    [
      3,
      'A dependency is "3"; write `from -> to:port`, such as `frontend -> redis:6379`, or the fields from, to and port.',
    ],
    [
      [{}],
      'A dependency is a list; write `from -> to:port`, such as `frontend -> redis:6379`, or the fields from, to and port.',
    ],
    [
      'a'.repeat(1025),
      'A dependency of 1025 characters is too long; at most 1024 are allowed.',
    ],
  ])('is refused: %j', (input, sentence) => {
    expect(problemsOf(input)).toEqual([`${path}: ${sentence}`]);
  });

  it.each<[unknown, readonly string[]]>([
    [
      {},
      [
        '.from: `from` is missing; it has to be lower-case letters, digits and -, starting and ending with a letter or digit.',
        '.to: `to` is missing; it has to be `component`, `application/component` or `external:host`.',
        '.port: `port` is missing; it has to be a whole number from 1 to 65535.',
      ],
    ],
    [
      { from: 'a', to: 'b:1', port: 1 },
      ['.to: `to` is "b:1": the port goes into the field `port`.'],
    ],
    [
      { from: 'a', to: 'b', port: '1' },
      [
        '.port: `port` is the text "1"; it has to be a whole number from 1 to 65535. Leave off the quotes: 1.',
      ],
    ],
    [
      { from: 'a', to: 'b', port: 1, env: 'lower' },
      [
        '.env: `env` is "lower"; it has to be capital letters, digits and _, not starting with a digit.',
      ],
    ],
    [
      { form: 'a', from: 'a', to: 'b', port: 1 },
      ['.form: Unknown field `form`: did you mean `from`?'],
    ],
  ])('with fields is refused field by field: %j', (input, sentences) => {
    expect(problemsOf(input)).toEqual(
      sentences.map(sentence => `${path}${sentence}`),
    );
  });

  it('brings the spelling that was probably meant', () => {
    const parsed = parseDependency('web → Redis:6379', path);
    expect(
      parsed.ok ? [] : parsed.problems.map(({ suggestion }) => suggestion),
    ).toEqual(['web -> Redis:6379']);
  });
});

describe('the object form', () => {
  const good = { from: 'web', to: 'redis', port: 6379 };
  const refusals = (input: unknown) => {
    const parsed = parseDependency(input, path);
    return parsed.ok ? [] : parsed.problems;
  };

  it.each([
    ['from', ''],
    ['from', 'A B'],
    ['port', 1e300],
    ['port', 1.5],
    ['env', ''],
    ['env', 'a'.repeat(65)],
  ])(
    'says once what is wrong with a field that breaks several rules: %s',
    (field, value) => {
      expect(refusals({ ...good, [field]: value })).toEqual([
        expect.objectContaining({
          path: `${path}.${field}`,
          found: String(value),
        }),
      ]);
    },
  );

  it('says of several fields what is wrong with each, in their order', () => {
    const wrong = { from: '', to: '', port: 0, env: '-', also: 1 };
    expect(refusals(wrong).map(problem => problem.path)).toEqual(
      ['from', 'to', 'port', 'env', 'also'].map(name => `${path}.${name}`),
    );
  });

  it('says what is allowed where the target can not be read', () => {
    expect(refusals({ ...good, to: 'a b' })).toEqual([
      expect.objectContaining({
        path: `${path}.to`,
        found: 'a b',
        allowed: '`component`, `application/component` or `external:host`',
      }),
    ]);
  });

  it.each([
    [null, 'null'],
    [5, '5'],
    [true, 'true'],
  ])('shows what was found where a dependency is %j', (input, found) => {
    expect(refusals(input)).toEqual([expect.objectContaining({ path, found })]);
  });

  it('shows the beginning of a text that is too long', () => {
    const [problem] = refusals('x'.repeat(2000));
    expect(problem.found).toMatch(/^x+/);
    expect(problem.found?.length).toBeLessThan(200);
  });
});
