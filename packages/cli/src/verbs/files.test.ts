import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createChartRendererDouble } from '@understage/plugin-paas-node';
import { createTestWorld } from '../testing/createTestWorld';
import { shopFile } from '../testing/fixtures';

describe('verbs on files', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await mkdtemp(path.join(tmpdir(), 'paas-cli-'));
    await mkdir(path.join(cwd, 'deploy', 'nested'), { recursive: true });
    await mkdir(path.join(cwd, 'empty'));
    await writeFile(path.join(cwd, 'app.yaml'), shopFile);
    await writeFile(path.join(cwd, 'deploy', 'a.yaml'), shopFile);
    await writeFile(
      path.join(cwd, 'deploy', 'nested', 'b.yml'),
      `${shopFile.replace('checkout', 'one')}---\n${shopFile.replace(
        'checkout',
        'two',
      )}`,
    );
    await writeFile(
      path.join(cwd, 'deploy', 'README.md'),
      'not an application',
    );
    await writeFile(
      path.join(cwd, 'bad.yaml'),
      shopFile.replace('replicas: 2', 'replcias: 2').replace('8080', '70000'),
    );
    await writeFile(
      path.join(cwd, 'platform.yaml'),
      'paas:\n  images: { convention: "registry.example.com/{tenant}/{component}" }\n',
    );
  });
  afterAll(() => rm(cwd, { recursive: true }));
  const world = (options = {}) => createTestWorld({ cwd, ...options });

  describe('validate', () => {
    it('says that a file is valid', async () => {
      const { code, out } = await world().run('validate', 'app.yaml');
      expect([code, out]).toEqual([0, 'valid checkout (app.yaml:1)\n']);
    });

    it('reads directories and documents, in order', async () => {
      const { code, out } = await world().run('validate', 'deploy');
      expect(code).toBe(0);
      expect(out.match(/valid (\w+) /g)).toEqual([
        'valid checkout ',
        'valid one ',
        'valid two ',
      ]);
    });

    it('reads standard input', async () => {
      const { code, out } = await world({ stdin: shopFile }).run(
        'validate',
        '-',
      );
      expect([code, out]).toEqual([0, 'valid checkout (stdin:1)\n']);
    });

    it('reports every problem at once, each with its place', async () => {
      const { code, out } = await world().run(
        'validate',
        'bad.yaml',
        'app.yaml',
      );
      expect(code).toBe(1);
      expect(out).toMatch(/bad\.yaml:9:7 error .*did you mean `replicas`\?/);
      expect(out).toMatch(/bad\.yaml:11:\d+ error .*70000/);
      expect(out).toContain('valid checkout (app.yaml:1)');
    });

    it('tells programs the same', async () => {
      const { code, out } = await world().run(
        'validate',
        'bad.yaml',
        '-o',
        'json',
      );
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject([
        {
          file: 'bad.yaml',
          valid: false,
          problems: [{ line: 9, suggestion: 'replicas' }, { line: 11 }],
        },
      ]);
    });

    it.each([
      ['nothing.yaml', 'there is no such file or directory'],
      ['empty', 'holds no .yaml, .yml or .json file'],
    ])('says why %s can not be read', async (file, sentence) => {
      const { code, err } = await world().run('validate', file);
      expect(code).toBe(1);
      expect(err).toContain(sentence);
    });
  });

  describe('render', () => {
    it('prints the objects of an application', async () => {
      const { code, out, err } = await world().run(
        'render',
        'app.yaml',
        '-n',
        'shop',
      );
      expect([code, err]).toEqual([0, '']);
      const objects = parseAllDocuments(out).map(document => document.toJS());
      expect(objects.map(({ kind }) => kind)).toContain('NetworkPolicy');
      expect(
        new Set(objects.map(({ metadata }) => metadata.namespace)),
      ).toEqual(new Set(['shop']));
    });

    it('prints the same bytes twice', async () => {
      const once = await world().run('render', 'app.yaml');
      expect(await world().run('render', 'app.yaml')).toEqual(once);
    });

    it('prints one list as JSON', async () => {
      const { out } = await world().run('render', 'app.yaml', '-o', 'json');
      expect(JSON.parse(out)).toMatchObject({ kind: 'List' });
    });

    it('takes images from the convention of the platform', async () => {
      const stdin = shopFile.replace(/ +image: .*\n/g, '');
      const { code, out } = await world({ stdin }).run(
        'render',
        '-',
        '--config',
        'platform.yaml',
        '--tenant',
        'retail',
      );
      expect(code).toBe(0);
      expect(out).toContain('image: registry.example.com/retail/web');
    });

    it('says what is missing, and prints the rest', async () => {
      const stdin = `${shopFile.replace(
        '  dependencies:',
        '    - { name: cache, type: HelmChart, chart: bitnami/redis }\n  dependencies:',
      )}`;
      const charts = createChartRendererDouble({ bitnami: { rediss: {} } });
      const { code, out, err } = await world({ stdin, charts }).run(
        'render',
        '-',
      );
      expect(code).toBe(2);
      expect(err).toMatch(/checkout\/cache ChartNotFound: .*rediss/);
      expect(out).toContain('name: checkout-web');
    });

    it('prints nothing of an input with problems', async () => {
      const { code, out, err } = await world().run(
        'render',
        'bad.yaml',
        'app.yaml',
      );
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('2 problems in the input; nothing was done.');
    });

    it('says what is wrong with the configuration', async () => {
      const { code, err } = await world().run(
        'render',
        'app.yaml',
        '--config',
        'none.yaml',
      );
      expect(code).toBe(1);
      expect(err).toContain('none.yaml can not be read');
    });
  });
});

describe('explain', () => {
  it.each([
    ['components.ports', 'Ports that the container listens on'],
    ['spec.components[0].ports.port', 'a whole number from 1 to 65535'],
    ['components.schedule', 'for      CronJob'],
    ['dependencies', 'Who calls whom'],
    ['', 'components'],
    ['Unschedulable', 'something for you to do'],
    ['crashloop', 'starts and exits again and again'],
    ['reasons', 'WaitingForDependency'],
  ])('tells about %j', async (topic, sentence) => {
    const { code, out } = await createTestWorld().run('explain', topic);
    expect(code).toBe(0);
    expect(out).toContain(sentence);
  });

  it.each([
    ['components.prots', 'did you mean ports?'],
    ['components.image.tag', 'has no field "tag"; it has none'],
    ['Unschedulabel', 'There is also the reason Unschedulable'],
  ])('knows what %j may have meant', async (topic, sentence) => {
    const { code, err } = await createTestWorld().run('explain', topic);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('knows every verb in %s', async shell => {
    const { code, out } = await createTestWorld().run('completion', shell);
    expect(code).toBe(0);
    for (const word of ['validate', 'rollback', 'doctor', 'namespace']) {
      expect(out).toContain(word);
    }
  });
});

describe('version', () => {
  it('is printed for people and programs', async () => {
    const people = await createTestWorld().run('version');
    expect(people.out).toMatch(
      /^paas \d+\.\d+\.\d+ \(paas\.understage\.dev\/v1/,
    );
    const programs = await createTestWorld().run('version', '-o', 'json');
    expect(JSON.parse(programs.out)).toHaveProperty('version');
  });
});
