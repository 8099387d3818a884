import { parsePlatformFile, readPlatformFile } from './readPlatformFile';

const parse = (text: string, env = {}) =>
  parsePlatformFile(text, { file: 'app-config.yaml', env });

describe('parsePlatformFile', () => {
  it('reads the section paas with the environment filled in', () => {
    const config = parse(
      'app:\n  title: x\npaas:\n  chartRepositories:\n    local: { url: "${CHARTS}/stable" }\n',
      { CHARTS: 'http://127.0.0.1:8080' },
    );
    expect(config).toMatchObject({
      ok: true,
      value: {
        chartRepositories: { local: { url: 'http://127.0.0.1:8080/stable' } },
      },
    });
  });

  it('has a default for everything', () => {
    for (const text of ['', 'app: {}', 'paas:', 'paas: {}']) {
      expect(parse(text)).toMatchObject({
        ok: true,
        value: { releases: { history: 10 }, expose: { kind: 'Ingress' } },
      });
    }
  });

  it.each([
    ['paas: {imagse: {}}', 'images'],
    ['paas:\n  chartRepositories: {a: {url: "${NOT_SET}"}}', 'url'],
    ['a: [', 'line 1'],
  ])('says what is wrong with %j', (text, sentence) => {
    const config = parse(text);
    if (config.ok) throw new Error('accepted');
    expect(config.problems[0].message).toContain(sentence);
  });
});

describe('readPlatformFile', () => {
  it('names the file that is not there', async () => {
    const config = await readPlatformFile({ file: '/no/such/file', env: {} });
    expect(config).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('/no/such/file') }],
    });
  });
});
