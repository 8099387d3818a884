import { checkApplication } from './checkApplication';

type Json = Readonly<Record<string, unknown>>;

const deployment = (fields: Json = {}): Json => ({
  name: 'web',
  type: 'Deployment',
  ...fields,
});
const application = (spec: Json, more: Json = {}): Json => ({
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: { name: 'shop' },
  spec,
  ...more,
});
const withComponent = (fields: Json = {}) =>
  application({ components: [deployment(fields)] });

/** `path: message` of each problem, in order. */
function problemsOf(value: unknown): readonly string[] {
  const checked = checkApplication(value);
  return checked.ok
    ? []
    : checked.problems.map(({ path, message }) => `${path}: ${message}`);
}
function warningsOf(value: unknown): readonly string[] {
  const checked = checkApplication(value);
  return checked.ok
    ? checked.warnings.map(({ path, message }) => `${path}: ${message}`)
    : ['refused'];
}

describe('an application that is right', () => {
  it('comes back with its version normalised and its defaults filled in', () => {
    const checked = checkApplication(withComponent({ replicas: 3 }));
    expect(checked).toEqual({
      ok: true,
      warnings: [],
      value: {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Application',
        metadata: { name: 'shop' },
        spec: {
          components: [
            {
              name: 'web',
              type: 'Deployment',
              replicas: 3,
              ports: [],
              env: [],
              files: [],
              volumes: [],
              readOnlyRootFilesystem: true,
            },
          ],
          dependencies: [],
          links: [],
          deletionPolicy: 'Retain',
          paused: false,
        },
      },
    });
  });

  it('may be a live object: its status and unknown metadata are left out', () => {
    const live = {
      ...withComponent(),
      apiVersion: 'paas.understage.dev/v1',
      metadata: {
        name: 'shop',
        namespace: 'team-a',
        uid: 'u-1',
        resourceVersion: '7',
        generation: 2,
        labels: { a: 'b' },
        managedFields: [{ manager: 'kubectl' }],
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      status: { anything: true },
    };
    const checked = checkApplication(live);
    expect(checked.ok && checked.value.metadata).toEqual({
      name: 'shop',
      namespace: 'team-a',
      uid: 'u-1',
      resourceVersion: '7',
      generation: 2,
      labels: { a: 'b' },
      creationTimestamp: '2026-01-01T00:00:00Z',
    });
    expect(checked.ok && Object.keys(checked.value)).not.toContain('status');
  });

  it('gets its quantities as text, however they were written', () => {
    const checked = checkApplication(
      withComponent({
        resources: { limits: { cpu: 2, memory: 1073741824 } },
      }),
    );
    expect(
      checked.ok &&
        checked.value.spec.components.map(each =>
          'resources' in each ? each.resources : undefined,
        ),
    ).toEqual([{ limits: { cpu: '2', memory: '1073741824' } }]);
  });
});

describe('a document that is no application', () => {
  it.each([
    [
      null,
      ': The document is empty; an Application is a map with apiVersion, kind, metadata and spec.',
    ],
    [
      [],
      ': The document is a list; an Application is a map with apiVersion, kind, metadata and spec.',
    ],
    [
      'shop',
      ': The document is the text "shop"; an Application is a map with apiVersion, kind, metadata and spec.',
    ],
    [
      { apiVersion: 'v1', kind: 'Service', spec: 3 },
      'kind: This is a v1 Service, not an Application (`kind: Application`). Keep other kinds in files of their own.',
    ],
    [
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec: {} },
      'apiVersion: This is an Application of argoproj.io, not of Understage (`paas/v1` or `paas.understage.dev/v1`). Keep other kinds in files of their own.',
    ],
  ])('is refused with one sentence: %j', (value, sentence) => {
    expect(problemsOf(value)).toEqual([sentence]);
  });

  it('is refused at once when it is huge', () => {
    const list = Array.from({ length: 1_000_000 }, () => 0);
    expect(problemsOf(withComponent({ args: list }))).toEqual([
      ': The document has more than 200000 parts, aliases counted where they are used. Split the application.',
    ]);
  });

  it('can not carry foreign objects', () => {
    expect(problemsOf(withComponent({ image: new Date(0) }))).toEqual([
      'spec.components[0].image: Only maps, lists, text, numbers, true, false and null can stand in a resource.',
    ]);
  });
});

describe('version, kind and metadata', () => {
  it.each<[Json, string]>([
    [
      { apiVersion: undefined },
      'apiVersion: `apiVersion` is missing: write `apiVersion: paas/v1`.',
    ],
    [
      { apiVersion: 'paas/v2' },
      'apiVersion: `apiVersion` is the text "paas/v2"; an Application has `paas/v1` or `paas.understage.dev/v1`.',
    ],
    [
      { kind: undefined },
      'kind: `kind` is missing: write `kind: Application`.',
    ],
    [
      { kind: 'Aplication' },
      'kind: `kind` is the text "Aplication". Did you mean `Application`?',
    ],
    [
      { metadata: undefined },
      'metadata: `metadata` is missing: write at least `metadata: { name: ... }`.',
    ],
    [
      { metadata: [] },
      'metadata: `metadata` is a list; it has to be a map with at least a `name`.',
    ],
    [
      { metadata: {} },
      'metadata.name: `metadata.name` is missing: the application needs a name.',
    ],
    [
      { metadata: { generateName: 'a-' } },
      'metadata.generateName: `metadata.generateName` does not work for an Application, whose name is part of the names of everything below it: write `metadata.name`.',
    ],
    [
      { metadata: { name: 'User_Service' } },
      'metadata.name: `metadata.name` is "User_Service"; it has to be lower-case letters, digits and -, starting and ending with a letter or digit, at most 63. Did you mean `user-service`?',
    ],
    [
      { metadata: { name: 'a'.repeat(64) } },
      'metadata.name: `metadata.name` is 64 characters long; at most 63 are allowed.',
    ],
    [
      { metadata: { name: 'a', namespace: 7 } },
      'metadata.namespace: `metadata.namespace` is the number 7; it has to be lower-case letters, digits and -, starting and ending with a letter or digit, at most 63.',
    ],
    [
      { metadata: { name: 'a', labels: { 'a/b': true } } },
      'metadata.labels["a/b"]: `a/b` is true; labels are text. Quote it: "true".',
    ],
    [
      { spec: undefined },
      'spec: `spec` is missing: it lists the `components` of the application.',
    ],
    [{ sepc: {} }, 'sepc: Unknown field `sepc`: did you mean `spec`?'],
    [
      { data: {} },
      'data: Unknown field `data`: an Application has apiVersion, kind, metadata and spec.',
    ],
  ])('%j', (more, sentence) => {
    expect(
      problemsOf(application({ components: [deployment()] }, more)),
    ).toEqual([sentence]);
  });
});

describe('a field of a component', () => {
  const missing = 'spec.components[0].';
  it.each<[string, Json, string]>([
    [
      'unknown, and near a known one',
      { replcias: 3 },
      'replcias: Unknown field `replcias`: did you mean `replicas`?',
    ],
    [
      'of another type',
      { schedule: '* * * * *' },
      'schedule: `schedule` is a field of CronJob, not of Deployment.',
    ],
    [
      'of the application',
      { paused: true },
      'paused: Unknown field `paused`: it belongs to the application as a whole, not here. Move it up to `spec`.',
    ],
    [
      'brought along from Kubernetes',
      { livenessProbe: {} },
      'livenessProbe: Unknown field `livenessProbe`. Write it as `probes.liveness`.',
    ],
    [
      'from JavaScript',
      { constructor: 1 },
      'constructor: Unknown field `constructor`: known here are type, name, image, resources, ports, env, command, args, probes, files, volumes, readOnlyRootFilesystem, metrics, replicas, availability and expose.',
    ],
    [
      'text for a number',
      { replicas: 'three' },
      'replicas: `replicas` is the text "three"; it has to be a whole number from 0 to 1000.',
    ],
    [
      'a quoted number',
      { replicas: '3' },
      'replicas: `replicas` is the text "3"; it has to be a whole number from 0 to 1000. Leave off the quotes: 3.',
    ],
    [
      'a fraction',
      { replicas: 1.5 },
      'replicas: `replicas` is the number 1.5; it has to be a whole number from 0 to 1000.',
    ],
    [
      'not a number',
      { replicas: NaN },
      'replicas: `replicas` is the number NaN; it has to be a whole number from 0 to 1000.',
    ],
    [
      'too large',
      { replicas: 1e300 },
      'replicas: `replicas` is the number 1e+300; it has to be a whole number from 0 to 1000.',
    ],
    [
      'negative',
      { replicas: -1 },
      'replicas: `replicas` is the number -1; it has to be a whole number from 0 to 1000.',
    ],
    [
      'null',
      { env: null },
      'env: `env` is empty; it has to be a list. Give it a value or remove the line.',
    ],
    [
      'a map for a list',
      { env: { A: 'b' } },
      'env: `env` is a map; it has to be a list. Begin each entry with "- ".',
    ],
    [
      'a number for text',
      { env: [{ name: 'A', value: 8080 }] },
      'env[0].value: `value` is the number 8080; it has to be text. Quote it: "8080".',
    ],
    [
      'text for a flag',
      { readOnlyRootFilesystem: 'no' },
      'readOnlyRootFilesystem: `readOnlyRootFilesystem` is the text "no"; it has to be true or false. Write false.',
    ],
    [
      'a choice',
      { ports: [{ port: 80, protocol: 'tcp' }] },
      'ports[0].protocol: `protocol` is "tcp"; it has to be one of TCP, UDP or SCTP. Did you mean `TCP`?',
    ],
    [
      'port 0',
      { ports: [{ port: 0 }] },
      'ports[0].port: `port` is the number 0; it has to be a whole number from 1 to 65535.',
    ],
    [
      'port 70000',
      { ports: [{ port: 70000 }] },
      'ports[0].port: `port` is the number 70000; it has to be a whole number from 1 to 65535.',
    ],
    [
      'a port without number',
      { ports: [{ name: 'http' }] },
      'ports[0].port: `port` is missing; it has to be a whole number from 1 to 65535.',
    ],
    [
      'an image with spaces',
      { image: 'my app' },
      'image: `image` is "my app"; it has to be an image reference such as registry.example.com/team/app:1.2, its repository in lower case, without spaces. Did you mean `my-app`?',
    ],
    [
      'too many entries',
      { command: Array(65).fill('x') },
      'command: `command` has 65 entries; at most 64 are allowed.',
    ],
    [
      'text that is too long',
      { env: [{ name: 'A', value: 'x'.repeat(32769) }] },
      'env[0].value: `value` is 32769 characters long; at most 32768 are allowed.',
    ],
    [
      'a NUL character',
      { env: [{ name: 'A', value: 'a\0b' }] },
      'env[0].value: The text holds a NUL character, which neither Kubernetes nor a container accepts.',
    ],
    [
      'half of a character',
      { env: [{ name: 'A', value: '\ud800' }] },
      'env[0].value: The text holds half of a character (a lone surrogate). Save the file as UTF-8.',
    ],
  ])('%s', (_, fields, sentence) => {
    expect(problemsOf(withComponent(fields))).toEqual([
      `${missing}${sentence}`,
    ]);
  });

  it.each<[unknown, string]>([
    [
      '',
      '`name` is empty text; it has to be lower-case letters, digits and -, starting and ending with a letter or digit.',
    ],
    ['x'.repeat(64), '`name` is 64 characters long; at most 63 are allowed.'],
    [
      'Front End',
      '`name` is "Front End"; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. Did you mean `front-end`?',
    ],
    [
      'frоnt',
      '`name` is "frоnt"; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. Its "о" (U+043E) only looks like "o". Did you mean `front`?',
    ],
    [
      'fro\u200bnt',
      '`name` is "fro\u200bnt"; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. It holds an invisible character (U+200B). Did you mean `front`?',
    ],
    [
      'café',
      '`name` is "café"; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. It holds "é" (U+00E9). Did you mean `caf`?',
    ],
    [
      null,
      '`name` is empty; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. Give it a value or remove the line.',
    ],
    [
      undefined,
      '`name` is missing; it has to be lower-case letters, digits and -, starting and ending with a letter or digit.',
    ],
    [
      true,
      '`name` is true; it has to be lower-case letters, digits and -, starting and ending with a letter or digit. Quote it: "true".',
    ],
  ])('named %j', (name, sentence) => {
    expect(problemsOf(withComponent({ name }))).toEqual([
      `spec.components[0].name: ${sentence}`,
    ]);
  });

  it.each<[unknown, string]>([
    [
      'Deploymnt',
      '`type` is "Deploymnt"; it has to be one of Deployment, StatefulSet, Job, CronJob or HelmChart. Did you mean `Deployment`?',
    ],
    [
      'DaemonSet',
      '`type` is "DaemonSet"; it has to be one of Deployment, StatefulSet, Job, CronJob or HelmChart.',
    ],
    [
      undefined,
      '`type` is missing; it has to be one of Deployment, StatefulSet, Job, CronJob or HelmChart.',
    ],
    [
      3,
      '`type` is the number 3; it has to be one of Deployment, StatefulSet, Job, CronJob or HelmChart. Quote it: "3".',
    ],
  ])('of type %j', (type, sentence) => {
    expect(problemsOf(withComponent({ type }))).toEqual([
      `spec.components[0].type: ${sentence}`,
    ]);
  });
});

describe('the specification', () => {
  it.each<[unknown, string]>([
    [{}, 'spec.components: `components` is missing; it has to be a list.'],
    [
      { components: [] },
      'spec.components: `components` has no entries; at least 1 is needed.',
    ],
    [
      { components: {} },
      'spec.components: `components` is a map; it has to be a list. Begin each entry with "- ".',
    ],
    [
      { components: ['web'] },
      'spec.components[0]: `components[0]` is the text "web"; it has to be a map with a `type` and the fields of that type.',
    ],
    [
      [],
      'spec: `spec` is a list; it has to be a map with the fields components, dependencies, owner, description, links, docs, deletionPolicy, paused and revision.',
    ],
    [
      { components: [deployment()], links: [{ url: 'ftp://a.example.com' }] },
      'spec.links[0].url: `url` is "ftp://a.example.com"; it has to be an http or https address.',
    ],
    [
      { components: [deployment()], revision: 0 },
      'spec.revision: `revision` is the number 0; it has to be a whole number from 1 to 2147483647.',
    ],
  ])('%j', (spec, sentence) => {
    expect(problemsOf(application({}, { spec }))).toEqual([sentence]);
  });

  it('S31: refuses 1,000 components with one sentence', () => {
    const components = Array.from({ length: 1000 }, () => ({
      name: 'X',
      type: 'Foo',
    }));
    expect(problemsOf(application({ components }))).toEqual([
      'spec.components: `components` has 1000 entries; at most 100 are allowed. Split the application.',
    ]);
  });

  it('reports everything at once, fields and rules', () => {
    const components = [
      deployment({ replcias: 1 }),
      deployment({
        ports: [{ port: 80 }, { port: 80 }],
        metrics: { port: 81 },
      }),
      { name: 'db', type: 'HelmChart' },
    ];
    expect(
      problemsOf(
        application({
          components,
          dependencies: ['web -> web:80', 'web -> cache:6379'],
          owner: 3,
        }),
      ).map(each => each.split(':')[0]),
    ).toEqual([
      'spec.components[0].replcias',
      'spec.components[2].chart',
      'spec.owner',
      'spec.components[1].name',
      'spec.components[1].ports[1]',
      'spec.components[1].metrics.port',
      'spec.dependencies[0]',
      'spec.dependencies[1]',
    ]);
  });

  it('counts what is beyond 200 problems', () => {
    const env = Array.from({ length: 300 }, () => ({ name: '1' }));
    const problems = problemsOf(withComponent({ env }));
    expect(problems).toHaveLength(201);
    expect(problems[200]).toBe(
      ': There are 100 more problems. Mend these first.',
    );
  });

  it('refuses what etcd can not hold', () => {
    const files = Array.from({ length: 3 }, (_, index) => ({
      path: `/etc/${index}`,
      content: 'x'.repeat(250_000),
    }));
    const components = ['a', 'b'].map(name => deployment({ name, files }));
    expect(problemsOf(application({ components }))[0]).toMatch(
      /^spec: The application is \d+ bytes as JSON; Kubernetes stores at most 1000000\./,
    );
  });
});

describe('names that reach into JavaScript', () => {
  it('are refused wherever they stand, and change nothing', () => {
    const document: unknown = JSON.parse(
      '{"__proto__":{"polluted":1},"apiVersion":"paas/v1","kind":"Application","metadata":{"name":"a","labels":{"__proto__":"x"}},"spec":{"__proto__":{"paused":true},"components":[{"name":"c","type":"HelmChart","chart":"a/b","values":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}]}}',
    );
    expect(problemsOf(document)).toEqual(
      [
        '__proto__',
        'metadata.labels.__proto__',
        'spec.__proto__',
        'spec.components[0].values.__proto__',
      ].map(path => `${path}: \`__proto__\` can not be the name of a field.`),
    );
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('are plain values of a chart otherwise', () => {
    const values: unknown = JSON.parse(
      '{"constructor":{"prototype":{"polluted":1}},"toString":"x"}',
    );
    expect(
      problemsOf(
        application({
          components: [{ name: 'c', type: 'HelmChart', chart: 'a/b', values }],
        }),
      ),
    ).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('warnings', () => {
  it.each<[Json, string]>([
    [
      {
        replicas: 2,
        volumes: [{ name: 'data', size: '1Gi', mountPath: '/data' }],
      },
      'spec.components[0].volumes: 2 replicas of a Deployment share one volume, which most storage lets only one node mount (ReadWriteOnce): replicas on other nodes will not start. Use `type: StatefulSet` for a volume each, or `replicas: 1`.',
    ],
    [
      { env: [{ name: 'KUBERNETES_PORT', value: 'x' }] },
      'spec.components[0].env[0].name: `KUBERNETES_PORT` begins with KUBERNETES_, where Kubernetes puts variables of its own: a program may take it for one of those.',
    ],
    [
      { replicas: 2, availability: { maxUnavailable: 0 } },
      'spec.components[0].availability.maxUnavailable: `maxUnavailable` is 0: no replica may ever be moved, so nodes that hold one can not be drained.',
    ],
  ])('accept, and say: %j', (fields, sentence) => {
    expect(warningsOf(withComponent(fields))).toEqual([sentence]);
  });
});

describe('the account that everything is written as', () => {
  it('lends its name to no component: its pods would run with all its rights', () => {
    const checked = checkApplication({
      apiVersion: 'paas/v1',
      kind: 'Application',
      metadata: { name: 'understage' },
      spec: { components: [{ name: 'deployer', type: 'Deployment' }] },
    });
    expect(checked).toMatchObject({
      ok: false,
      problems: [
        {
          path: 'spec.components[0].name',
          message:
            'The objects of `deployer` would be named understage-deployer, as the account that everything in the namespace is written as: give the component another name.',
        },
      ],
    });
  });
});
