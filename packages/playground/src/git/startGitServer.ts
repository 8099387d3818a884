import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { resolve } from 'node:path';
import { Repositories } from './repositories';
import { type Answer, json, routes } from './routes';
import { smartHttp } from './smartHttp';

/** Where the repositories are, and where they are served. */
export interface GitServerOptions {
  /** A folder for bare repositories; made when it is not there. */
  readonly directory: string;
  /** A port on 127.0.0.1; any free one by default. */
  readonly port?: number;
}

/** A running Git server, with the part of Gitea's API that Backstage uses. */
export interface GitServer {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** Who may create repositories and push; everybody on this machine may read. */
  readonly username: string;
  readonly password: string;
  stop(): Promise<void>;
}

const username = 'understage';
const gitPath =
  /^\/(?<owner>[^/]+)\/(?<name>[^/]+)\.git\/(?:info\/refs|git-upload-pack|git-receive-pack)$/;

/** Decoded parts of the path; `undefined` when a part is no text. */
function decode(
  groups: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  try {
    const parts = Object.entries(groups).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, decodeURIComponent(text)]],
    );
    return Object.fromEntries(parts);
  } catch {
    return undefined;
  }
}

function isAllowed(request: IncomingMessage, password: string): boolean {
  const sent = /^basic (.*)$/i.exec(request.headers.authorization ?? '');
  const given = Buffer.from(sent?.[1] ?? '', 'base64');
  const wanted = Buffer.from(`${username}:${password}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Only by its own name: a page of the internet whose name was pointed here gets nothing. */
function isForUs({ headers: { host = '' } }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

function send(response: ServerResponse, answer: Answer): void {
  const { status, type = 'text/plain; charset=utf-8', body = '' } = answer;
  const headers: Record<string, string | number> = {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    // What is in a repository is never a page of ours.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
  if (status === 401) {
    headers['www-authenticate'] = 'Basic realm="playground"';
  }
  response.writeHead(status, headers).end(body);
}

const unauthorized = json(401, {
  message: 'Creating and pushing take the credentials of this run.',
});

class GitHandler {
  constructor(
    private readonly repositories: Repositories,
    private readonly password: string,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse) {
    if (!isForUs(request)) {
      return send(
        response,
        json(421, { message: 'Not a host of this server.' }),
      );
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const git = gitPath.exec(url.pathname);
    if (git?.groups) return this.git(url, request, response);
    return send(response, await this.answer(url, request));
  }

  /** The smart protocol alone: files of a repository are not served. */
  private git(url: URL, request: IncomingMessage, response: ServerResponse) {
    const parts = decode(gitPath.exec(url.pathname)?.groups ?? {});
    const { owner = '', name = '' } = parts ?? {};
    const pushes =
      url.pathname.endsWith('/git-receive-pack') ||
      url.searchParams.get('service') === 'git-receive-pack';
    const allowed = isAllowed(request, this.password);
    if (pushes && !allowed) return send(response, unauthorized);
    if (!this.repositories.find({ owner, name })) {
      return send(response, json(404, { message: 'Not found.' }));
    }
    const action = url.pathname.replace(/^\/[^/]+\/[^/]+\//, '');
    return smartHttp(
      {
        directory: this.repositories.directory,
        path: `/${owner}/${name}.git/${action}`,
        query: url.search.slice(1),
        ...(pushes && { user: username }),
      },
      request,
      response,
    );
  }

  private async answer(url: URL, request: IncomingMessage): Promise<Answer> {
    const { repositories, password } = this;
    for (const { method, pattern, answer } of routes) {
      const match = pattern.exec(url.pathname);
      if (!match || request.method !== method) continue;
      if (method === 'POST' && !isAllowed(request, password)) {
        return unauthorized;
      }
      const parts = decode(match.groups ?? {});
      if (!parts) break;
      return answer({ repositories, url, request, parts });
    }
    return json(404, { message: 'Not found.' });
  }
}

/**
 * Serves bare repositories over HTTP on 127.0.0.1, by git itself, with as much of Gitea's API as Backstage's
 * `publish:gitea` and its Gitea reader use. Reading takes no account; writing takes the credentials of this run.
 */
export async function startGitServer(
  options: GitServerOptions,
): Promise<GitServer> {
  const directory = resolve(options.directory);
  await mkdir(directory, { recursive: true });
  const password = randomBytes(24).toString('base64url');
  const handler = new GitHandler(new Repositories(directory), password);
  const server = createServer((request, response) => {
    handler.handle(request, response).catch(error => {
      const message = error instanceof Error ? error.message : `${error}`;
      if (response.headersSent) response.destroy();
      else send(response, json(500, { message }));
    });
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The Git server listens on no port.');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    username,
    password,
    stop() {
      return new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}
