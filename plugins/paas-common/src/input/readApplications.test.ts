import fs from 'node:fs';
import path from 'node:path';
import { readApplications } from './readApplications';

const examples = path.resolve(__dirname, '../../../../examples/applications');
const seed = `apiVersion: paas/v1
kind: Application
metadata:
  name: user-service
spec:
  components:
    - name: frontend
      type: Deployment
      replicas: 3
      resources:
        limits: { cpu: "2", memory: 4Gi }
    - name: redis
      type: HelmChart
      chart: bitnami/redis
  dependencies:
    - frontend -> redis:6379
`;

/** `line:column path: message` of each problem of each document. */
function problemsOf(text: string): readonly string[] {
  return readApplications(text).flatMap(({ checked }) =>
    checked.ok
      ? []
      : checked.problems.map(
          ({ line, column, path: at, message }) =>
            `${line}:${column} ${at}: ${message}`,
        ),
  );
}
function namesOf(text: string): readonly string[] {
  return readApplications(text).map(({ checked }) =>
    checked.ok ? checked.value.metadata.name : 'refused',
  );
}

describe("the seed's file", () => {
  it('is the example, byte for byte', () => {
    expect(
      fs.readFileSync(path.join(examples, 'user-service.yaml'), 'utf8'),
    ).toBe(seed);
  });

  it('is accepted', () => {
    const [{ checked }] = readApplications(seed);
    expect(checked).toMatchObject({
      ok: true,
      warnings: [],
      value: {
        apiVersion: 'paas.understage.dev/v1',
        metadata: { name: 'user-service' },
        spec: { dependencies: ['frontend -> redis:6379'] },
      },
    });
  });

  it.each([
    ['Windows line ends', seed.replace(/\n/g, '\r\n')],
    ['a byte order mark', `\uFEFF${seed}`],
    ['both', `\uFEFF${seed.replace(/\n/g, '\r\n')}`],
    ['a separator before and after', `---\n${seed}---\n`],
    ['no line end', seed.trimEnd()],
    ['comments', `# one\n${seed}# two\n`],
  ])('reads the same with %s', (_, text) => {
    const [plain] = readApplications(seed);
    expect(readApplications(text).map(({ checked }) => checked)).toEqual([
      plain.checked,
    ]);
  });
});

it.each(
  fs
    .readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.yaml')),
)('accepts the example %s', file => {
  expect(
    problemsOf(fs.readFileSync(path.join(examples, file), 'utf8')),
  ).toEqual([]);
});

describe('places', () => {
  it('are those of the value, of the name of an unknown field, and of what holds a missing one', () => {
    const text = seed
      .replace('replicas: 3', 'replcias: 3\n      image: 5')
      .replace('chart: bitnami/redis', 'version: "1"')
      .replace('redis:6379', 'reddis:6379');
    expect(problemsOf(text)).toEqual([
      '9:7 spec.components[0].replcias: Unknown field `replcias`: did you mean `replicas`?',
      '10:14 spec.components[0].image: `image` is the number 5; it has to be an image reference such as registry.example.com/team/app:1.2, its repository in lower case, without spaces. Quote it: "5".',
      '13:7 spec.components[1].chart: `chart` is missing; it has to be `repository/name` of a configured repository, or `oci://host/path`.',
      '17:7 spec.dependencies[0]: `frontend -> reddis:6379` leads to `reddis`, which is no component of this application. Did you mean `redis`?',
    ]);
  });

  it('are the same with a byte order mark and Windows line ends', () => {
    const text = seed.replace('replicas: 3', 'replicas: x');
    expect(problemsOf(`\uFEFF${text.replace(/\n/g, '\r\n')}`)).toEqual(
      problemsOf(text),
    );
  });

  it('follow aliases and merged maps to where the value stands', () => {
    const text = `apiVersion: paas/v1
kind: Application
metadata: { name: a }
spec:
  components:
    - &base
      name: one
      type: Deployment
      replicas: many
    - <<: *base
      name: two
`;
    expect(problemsOf(text)).toEqual([
      '9:17 spec.components[0].replicas: `replicas` is the text "many"; it has to be a whole number from 0 to 1000.',
      '9:17 spec.components[1].replicas: `replicas` is the text "many"; it has to be a whole number from 0 to 1000.',
    ]);
  });
});

describe('several documents', () => {
  it('are checked one by one, each with its line', () => {
    const text = `${seed}---\n# nothing here\n---\n${seed.replace(
      'user-service',
      'other',
    )}---\nkind: Service\napiVersion: v1\n`;
    expect(namesOf(text)).toEqual(['user-service', 'other', 'refused']);
    expect(
      readApplications(text, { file: 'a.yaml' }).map(
        ({ file, index, line }) => `${file} ${index} ${line}`,
      ),
    ).toEqual(['a.yaml 0 1', 'a.yaml 1 20', 'a.yaml 2 37']);
    expect(problemsOf(text)).toEqual([
      '37:7 kind: This is a v1 Service, not an Application (`kind: Application`). Keep other kinds in files of their own.',
    ]);
  });

  it('do not spoil each other', () => {
    expect(namesOf(`${seed}---\na: [\n---\n${seed}`)).toEqual([
      'user-service',
      'refused',
      'user-service',
    ]);
  });
});

describe('JSON', () => {
  it.each([undefined, 2, '\t'])('is read, indented by %j', indent => {
    const document = {
      apiVersion: 'paas/v1',
      kind: 'Application',
      metadata: { name: 'a' },
      spec: { components: [{ name: 'b', type: 'Job' }] },
    };
    expect(namesOf(JSON.stringify(document, null, indent))).toEqual(['a']);
  });
});

describe('a text that is no resource', () => {
  it.each([
    ['nothing', '', '1:1 : The file is empty.'],
    ['blank lines', ' \n\n', '1:1 : The file is empty.'],
    ['a byte order mark', '\uFEFF', '1:1 : The file is empty.'],
    [
      'comments',
      '# a\n---\n# b\n',
      '1:1 : The file holds no document, only comments or separators.',
    ],
    [
      'null',
      'null',
      '1:1 : The document is empty; an Application is a map with apiVersion, kind, metadata and spec.',
    ],
    [
      'prose',
      'hello world',
      '1:1 : The document is the text "hello world"; an Application is a map with apiVersion, kind, metadata and spec.',
    ],
    [
      'binary',
      'PK\u0003\u0000',
      '1:1 : The file is not text: it holds NUL characters. Save it as UTF-8.',
    ],
    [
      '50 MB',
      'x'.repeat(50_000_000),
      '1:1 : The file has 50000000 characters; at most 2097152 are read. Split it.',
    ],
    [
      '2,001 separators',
      '---\n'.repeat(2001),
      '1:1 : The file has more than 2000 documents. Split it.',
    ],
    ['a tab', 'a:\n\tb: 1\n', '2:1 : A tab can not indent YAML: use spaces.'],
    [
      'a name twice',
      'a: 1\nb: 2\na: 3\n',
      '3:1 : `a` is given twice: first in line 1. Remove one.',
    ],
    [
      'an unclosed quote',
      'a: "b\n',
      '2:1 : A bracket, quote or ":" is missing here or in a line above.',
    ],
    [
      'a map as a name',
      '? {a: 1}\n: 2\n',
      '1:3 : The name of a field has to be text, not a map, a list or an alias. Text that begins with { or [ or * needs quotes.',
    ],
    [
      'an alias of nothing',
      'a: *b\n',
      '1:4 : The alias *b has no anchor &b above it. Quote text that begins with *.',
    ],
    [
      'code',
      'a: !!js/function "function () {}"\n',
      '1:4 : A tag (!...) stands here; resources are plain maps, lists, texts and numbers. Remove the tag.',
    ],
    [
      'an unknown tag',
      'a: !secret x\n',
      '1:4 : A tag (!...) stands here; resources are plain maps, lists, texts and numbers. Remove the tag.',
    ],
    [
      'a ring of aliases',
      'a: &a [*a]\n',
      '1:1 : The document is nested more than 64 levels deep.',
    ],
  ])('is refused with one sentence: %s', (_, text, sentence) => {
    expect(problemsOf(text)).toEqual([sentence]);
  });

  it.each(['a: b\n', '- a\n', '*a, '])(
    'is answered when it is half a megabyte of: %j',
    part => {
      expect(
        problemsOf(part.repeat(2 ** 19 / part.length)).length,
      ).toBeGreaterThan(0);
    },
  );

  it.each(['[', '{ a: ', '- '])(
    'is refused when it nests without end: %j',
    text => {
      expect(problemsOf(text.repeat(100_000))).toEqual([
        expect.stringMatching(
          /^1:\d+ : The file is nested too deeply to be read\.$/,
        ),
      ]);
    },
  );

  it('is refused when its anchors unfold to too much', () => {
    const levels = Array.from(
      { length: 20 },
      (_, index) =>
        `  l${index}: &l${index} [${Array(9)
          .fill(index === 0 ? 'x' : `*l${index - 1}`)
          .join(', ')}]`,
    );
    const bomb = seed.replace('spec:', `status:\n${levels.join('\n')}\nspec:`);
    expect(problemsOf(bomb)).toEqual([
      '1:1 : Anchors and aliases of the document unfold to too much. Write the values out.',
    ]);
  });

  it('names each line that is indented by tabs', () => {
    expect(
      problemsOf('a:\n\tb: 1\n\tc: 2\n').every(problem =>
        problem.endsWith('use spaces.'),
      ),
    ).toBe(true);
  });
});

it('refuses 1,000 components with one sentence', () => {
  const text = `apiVersion: paas/v1\nkind: Application\nmetadata: { name: a }\nspec:\n  components:\n${'    - { name: X, type: Foo }\n'.repeat(
    1000,
  )}`;
  expect(problemsOf(text)).toEqual([
    '6:5 spec.components: `components` has 1000 entries; at most 100 are allowed. Split the application.',
  ]);
});
