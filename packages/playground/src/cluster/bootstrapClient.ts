import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import type { Site } from '../components/component';
import { layout } from '../components/layout';

/** What the API server (or a component) answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A very small client with the playground's bootstrap identity; for readiness and for what must exist first. */
export interface BootstrapClient {
  /** GET of any component's address; rejects only when there is no answer at all. */
  get(url: string): Promise<Answer>;
  /** Server-side apply of one object at its path (`/api/v1/nodes/x`). Rejects with the API server's sentence. */
  apply(path: string, object: object): Promise<void>;
  /** POST of one object; answers the API server's body. */
  create(path: string, object: object): Promise<unknown>;
  /** DELETE of a whole collection by its address. */
  removeAll(url: string): Promise<void>;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;

function describe(body: string): string {
  try {
    const status: unknown = JSON.parse(body);
    if (typeof status === 'object' && status !== null && 'message' in status) {
      return String(status.message);
    }
  } catch {
    // Not JSON: a proxy's page or a line of text, shown as it is.
  }
  return body.slice(0, 500);
}

/** Connects with the bootstrap certificate of a playground whose identities are written. */
export function createBootstrapClient(site: Site): BootstrapClient {
  const files = layout(site.directory);
  const agent = new Agent({
    connect: {
      ca: readFileSync(files.certificate('ca'), 'utf8'),
      cert: readFileSync(files.certificate('bootstrap'), 'utf8'),
      key: readFileSync(files.key('bootstrap'), 'utf8'),
      timeout: CONNECT_TIMEOUT_MS,
    },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const server = `https://127.0.0.1:${site.ports.apiServer}`;

  async function send(
    method: 'GET' | 'PATCH' | 'POST' | 'DELETE',
    url: string,
    body?: { type: string; object: object },
  ): Promise<Answer> {
    const response = await request(url, {
      method,
      dispatcher: agent,
      headers: body ? { 'content-type': body.type } : undefined,
      body: body ? JSON.stringify(body.object) : undefined,
    });
    return {
      status: response.statusCode,
      body: await response.body.text(),
    };
  }

  async function write(
    method: 'PATCH' | 'POST',
    path: string,
    body: { type: string; object: object },
  ): Promise<string> {
    const answer = await send(method, `${server}${path}`, body);
    if (answer.status >= 300) {
      throw new Error(
        `The playground's API server refused ${method} ${path} with ${
          answer.status
        }: ${describe(answer.body)}`,
      );
    }
    return answer.body;
  }

  return {
    get: url => send('GET', url),
    async apply(path, object) {
      await write('PATCH', `${path}?fieldManager=playground&force=true`, {
        type: 'application/apply-patch+yaml',
        object,
      });
    },
    async create(path, object) {
      return JSON.parse(
        await write('POST', path, { type: 'application/json', object }),
      );
    },
    async removeAll(url) {
      await send('DELETE', url);
    },
    close: () => agent.destroy(),
  };
}
