import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser } from 'tar';
import { parse } from 'yaml';
import { packChart } from './packChart';
import { serveCharts } from './serveCharts';

let directory: string;

function writeChart(
  name: string,
  metadata = `name: ${name}\nversion: 1.2.3\n`,
) {
  const chart = join(directory, name);
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), `apiVersion: v2\n${metadata}`);
  writeFileSync(join(chart, 'templates', 'a.yaml'), 'kind: ConfigMap\n');
  return chart;
}

async function entriesOf(archive: Buffer): Promise<string[]> {
  const paths: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      onReadEntry: entry => {
        paths.push(entry.path);
        entry.resume();
      },
    });
    parser.on('end', () => resolve());
    parser.on('error', reject);
    parser.end(archive);
  });
  return paths;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'charts-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('packChart', () => {
  it('puts the files under the name of the chart, in a fixed order', async () => {
    const { archive, fileName } = await packChart(writeChart('web'));
    expect(fileName).toBe('web-1.2.3.tgz');
    expect(await entriesOf(archive)).toEqual([
      'web/Chart.yaml',
      'web/templates/a.yaml',
    ]);
  });

  it('gives the same bytes for the same files, whenever they were written', async () => {
    const chart = writeChart('web');
    const first = await packChart(chart);
    utimesSync(join(chart, 'Chart.yaml'), new Date(1e12), new Date(1e12));
    const copy = join(directory, 'elsewhere', 'web');
    cpSync(chart, copy, { recursive: true });
    expect((await packChart(chart)).digest).toBe(first.digest);
    expect((await packChart(copy)).digest).toBe(first.digest);
  });

  it('gives another digest for another content', async () => {
    const chart = writeChart('web');
    const first = await packChart(chart);
    writeFileSync(join(chart, 'templates', 'a.yaml'), 'kind: Secret\n');
    expect((await packChart(chart)).digest).not.toBe(first.digest);
  });

  it.each([
    ['no version', 'name: web\n', /needs name and version as text/],
    ['a number for a version', 'name: web\nversion: 1.2\n', /version 1\.2/],
    [
      'another name than its folder',
      'name: other\nversion: 1.0.0\n',
      /names the chart "other", but its folder is called "web"/,
    ],
  ])(
    'refuses a chart with %s and names the file',
    async (_, metadata, sentence) => {
      await expect(packChart(writeChart('web', metadata))).rejects.toThrow(
        sentence,
      );
    },
  );
});

describe('serveCharts', () => {
  it('serves an index whose entries lead to archives of the stated digest', async () => {
    writeChart('web');
    writeChart('worker');
    writeFileSync(join(directory, 'README.md'), 'not a chart');
    const repository = await serveCharts({ directory });
    try {
      const index = parse(
        await (await fetch(`${repository.url}/index.yaml`)).text(),
      );
      expect(Object.keys(index.entries)).toEqual(['web', 'worker']);
      const [entry] = index.entries.web;
      expect(entry).toMatchObject({ name: 'web', version: '1.2.3' });
      const answer = await fetch(`${repository.url}/${entry.urls[0]}`);
      const archive = Buffer.from(await answer.arrayBuffer());
      const packed = await packChart(join(directory, 'web'));
      expect(archive.equals(packed.archive)).toBe(true);
      expect(entry.digest).toBe(packed.digest);
    } finally {
      await repository.stop();
    }
  });

  it('says what it has when asked for something else, and only reads', async () => {
    writeChart('web');
    const repository = await serveCharts({ directory });
    try {
      const missing = await fetch(`${repository.url}/redis-9.tgz`);
      expect(missing.status).toBe(404);
      expect(await missing.text()).toContain('/web-1.2.3.tgz');
      const write = await fetch(`${repository.url}/index.yaml`, {
        method: 'PUT',
      });
      expect(write.status).toBe(405);
    } finally {
      await repository.stop();
    }
  });

  it('is gone after stop', async () => {
    const repository = await serveCharts({ directory });
    await repository.stop();
    await expect(fetch(`${repository.url}/index.yaml`)).rejects.toThrow();
  });
});
