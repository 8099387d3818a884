import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Telemetry } from './telemetry';

export interface HttpServerOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly host: string;
  readonly telemetry: Telemetry;
  /** False while the event loop or the caches are in a state from which only a restart helps. */
  readonly healthy: () => boolean;
  /** True once the caches are filled; a follower is ready too, it is ready to take over. */
  readonly ready: () => boolean;
  /** Brings gauges up to date before they are read. */
  readonly refresh: () => void;
}

export interface RunningHttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `/metrics`, `/healthz` and `/readyz`. Nothing else, and nothing that needs protecting. */
export async function startHttpServer(
  options: HttpServerOptions,
): Promise<RunningHttpServer> {
  const server: Server = createServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain') => {
      response.writeHead(status, { 'content-type': type });
      response.end(text);
    };
    switch (request.method === 'GET' ? request.url : undefined) {
      case '/healthz':
        answer(
          options.healthy() ? 200 : 503,
          options.healthy() ? 'ok\n' : 'not healthy\n',
        );
        break;
      case '/readyz':
        answer(
          options.ready() ? 200 : 503,
          options.ready() ? 'ok\n' : 'caches are not filled yet\n',
        );
        break;
      case '/metrics':
        options.refresh();
        options.telemetry.registry.metrics().then(
          text => answer(200, text, options.telemetry.registry.contentType),
          error => answer(500, `${error}\n`),
        );
        break;
      default:
        answer(404, 'there are /metrics, /healthz and /readyz\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
