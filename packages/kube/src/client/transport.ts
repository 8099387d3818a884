import { Pool } from 'undici';
import { KubeError } from '../errors';
import { Credentials } from './credentials';
import { RequestStatistics } from './requestStatistics';

/** Header values by name; several values are sent as several headers. */
export type RequestHeaders = Readonly<Record<string, string | string[]>>;

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, from the server's root. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: RequestHeaders;
  readonly signal?: AbortSignal;
  /** Longest time without a byte, in milliseconds. */
  readonly idleMs?: number;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Buffer> & {
    text(): Promise<string>;
    destroy(): void;
  };
}

/** HTTP to one API server: keep-alive pools, one for answers and one for streams. */
export interface Transport {
  /** An answer of any status. Throws `KubeError` without `status` when there is none. */
  send(request: TransportRequest): Promise<TransportResponse>;
  /** Like `send`, on a connection that may stay open for minutes. */
  stream(request: TransportRequest): Promise<TransportResponse>;
  readonly statistics: RequestStatistics;
  readonly server: string;
  close(): Promise<void>;
}

const CONNECT_MS = 5_000;
const HEADERS_MS = 35_000;
const IDLE_MS = 30_000;
const MAX_CONNECTIONS = 64;

/** What a person needs to know of a failed connection. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET')
    return 'the connection broke';
  if (code === 'ENOTFOUND') return 'the name of the server is unknown';
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return `no connection within ${CONNECT_MS / 1000} s`;
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return `no answer within ${HEADERS_MS / 1000} s`;
  if (code === 'UND_ERR_BODY_TIMEOUT') return 'the answer stopped coming';
  return error.message;
}

/** Wraps a failure of the connection; an abort stays an abort. */
export function connectionError(what: string, error: unknown): unknown {
  if (error instanceof KubeError) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  return new KubeError(`${what}: ${sentenceOf(error)}`, { cause: error });
}

/** Opens the pools; no connection is made before the first request. */
export function createTransport(
  credentials: Credentials,
  options: {
    readonly userAgent: string;
    readonly statistics: RequestStatistics;
  },
): Transport {
  const url = new URL(credentials.server);
  const prefix = url.pathname === '/' ? '' : url.pathname;
  const pool = (connections: number | null) =>
    new Pool(url.origin, {
      connections,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      connect: { ...credentials.tls, timeout: CONNECT_MS },
    });
  const answers = pool(MAX_CONNECTIONS);
  const streams = pool(null);

  const run = async (
    through: Pool,
    request: TransportRequest,
  ): Promise<TransportResponse> => {
    const started = performance.now();
    const identity = await credentials.headers();
    try {
      const response = await through.request({
        method: request.method,
        path: `${prefix}${request.path}`,
        headers: {
          accept: 'application/json',
          'user-agent': options.userAgent,
          ...identity,
          ...request.headers,
          ...(request.body === undefined
            ? {}
            : { 'content-type': request.contentType ?? 'application/json' }),
        },
        body: request.body,
        signal: request.signal,
        headersTimeout: HEADERS_MS,
        bodyTimeout: request.idleMs ?? IDLE_MS,
      });
      options.statistics.record(
        request.method,
        response.statusCode,
        performance.now() - started,
      );
      return {
        status: response.statusCode,
        headers: response.headers,
        body: response.body,
      };
    } catch (error) {
      options.statistics.record(request.method, 0, performance.now() - started);
      throw connectionError(
        `${request.method} ${request.path} at ${credentials.server}`,
        error,
      );
    }
  };
  return {
    send: request => run(answers, request),
    stream: request => run(streams, request),
    statistics: options.statistics,
    server: credentials.server,
    async close() {
      await Promise.all([answers.destroy(), streams.destroy()]);
    },
  };
}
