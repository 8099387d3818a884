import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConnectOptions,
  connectCluster,
  HttpCluster,
} from '../client/connectCluster';

export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (
  request: SeenRequest,
  response: ServerResponse,
) => void | Promise<void>;

/** A cluster whose API server is a function of the test. */
export interface HttpWorld {
  readonly cluster: HttpCluster;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** JSON, as an API server answers it. */
export function json(
  response: ServerResponse,
  code: number,
  ...[value, headers]: readonly [unknown, Readonly<Record<string, string>>?]
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** A Status object. */
export function status(
  code: number,
  reason: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: `because of ${reason}`,
    reason,
    code,
    ...more,
  };
}

/** Starts the server and connects to it by a kubeconfig with a token. */
export async function startHttpWorld(
  answer: Answer,
  options: Partial<ConnectOptions> = {},
): Promise<HttpWorld> {
  const seen: SeenRequest[] = [];
  const listener = createServer(async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const request = {
      method,
      url: new URL(url, 'http://test'),
      headers,
      body: await read(incoming),
    };
    seen.push(request);
    await answer(request, response);
  });
  await new Promise<void>(resolve => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const directory = mkdtempSync(join(tmpdir(), 'understage-kube-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const server = `http://127.0.0.1:${port}`;
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      clusters: [
        { name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } },
      ],
      users: [{ name: 'u', user: { token: 'secret' } }],
      contexts: [
        { name: 'main', context: { cluster: 'c', user: 'u' } },
        {
          name: 'shop',
          context: { cluster: 'c', user: 'u', namespace: 'shop' },
        },
      ],
      'current-context': 'main',
    }),
  );
  const cluster = await connectCluster({
    name: 'test',
    kubeconfig,
    ...options,
  });
  return {
    cluster,
    seen,
    close: async () => {
      await cluster.close();
      listener.closeAllConnections();
      await new Promise(resolve => {
        listener.close(resolve);
      });
      rmSync(directory, { recursive: true });
    },
  };
}
