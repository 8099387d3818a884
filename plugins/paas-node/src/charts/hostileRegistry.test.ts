import { createHash } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ArchiveCache } from './archiveCache';
import { ChartRepository } from './ChartRenderer';
import { ChartSource } from './chartSource';
import { packChart } from './testing/packChart';
import { ChartServer, startChartServer } from './testing/startChartServer';

const archive = packChart('redis', '1.0.0', {});
const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
const mediaType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const tagsPath = '/v2/charts/redis/tags/list';
const manifestPath = '/v2/charts/redis/manifests/1.0.0';
const blobPath = `/v2/charts/redis/blobs/${digest}`;
const manifest = { layers: [{ mediaType, digest, size: archive.length }] };

type Write = (response: ServerResponse) => void;
const json =
  (body: unknown, headers: Record<string, string> = {}): Write =>
  response =>
    response.writeHead(200, headers).end(JSON.stringify(body));
const redirect =
  (location: string): Write =>
  response =>
    response.writeHead(307, { location }).end();

describe('a registry that means harm', () => {
  let registry: ChartServer;
  let victim: ChartServer;
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'hostile-registry-'));
    registry = await startChartServer();
    victim = await startChartServer();
    answer(tagsPath, json({ tags: ['1.0.0'] }));
    answer(manifestPath, json(manifest));
    answer(blobPath, response => response.end(archive));
    victim.handle('/', (_request, response) => response.end(archive));
  });
  afterEach(async () => {
    await registry.stop();
    await victim.stop();
    await rm(directory, { recursive: true });
  });

  const answer = (at: string, write: Write) =>
    registry.handle(at, (_request, response) => write(response));
  const hostOf = (server: ChartServer) => new URL(server.url).host;

  function fetchChart(
    options: {
      readonly repository?: Partial<ChartRepository>;
      readonly chart?: string;
      readonly timeoutMs?: number;
    } = {},
  ) {
    const { repository = {}, chart = 'reg/redis', timeoutMs = 5000 } = options;
    const source = new ChartSource({
      repositories: {
        reg: {
          url: `oci://${hostOf(registry)}/charts`,
          plainHttp: true,
          ...repository,
        },
      },
      cache: new ArchiveCache(directory),
      limits: { timeoutMs, maxArchiveBytes: 100_000, indexAgeMs: 0 },
      now: () => 0,
    });
    return source.archive(chart, {});
  }

  const refusal = (reason: string, message: string) => ({
    name: 'ChartProblem',
    reason,
    message: expect.stringContaining(message),
  });

  it('is one that behaves, to begin with', async () => {
    await expect(fetchChart()).resolves.toMatchObject({
      version: '1.0.0',
      sha256: digest.slice('sha256:'.length),
    });
  });

  describe('S14: sends its reader elsewhere', () => {
    it.each([
      ['for its tags', tagsPath],
      ['for a manifest', manifestPath],
      ['for an archive', blobPath],
    ])('%s, in vain', async (_what, at) => {
      answer(at, redirect(`${victim.url}/`));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'which is not configured for it'),
      );
      expect(victim.asked).toEqual([]);
    });

    it.each([
      'http://169.254.169.254/latest/meta-data/',
      'http://localhost:10255/pods',
      'http://[::1]:2379/',
      'http://2130706433/',
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
    ])('to %s, in vain', async location => {
      answer(blobPath, redirect(location));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'it redirects to'),
      );
    });

    it('follows to a host that is configured, where archives of large registries are', async () => {
      answer(blobPath, redirect(`${victim.url}/`));
      const repository = { hosts: [hostOf(victim)] };
      await expect(fetchChart({ repository })).resolves.toMatchObject({
        version: '1.0.0',
      });
      expect(victim.asked).toEqual(['/']);
    });

    it('names another host as where its list of versions goes on, in vain', async () => {
      const link = `<${victim.url}/v2/charts/redis/tags/list>; rel="next"`;
      answer(tagsPath, json({ tags: ['1.0.0'] }, { link }));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'goes on with its list of versions'),
      );
      expect(victim.asked).toEqual([]);
    });

    it('or another list on its own', async () => {
      const link = '</v2/private/tags/list>; rel="next"';
      answer(tagsPath, json({ tags: ['1.0.0'] }, { link }));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'goes on with its list of versions'),
      );
      expect(registry.asked).toEqual([tagsPath]);
    });

    it.each([
      'oci://169.254.169.254/charts/redis',
      'oci://127.0.0.1:1/charts/redis',
    ])('nor is a registry asked that is not configured: %s', async chart => {
      await expect(fetchChart({ chart })).rejects.toMatchObject(
        refusal('RepositoryUnknown', 'is not configured'),
      );
      expect(registry.asked).toEqual([]);
    });

    it.each([
      (host: string) => `oci://${host}/charts/../private/redis`,
      (host: string) => `oci://${host}/private/redis`,
      (host: string) => `oci://${host}/charts/redis?x=/../`,
      (host: string) => `oci://${host}/charts/redis%2f..`,
      (host: string) => `oci://user@${host}/charts/redis`,
      (host: string) => `oci://${host}.evil.test/charts/redis`,
    ])('nor another part of one that is', async write => {
      await expect(
        fetchChart({ chart: write(hostOf(registry)) }),
      ).rejects.toMatchObject({ name: 'ChartProblem' });
      expect(registry.asked).toEqual([]);
    });
  });

  describe('gives something else than it says', () => {
    it('is refused, and nothing of it is kept', async () => {
      const other = packChart('redis', '1.0.0', { 'x.yaml': 'other' });
      answer(blobPath, response => response.end(other));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('ChartFailed', 'is not the one that its repository names'),
      );
      await expect(readdir(directory)).resolves.toEqual([]);
    });

    it.each([
      ['no digest', 'redis'],
      ['a weak one', `md5:${'a'.repeat(32)}`],
      ['a path', 'sha256:../../../../etc/passwd'],
      ['capital letters', digest.toUpperCase()],
    ])('for a digest: %s', async (_what, wrong) => {
      answer(manifestPath, json({ layers: [{ mediaType, digest: wrong }] }));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'does not answer as an OCI registry'),
      );
    });

    it.each([
      ['a list', '[]'],
      ['half an answer', '{"layers":'],
      ['depth', `{"layers":${'['.repeat(100_000)}`],
      ['a prototype', '{"__proto__":{"layers":[]}}'],
    ])('for a manifest: %s', async (_what, text) => {
      answer(manifestPath, response => response.end(text));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'does not answer as an OCI registry'),
      );
    });
  });

  describe('gives too much', () => {
    const endless: Write = response => {
      const chunk = 'x'.repeat(64 * 1024);
      const more = () => {
        while (response.write(chunk));
        response.once('drain', more);
      };
      more();
    };

    it.each([
      ['tags', tagsPath],
      ['manifest', manifestPath],
      ['archive', blobPath],
    ])('%s without end', async (_what, at) => {
      answer(at, endless);
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'the answer is larger than'),
      );
    });

    it('an archive that says itself that it is too large is not asked for', async () => {
      const layers = [{ mediaType, digest, size: 5_000_000_000 }];
      answer(manifestPath, json({ layers }));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal(
          'ChartFailed',
          'is 5000000000 bytes large; a chart may be 100000',
        ),
      );
      expect(registry.asked).not.toContain(blobPath);
    });

    it('versions', async () => {
      const tags = Array.from({ length: 20_000 }, (_, n) => `1.0.${n}`);
      answer(tagsPath, json({ tags }));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'names more than 10000 versions'),
      );
    });

    it('pages, each the same', async () => {
      const link = `<${tagsPath}>; rel="next"`;
      answer(tagsPath, json({ tags: ['1.0.0'] }, { link }));
      await expect(fetchChart()).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'in more than 100 pages'),
      );
    });
  });

  describe('takes its time', () => {
    const drip: Write = response => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };

    it.each([
      ['tags', tagsPath],
      ['manifest', manifestPath],
      ['archive', blobPath],
    ])('%s, byte by byte', async (_what, at) => {
      answer(at, drip);
      await expect(fetchChart({ timeoutMs: 100 })).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'no whole answer within 100 ms'),
      );
    });

    it('page by page, each in time', async () => {
      registry.handle(tagsPath, (_request, response) => {
        const link = `<${tagsPath}>; rel="next"`;
        setTimeout(() => json({ tags: ['1.0.0'] }, { link })(response), 40);
      });
      await expect(fetchChart({ timeoutMs: 200 })).rejects.toMatchObject(
        refusal('RepositoryUnreachable', 'no whole answer within 200 ms'),
      );
    });
  });
});
