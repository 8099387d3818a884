import { checkDependencies, DependencyEnd } from './checkDependencies';
import { parseDependency } from './parseDependency';

const workload = (name: string, ...ports: number[]): DependencyEnd => ({
  name,
  ports,
  isChart: false,
});
const chart = (name: string): DependencyEnd => ({ name, isChart: true });

function check(
  components: readonly DependencyEnd[],
  texts: readonly unknown[],
) {
  const dependencies = texts.flatMap((text, index) => {
    const path = `spec.dependencies[${index}]`;
    const parsed = parseDependency(text, path);
    return parsed.ok ? [{ path, dependency: parsed.value }] : [];
  });
  expect(dependencies).toHaveLength(texts.length);
  const { problems, warnings } = checkDependencies({
    application: 'shop',
    components,
    dependencies,
  });
  const say = ({ path, message }: { path: string; message: string }) =>
    `${path.replace('spec.dependencies', '')}: ${message}`;
  return { problems: problems.map(say), warnings: warnings.map(say) };
}

const shop = [
  workload('web', 80),
  workload('api', 8080, 9090),
  workload('worker'),
  chart('redis'),
];

describe('dependencies that are right', () => {
  it('need declared ports of workloads, and take the word of charts, other applications and the outside', () => {
    expect(
      check(shop, [
        'web -> api:8080',
        'api -> redis:6379',
        'worker -> redis:1',
        'worker -> other/api:1',
        'web -> external:a.b:1',
      ]),
    ).toEqual({ problems: [], warnings: [] });
  });

  it('may meet again without a ring', () => {
    expect(
      check(
        [
          workload('a', 1),
          workload('b', 1),
          workload('c', 1),
          workload('d', 1),
        ],
        ['a -> b:1', 'a -> c:1', 'b -> d:1', 'c -> d:1'],
      ).problems,
    ).toEqual([]);
  });
});

describe('a dependency', () => {
  it.each([
    [
      'on nothing',
      'web -> redsi:6379',
      '`web -> redsi:6379` leads to `redsi`, which is no component of this application. Did you mean `redis`?',
    ],
    [
      'on something far from any name',
      'web -> postgres:5432',
      '`web -> postgres:5432` leads to `postgres`, which is no component of this application. There are: web, api, worker and redis.',
    ],
    [
      'from nothing',
      'wbe -> redis:6379',
      '`wbe -> redis:6379` comes from `wbe`, which is no component of this application. Did you mean `web`?',
    ],
    [
      'on itself',
      'web -> web:80',
      '`web -> web:80` leads from `web` to itself: a component reaches itself without a dependency. Remove the line.',
    ],
    [
      'to a closed port',
      'web -> api:80',
      '`web -> api:80`: `api` does not listen on 80, it declares 8080 and 9090.',
    ],
    [
      'to the wrong port of one',
      'api -> web:443',
      '`api -> web:443`: `web` does not listen on 443, it declares 80. Did you mean 80?',
    ],
    [
      'to a workload without ports',
      'web -> worker:80',
      '`web -> worker:80`: `worker` declares no ports. Add `ports: [{ port: 80 }]` to it.',
    ],
    [
      'on this application by its name',
      'web -> shop/api:8080',
      '`web -> shop/api:8080`: `shop` is this application. Write `web -> api:8080`.',
    ],
  ])('%s is refused', (_, text, sentence) => {
    expect(check(shop, [text]).problems).toEqual([`[0]: ${sentence}`]);
  });

  it('with both ends unknown is refused for both', () => {
    expect(check([chart('redis')], ['a -> b:1']).problems).toHaveLength(2);
  });

  it('given twice is refused, however it is spelled', () => {
    expect(
      check(shop, ['web -> api:8080', { from: 'web', to: 'api', port: 8080 }])
        .problems,
    ).toEqual([
      '[1]: `web -> api:8080` is given twice: first in spec.dependencies[0]. Remove one.',
    ]);
  });
});

describe('a ring', () => {
  const abc = [workload('a', 1), workload('b', 1), workload('c', 1)];
  it('of two is written out', () => {
    expect(check(abc, ['a -> b:1', 'b -> a:1']).problems).toEqual([
      '[1]: Components depend on each other in a ring: a -> b -> a. Each would wait for the other; remove one of these dependencies.',
    ]);
  });

  it('of three is written out, without the way that leads to it', () => {
    expect(
      check(
        [workload('start'), ...abc],
        ['start -> a:1', 'a -> b:1', 'b -> c:1', 'c -> a:1'],
      ).problems,
    ).toEqual([
      '[3]: Components depend on each other in a ring: a -> b -> c -> a. Each would wait for the other; remove one of these dependencies.',
    ]);
  });

  it('beside another is told of as well', () => {
    expect(
      check(
        [...abc, workload('d', 1)],
        ['a -> b:1', 'b -> a:1', 'c -> d:1', 'd -> c:1'],
      ).problems,
    ).toHaveLength(2);
  });

  it('is found among 1,000 edges at once', () => {
    const names = Array.from({ length: 100 }, (_, index) => `c${index}`);
    const edges = names
      .flatMap((from, index) =>
        names.slice(index + 1, index + 11).map(to => `${from} -> ${to}:1`),
      )
      .slice(0, 999);
    expect(
      check(
        names.map(name => workload(name, 1)),
        [...edges, 'c99 -> c0:1'],
      ).problems,
    ).toHaveLength(1);
  });
});

describe('warnings', () => {
  it('name two edges that set the same variables', () => {
    expect(
      check(shop, ['web -> api:8080', 'web -> api:9090']).warnings,
    ).toEqual([
      '[1]: `web -> api:8080` and `web -> api:9090` both set API_PORT in `web`. Write one with the fields from, to, port and an `env` of its own.',
    ]);
  });

  it('say that a chart gets no variables', () => {
    expect(check(shop, ['redis -> api:8080']).warnings).toEqual([
      '[0]: `redis -> api:8080`: `redis` is a chart, so the connection is allowed, but no variables are set in it. Put the address into its `values`.',
    ]);
  });
});
