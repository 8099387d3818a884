import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { packChart } from './packChart';
import type { PackedChart } from './packChart';

/** Which charts to serve, and where. */
export interface ServeChartsOptions {
  /** A folder whose sub-folders are charts; other files in it are passed over. */
  readonly directory: string;
  /** A port on 127.0.0.1; any free one by default. */
  readonly port?: number;
}

/** A running chart repository. */
export interface ChartRepository {
  /** Its address, without a slash at the end; the index stands at `<url>/index.yaml`. */
  readonly url: string;
  readonly charts: readonly PackedChart[];
  stop(): Promise<void>;
}

interface Served {
  readonly type: string;
  readonly body: string | Buffer;
}

function indexOf(charts: readonly PackedChart[]): string {
  const names = [...new Set(charts.map(chart => chart.name))].sort();
  const entries = names.map(name => [
    name,
    charts
      .filter(chart => chart.name === name)
      .map(chart => ({
        ...chart.metadata,
        // Fixed: the index, too, is the same for the same charts.
        created: '1970-01-01T00:00:00Z',
        digest: chart.digest,
        urls: [chart.fileName],
      })),
  ]);
  return stringify({ apiVersion: 'v1', entries: Object.fromEntries(entries) });
}

/**
 * Serves the charts of a folder as a Helm repository over HTTP on 127.0.0.1, as they are at the moment of the call.
 * Rejects when a chart's Chart.yaml can not be read.
 */
export async function serveCharts(
  options: ServeChartsOptions,
): Promise<ChartRepository> {
  const directory = resolve(options.directory);
  const charts = await Promise.all(
    readdirSync(directory, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => packChart(join(directory, entry.name))),
  );
  const files = new Map<string, Served>([
    ['/index.yaml', { type: 'application/yaml', body: indexOf(charts) }],
    ...charts.map(
      chart =>
        [
          `/${chart.fileName}`,
          { type: 'application/gzip', body: chart.archive },
        ] as const,
    ),
  ]);

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file = files.get(pathname);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!file || !reads) {
      response
        .writeHead(reads ? 404 : 405, { 'content-type': 'text/plain' })
        .end(`This chart repository has ${[...files.keys()].join(', ')}.\n`);
      return;
    }
    response
      .writeHead(200, {
        'content-type': file.type,
        'content-length': Buffer.byteLength(file.body),
      })
      .end(request.method === 'HEAD' ? undefined : file.body);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The chart repository listens on no port.');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    charts,
    stop() {
      return new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}
