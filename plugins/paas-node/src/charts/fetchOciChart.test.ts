import { createHash } from 'node:crypto';
import { findOciChart } from './fetchOciChart';
import { packChart } from './testing/packChart';
import { ChartServer, startChartServer } from './testing/startChartServer';

const archive = packChart('redis', '1.2.0+build', {});
const digest = `sha256:${createHash('sha256').update(archive).digest('hex')}`;
const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

describe('findOciChart', () => {
  let server: ChartServer;
  beforeEach(async () => {
    server = await startChartServer();
  });
  afterEach(() => server.stop());

  function serve(options: { status?: number; mediaType?: string } = {}) {
    const json = (path: string, body: unknown) =>
      server.handle(`/v2/charts/redis/${path}`, (_request, response) =>
        response.writeHead(options.status ?? 200).end(JSON.stringify(body)),
      );
    json('tags/list', { name: 'redis', tags: ['1.0.0', '1.2.0_build'] });
    json('manifests/1.2.0_build', {
      layers: [{ mediaType: options.mediaType ?? chartLayer, digest }],
    });
    server.handle(`/v2/charts/redis/blobs/${digest}`, (_request, response) =>
      response.end(archive),
    );
  }

  const find = (wanted?: string) =>
    findOciChart(
      {
        kind: 'oci',
        registry: new URL(server.url).host,
        path: 'charts/redis',
        plainHttp: true,
        name: 'redis',
      },
      {
        wanted,
        maxArchiveBytes: 100_000,
        limits: { maxBytes: 10_000, timeoutMs: 5000 },
      },
    );

  it('finds the newest version and its archive', async () => {
    serve();
    const chart = await find();
    expect(chart.version).toBe('1.2.0+build');
    expect(`sha256:${chart.sha256}`).toBe(digest);
    await expect(chart.fetchArchive()).resolves.toEqual(archive);
  });

  it('reads the versions of every page: they are sorted by letters, not by age', async () => {
    serve();
    const page = (path: string, tags: readonly string[], next?: string) =>
      server.handle(`/v2/charts/redis/${path}`, (_request, response) => {
        const headers = next === undefined ? {} : { link: next };
        response.writeHead(200, headers).end(JSON.stringify({ tags }));
      });
    page(
      'tags/list',
      ['0.10.0', '0.9.0'],
      '</v2/charts/redis/tags/list?last=0.9.0&n=2>; rel="next"',
    );
    page('tags/list?last=0.9.0&n=2', ['1.2.0_build']);
    expect((await find()).version).toBe('1.2.0+build');
  });

  it.each([
    [404, 'ChartNotFound', 'has no chart charts/redis'],
    [401, 'RepositoryUnreachable', 'asks for credentials'],
    [500, 'RepositoryUnreachable', 'answers with status 500'],
  ])('answers status %s with %s', async (status, reason, sentence) => {
    serve({ status });
    await expect(find()).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(sentence),
    });
  });

  it('tells an image from a chart', async () => {
    serve({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' });
    await expect(find()).rejects.toThrow('not a Helm chart');
  });

  it('names the versions when the one wanted is not there', async () => {
    serve();
    await expect(find('3.0.0')).rejects.toThrow(
      'the newest are 1.2.0+build, 1.0.0',
    );
  });

  it('knows what is no registry', async () => {
    server.handle('/v2/charts/redis/tags/list', (_request, response) =>
      response.end('<html>'),
    );
    await expect(find()).rejects.toThrow('does not answer as an OCI registry');
  });
});
