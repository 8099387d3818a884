import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gitEnvironment } from './runGit';

const LARGEST_PUSH_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const LARGEST_HEAD_BYTES = 16 * 1024;

/** One exchange of git's own protocol. */
export interface Exchange {
  readonly directory: string;
  /** Below the folder of the repositories, checked: `/shop/api.git/info/refs`. */
  readonly path: string;
  readonly query: string;
  /** Who pushes; git takes no push from nobody. */
  readonly user?: string;
}

function cgiEnvironment(
  { directory, path, query, user }: Exchange,
  { headers, method = 'GET' }: IncomingMessage,
): NodeJS.ProcessEnv {
  const encoding = headers['content-encoding'];
  const protocol = headers['git-protocol'];
  return {
    ...gitEnvironment(directory),
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    ...(encoding === 'gzip' && { HTTP_CONTENT_ENCODING: encoding }),
    ...(typeof protocol === 'string' &&
      /^version=[12]$/.test(protocol) && { GIT_PROTOCOL: protocol }),
    ...(user !== undefined && { REMOTE_USER: user }),
  };
}

/** The head of a CGI answer: `Status: 404 Not Found` and header lines. */
function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const [name, ...rest] = line.split(':');
    const value = rest.join(':').trim();
    if (name === 'Status') status = Number.parseInt(value, 10);
    else if (value) response.setHeader(name, value);
  }
  response.writeHead(status);
}

function sendOutput(output: NodeJS.ReadableStream, response: ServerResponse) {
  let head: Buffer | undefined = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (!head) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0 && head.length < LARGEST_HEAD_BYTES) return;
    writeHead(response, head.subarray(0, Math.max(0, end)).toString('latin1'));
    response.write(head.subarray(end + 4));
    head = undefined;
  });
  output.on('end', () => {
    if (head) response.writeHead(500);
    response.end();
  });
}

/** Lets git itself (`git http-backend`, as a CGI program) answer a client of git. */
export function smartHttp(
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const child = spawn('git', ['http-backend'], {
    env: cgiEnvironment(exchange, request),
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: TIMEOUT_MS,
  });
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > LARGEST_PUSH_BYTES) {
      child.kill();
      request.destroy();
    }
  });
  // It may answer, and be gone, before it has read everything.
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  response.on('close', () => child.kill());
  child.on('error', () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
  sendOutput(child.stdout, response);
}
