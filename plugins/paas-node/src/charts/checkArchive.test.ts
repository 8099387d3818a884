import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkArchive, defaultArchiveLimits } from './checkArchive';
import { packChart, PackedEntry, packEntries } from './testing/packChart';

describe('checkArchive', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'check-archive-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  async function check(content: Buffer, limits = defaultArchiveLimits) {
    const file = path.join(directory, 'chart.tgz');
    await writeFile(file, content);
    return checkArchive(file, limits);
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
    ['a way up with backslashes', { path: 'a\\..\\..\\x' }, 'leads out of it'],
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
