import { createHash } from 'node:crypto';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';

/** A chart version that the server offers. */
export interface ServedChart {
  readonly name: string;
  readonly version: string;
  readonly archive: Buffer;
  /** What the index says instead of the truth. */
  readonly digest?: string;
  /** Where the index says that the archive is; default below the server's own address. */
  readonly url?: string;
}

/** A chart repository over HTTP that can be made to misbehave. */
export interface ChartServer {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly asked: readonly string[];
  /** Offers these charts from now on. */
  serve(charts: readonly ServedChart[]): void;
  /** The text of an index with these charts. */
  indexOf(charts: readonly ServedChart[]): string;
  /** Answers one path by hand. */
  handle(
    path: string,
    handler: (request: IncomingMessage, response: ServerResponse) => void,
  ): void;
  stop(): Promise<void>;
}

function indexOf(charts: readonly ServedChart[]): string {
  const entries: Record<string, unknown[]> = {};
  for (const { name, version, archive, digest, url } of charts) {
    (entries[name] ??= []).push({
      name,
      version,
      digest: digest ?? createHash('sha256').update(archive).digest('hex'),
      urls: [url ?? `${name}-${version}.tgz`],
    });
  }
  return JSON.stringify({ apiVersion: 'v1', entries });
}

/** Starts on a free port of 127.0.0.1. */
export async function startChartServer(): Promise<ChartServer> {
  let offered: readonly ServedChart[] = [];
  const handlers = new Map<
    string,
    (request: IncomingMessage, response: ServerResponse) => void
  >();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    const handler = handlers.get(path);
    if (handler) {
      handler(request, response);
      return;
    }
    const chart = offered.find(
      ({ name, version }) => path === `/${name}-${version}.tgz`,
    );
    if (path === '/index.yaml') response.end(indexOf(offered));
    else if (chart) response.end(chart.archive);
    else response.writeHead(404).end();
  });
  await new Promise<void>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server has no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    indexOf,
    serve(charts) {
      offered = charts;
    },
    handle(path, handler) {
      handlers.set(path, handler);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
