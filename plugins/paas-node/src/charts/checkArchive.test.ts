import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { checkArchive, defaultArchiveLimits } from './checkArchive';
import {
  packChart,
  PackedEntry,
  packEntries,
  paxRecord,
} from './testing/packChart';

describe('checkArchive', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'check-archive-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function check(content: Buffer, limits = defaultArchiveLimits) {
    const file = path.join(directory, 'chart.tgz');
    await writeFile(file, content);
    return checkArchive(file, { limits });
  }

  it('lists custom resource definitions, which are not rendered', async () => {
    const archive = packChart('a', '1.0.0', {
      'crds/one.yaml': 'x',
      'crds/README.md': 'x',
      'templates/crds/no.yaml': 'x',
      'crds/deep/two.yml': 'x',
    });
    await expect(check(archive)).resolves.toEqual({
      crds: ['crds/deep/two.yml', 'crds/one.yaml'],
      remoteSchema: false,
    });
  });

  it.each([
    ['{"$ref": "#/$defs/x"}', false],
    ['{"$schema": "http://json-schema.org/draft-07/schema#"}', false],
    ['{"$schema": "https://json-schema.org/draft/2020-12/schema"}', false],
    ['{"properties": {"a": {"$ref": "https://evil.test/s.json"}}}', true],
    ['{"$ref": "file:///etc/passwd"}', true],
    ['{"$ref": "other.json"}', true],
    ['{"\\u0024ref": "http://169.254.169.254/"}', true],
    ['{"$schema": "http://evil.test/"}', true],
    ['not json', true],
    ['{"$recursiveRef": "http://127.0.0.1/"}', true],
    ['{"$recursiveRef": "#"}', false],
    ['{"$soonRef": "http://127.0.0.1/"}', true],
    ['{"$schema": "https://json-schema.org/../../x"}', true],
    ['{"$id": "http://example.com/a", "$comment": "see http://x"}', false],
    ['{"properties": {"url": {"default": "http://x"}}}', false],
  ])(
    'knows that the schema %j needs more than itself: %s',
    async (text, remoteSchema) => {
      const archive = packChart('a', '1.0.0', {
        'charts/sub/values.schema.json': text,
      });
      await expect(check(archive)).resolves.toMatchObject({ remoteSchema });
    },
  );

  const hostile: readonly (readonly [string, PackedEntry, string])[] = [
    ['a way up', { path: 'a/../../etc/x' }, 'leads out of it'],
    [
      'a way up with backslashes',
      { path: 'a\\..\\..\\x' },
      'has a backslash in its name',
    ],
    ['an unknown type', { path: 'a/z', letter: 'Z' }, 'is of an unknown type'],
    [
      'a long name without end',
      { path: 'l', letter: 'L', content: 'a'.repeat(2 * 1024 * 1024) },
      'is of an unknown type',
    ],
    ['an absolute path', { path: '/etc/passwd' }, 'leads out of it'],
    ['a drive', { path: 'C:/x' }, 'leads out of it'],
    [
      'a symbolic link',
      { path: 'a/l', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      'is a SymbolicLink',
    ],
    [
      'a hard link',
      { path: 'a/l', type: 'Link', linkpath: '/etc/passwd' },
      'is a Link',
    ],
    [
      'a device',
      { path: 'a/d', type: 'CharacterDevice' },
      'is a CharacterDevice',
    ],
    ['a pipe', { path: 'a/p', type: 'FIFO' }, 'is a FIFO'],
  ];
  it.each(hostile)('S21: refuses %s', async (_what, entry, sentence) => {
    const archive = packEntries([
      { path: 'a/Chart.yaml', content: 'name: a' },
      entry,
      { path: 'a/templates/x.yaml', content: 'x' },
    ]);
    await expect(check(archive)).rejects.toMatchObject({
      reason: 'ChartFailed',
      message: expect.stringContaining(sentence),
    });
  });

  it.each(['a/charts/sub-1.0.0.tgz', 'a/charts/b/charts/c.TGZ'])(
    'does not vouch for the schemas of a chart within the chart, %s',
    async name => {
      const archive = packEntries([
        { path: 'a/Chart.yaml', content: 'name: a' },
        { path: name, content: packChart('sub', '1.0.0', {}) },
      ]);
      await expect(check(archive)).resolves.toMatchObject({
        remoteSchema: true,
      });
    },
  );

  it('S21: copies what it read and nothing else, in a form that every reader reads alike', async () => {
    const long = `a/templates/${'d'.repeat(120)}/${'f'.repeat(120)}.yaml`;
    const file = path.join(directory, 'source.tgz');
    const copyTo = path.join(directory, 'copy.tgz');
    const schema = '{"$ref": "http://127.0.0.1/"}';
    await writeFile(
      file,
      packEntries([
        { path: 'a/', type: 'Directory' },
        { path: 'a/Chart.yaml', content: 'name: a' },
        { path: 'p', content: paxRecord('path', long), letter: 'x' },
        { path: 'a/long', content: 'x'.repeat(1000) },
        { path: 'l', content: 'a/values.schema.json\0', letter: 'L' },
        { path: 'p', content: paxRecord('path', 'a/harmless'), letter: 'x' },
        { path: 'a/raw', content: schema },
      ]),
    );
    await expect(checkArchive(file, { copyTo })).resolves.toEqual({
      crds: [],
      remoteSchema: false,
    });
    const { stdout } = await promisify(execFile)('tar', ['-tzf', copyTo]);
    expect(stdout.trim().split('\n')).toEqual([
      'a/Chart.yaml',
      long,
      'a/harmless',
    ]);
    const raw = gunzipSync(await readFile(copyTo)).toString('latin1');
    expect(raw).not.toContain('values.schema.json');
  });

  it('S21: refuses many small files without unpacking them all', async () => {
    const files = Array.from({ length: 20_000 }, (_, index) => ({
      path: `a/templates/${index}.yaml`,
    }));
    await expect(check(packEntries(files))).rejects.toThrow(
      'it holds more than 10000 files',
    );
  });

  const zeros = gzipSync(Buffer.alloc(300 * 1024 * 1024));
  const big = { path: 'a/x.txt', content: Buffer.alloc(200 * 1024 * 1024) };
  it.each([
    ['of nothing', zeros, 'unpacks to more than 104857600 bytes'],
    [
      'in a file',
      packEntries([{ path: 'a/Chart.yaml', content: 'name: a' }, big]),
      'unpacks to more than 104857600 bytes',
    ],
    [
      'after the end of the archive',
      Buffer.concat([packChart('a', '1.0.0', {}), zeros]),
      'unpacks to more than 104857600 bytes',
    ],
    ['compressed twice', gzipSync(zeros), 'is compressed twice'],
    [
      'compressed twice, otherwise',
      gzipSync(zstdCompressSync(zeros)),
      'is compressed twice',
    ],
  ])('S21: refuses a bomb %s, at once', async (_which, archive, sentence) => {
    expect(archive.length).toBeLessThan(1_000_000);
    const start = process.cpuUsage();
    await expect(check(archive)).rejects.toThrow(sentence);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5);
  });

  it('reads nothing after the end of an archive', async () => {
    const archive = Buffer.concat([
      packChart('a', '1.0.0', {}),
      packEntries([{ path: '../x' }]),
    ]);
    await expect(check(archive)).resolves.toEqual({
      crds: [],
      remoteSchema: false,
    });
  });

  it('S21: refuses what unpacks to too much or to too many files', async () => {
    const archive = packChart('a', '1.0.0', { 'x.txt': 'x'.repeat(100_000) });
    await expect(
      check(archive, { maxUnpackedBytes: 50_000, maxFiles: 10 }),
    ).rejects.toThrow('unpacks to more than 50000 bytes');
    await expect(
      check(archive, { maxUnpackedBytes: 500_000, maxFiles: 1 }),
    ).rejects.toThrow('more than 1 files');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('<html>sign in</html>')],
    [
      'half an archive',
      packChart('a', '1.0.0', { 'x.txt': 'x'.repeat(9000) }).subarray(0, 100),
    ],
    ['an archive of nothing', packEntries([])],
  ])('says that %s is no archive', async (_what, content) => {
    await expect(check(content)).rejects.toMatchObject({
      reason: 'ChartFailed',
      message: expect.stringMatching(/archive is (damaged|refused)/),
    });
  });
});
