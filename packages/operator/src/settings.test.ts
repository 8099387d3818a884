import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadPlatform, parseFlags, usage } from './settings';

const parse = (...args: readonly string[]) =>
  parseFlags(args, { temporaryDirectory: '/tmp/charts' });

describe('the command line', () => {
  it('needs nothing', () => {
    expect(parse()).toEqual({
      kubeconfig: undefined,
      context: undefined,
      config: undefined,
      helm: 'helm',
      chartCache: '/tmp/charts',
      host: '0.0.0.0',
      port: 8080,
      identity: undefined,
      leaderElectionNamespace: 'understage-system',
      concurrency: 8,
    });
  });

  it.each([
    ['kubeconfig', 'file', 'kubeconfig'],
    ['context', 'kind', 'context'],
    ['config', 'platform.yaml', 'config'],
    ['helm', '/bin/helm', 'helm'],
    ['chart-cache', '/cache', 'chartCache'],
    ['host', '127.0.0.1', 'host'],
    ['identity', 'one', 'identity'],
    ['leader-election-namespace', 'kube-system', 'leaderElectionNamespace'],
  ])('takes --%s, as the usage says', (flag, value, field) => {
    expect(parse(`--${flag}`, value)).toMatchObject({ [field]: value });
    expect(usage).toContain(`--${flag} `);
  });

  it.each([
    [['--port', '0'], { port: 0 }],
    [['--port=65535'], { port: 65535 }],
    [['--concurrency', '16'], { concurrency: 16 }],
    [['--concurrency', '0'], { concurrency: 1 }],
  ])('takes numbers: %s', (args, expected) => {
    expect(parse(...args)).toMatchObject(expected);
  });

  it.each([
    [
      ['--port', '70000'],
      '--port takes a whole number up to 65535, found "70000"',
    ],
    [['--port=-1'], '--port takes a whole number up to 65535, found "-1"'],
    [['--port', 'http'], 'found "http"'],
    [['--port', '8e3'], 'found "8e3"'],
    [['--concurrency', '1000'], '--concurrency takes a whole number up to 256'],
    [['--prot', '80'], '--prot'],
    [['surplus'], 'surplus'],
  ])('refuses %s with a sentence', (args, sentence) => {
    expect(() => parse(...args)).toThrow(sentence);
  });

  it.each(['--help', '-h'])('answers %s', flag => {
    expect(parse(flag)).toBe('help');
  });
});

describe('the configuration file', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'settings-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function written(text: string): string {
    const file = path.join(directory, 'platform.yaml');
    writeFileSync(file, text);
    return file;
  }

  it('is that of portal and CLI, with the environment filled in', async () => {
    const file = written(
      'app: {}\npaas:\n  images: { convention: "${REGISTRY}/{component}:1" }\n',
    );
    expect(
      await loadPlatform(file, { REGISTRY: 'registry.example.com' }),
    ).toMatchObject({
      images: { convention: 'registry.example.com/{component}:1' },
      releases: { history: 10 },
    });
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one without the section', 'app: {}'],
    ['a text', 'just text'],
  ])('may be missing, everything has a default: %s', async (_, text) => {
    const file = text === undefined ? undefined : written(text);
    expect(await loadPlatform(file, {})).toMatchObject({
      expose: { kind: 'Ingress' },
    });
  });

  it('that is not there is named', async () => {
    await expect(
      loadPlatform(path.join(directory, 'nowhere.yaml'), {}),
    ).rejects.toThrow(/nowhere.yaml can not be read: .*ENOENT/);
  });

  it('that is no YAML is named, with the place', async () => {
    await expect(loadPlatform(written('paas: [1'), {})).rejects.toThrow(
      /platform.yaml can not be read: line 1/,
    );
  });

  it('is told every problem at once', async () => {
    const file = written('paas: { imagse: {}, expose: { kind: Route } }');
    await expect(loadPlatform(file, {})).rejects.toThrow(
      /platform.yaml has problems:\n {2}paas.expose(.|\n)*\n {2}paas.imagse/,
    );
  });
});
