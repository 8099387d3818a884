import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createChartCatalog } from './createChartCatalog';
import { packChart } from './testing/packChart';
import { ChartServer, startChartServer } from './testing/startChartServer';

const values = '# How many\nreplicas: 1\n';
const schema = JSON.stringify({
  type: 'object',
  properties: { replicas: { type: 'integer' } },
});

describe('the catalog of charts', () => {
  let server: ChartServer;
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'chart-catalog-'));
    server = await startChartServer();
  });
  afterEach(async () => {
    await server.stop();
    await rm(directory, { recursive: true });
  });

  const chart = (
    name: string,
    version: string,
    files: Readonly<Record<string, string>> = {},
  ) => ({ name, version, archive: packChart(name, version, files) });
  const catalog = (more: Readonly<Record<string, { url: string }>> = {}) =>
    createChartCatalog({
      repositories: { local: { url: server.url }, ...more },
      cacheDirectory: directory,
    });

  it('offers what every repository has, the newest version first', async () => {
    server.serve([
      chart('web', '1.9.0'),
      chart('web', '1.10.0'),
      chart('redis', '2.0.0'),
    ]);
    expect(await catalog().offers()).toEqual({
      charts: [
        { chart: 'local/redis', versions: ['2.0.0'] },
        { chart: 'local/web', versions: ['1.10.0', '1.9.0'] },
      ],
      missing: [],
    });
  });

  it('says which repository is missing, and goes on with the others', async () => {
    server.serve([chart('redis', '2.0.0')]);
    const { charts, missing } = await catalog({
      gone: { url: 'http://127.0.0.1:1/' },
      registry: { url: 'oci://127.0.0.1:1/charts' },
    }).offers();
    expect(charts.map(each => each.chart)).toEqual(['local/redis']);
    expect(missing).toEqual([
      { repository: 'gone', why: expect.stringContaining('127.0.0.1:1') },
      { repository: 'registry', why: expect.stringContaining('registry') },
    ]);
  });

  it('hands out values and schema of a version', async () => {
    server.serve([
      chart('web', '1.0.0', {
        'values.yaml': values,
        'values.schema.json': schema,
      }),
      chart('web', '2.0.0'),
    ]);
    expect(
      await catalog().values({ chart: 'local/web', version: '1.0.0' }),
    ).toEqual({
      chart: 'local/web',
      version: '1.0.0',
      values,
      schema: JSON.parse(schema),
    });
    expect(await catalog().values({ chart: 'local/web' })).toMatchObject({
      version: '2.0.0',
    });
  });

  it.each([
    ['leads to another address', '{"$ref":"http://127.0.0.1:1/x.json"}'],
    ['is no JSON', '{"type":'],
    ['is no object', '["type"]'],
    ['is larger than any form', `{"title":"${'x'.repeat(600_000)}"}`],
  ])('leaves a schema out that %s', async (_, text) => {
    server.serve([
      chart('web', '1.0.0', {
        'values.yaml': values,
        'values.schema.json': text,
      }),
    ]);
    const found = await catalog().values({ chart: 'local/web' });
    expect(found.values).toBe(values);
    expect(found.schema).toBeUndefined();
  });

  it('says what is not there, and what comes near', async () => {
    server.serve([chart('redis', '2.0.0')]);
    await expect(
      catalog().values({ chart: 'local/rediss' }),
    ).rejects.toMatchObject({
      name: 'RefusedChart',
      reason: 'ChartNotFound',
      message: expect.stringContaining('did you mean local/redis'),
    });
    await expect(
      catalog().values({ chart: 'other/redis' }),
    ).rejects.toMatchObject({
      reason: 'RepositoryUnknown',
    });
  });
});
