import { Pool } from 'undici';
import { KubeError } from '../errors';
import { Credentials } from './credentials';
import { withoutImpersonation } from './impersonation';
import { BodyLimits, BodyStream, readBody } from './readBody';
import { RequestStatistics, RequestVerb } from './requestStatistics';

/** Header values by name; several values are sent as several headers. */
export type RequestHeaders = Readonly<Record<string, string | string[]>>;

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For the statistics. */
  readonly verb: RequestVerb;
  /** Path and query, from the server's root. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly headers?: RequestHeaders;
  readonly signal?: AbortSignal;
  /** Longest time without a byte, in milliseconds; 0 is forever, and counts for the first byte too. */
  readonly idleMs?: number;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Buffer> & {
    /** All of it, within the limits. Throws `KubeError`. */
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

/** How long we wait for what, and how much we take. */
export interface TransportLimits extends BodyLimits {
  readonly connectMs: number;
  /** From the request to the first line of the answer. */
  readonly headersMs: number;
  /** Without a byte of the body. */
  readonly idleMs: number;
  /** Requests under way at once, streams not counted; more wait. */
  readonly connections: number;
}

/** The API server itself gives up after 60 s, and a page of 500 objects is at most tens of megabytes. */
const defaultLimits: TransportLimits = {
  connectMs: 5_000,
  headersMs: 35_000,
  idleMs: 30_000,
  totalMs: 120_000,
  maxBytes: 128 * 1024 * 1024,
  connections: 64,
};

/** What a person needs to know of a failed connection. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ENOTFOUND: 'the name of the server is unknown',
  EAI_AGAIN: 'the name of the server is unknown',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'there is no way to that address',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  EPROTO: 'what answers there speaks no TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what answers there speaks no TLS',
  UND_ERR_CONNECT_TIMEOUT: 'no connection was made in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped coming',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'the certificate of the server is not signed by the authority of the kubeconfig',
  SELF_SIGNED_CERT_IN_CHAIN:
    'the certificate of the server is not signed by the authority of the kubeconfig',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate of the server is not signed by the authority of the kubeconfig',
};

/** A text field of something thrown. Not every error is an `Error` of this realm: DOMException, jest's sandbox. */
function textOf(error: unknown, field: 'name' | 'code' | 'message'): string {
  const value =
    typeof error === 'object' && error !== null
      ? Reflect.get(error, field)
      : undefined;
  return typeof value === 'string' ? value : '';
}

function sentenceOf(error: unknown): string {
  return (
    sentences[textOf(error, 'code')] ||
    textOf(error, 'message') ||
    String(error)
  );
}

/** Wraps a failure of the connection; an abort stays an abort. */
export function connectionError(what: string, error: unknown): unknown {
  if (textOf(error, 'name') === 'AbortError') return error;
  if (error instanceof KubeError) {
    return error.message.startsWith(what)
      ? error
      : new KubeError(`${what}: ${error.message}`, {
          status: error.status,
          reason: error.reason,
          retryAfterMs: error.retryAfterMs,
          why: error.why,
          cause: error,
        });
  }
  const why = sentenceOf(error);
  return new KubeError(`${what}: ${why}`, { why, cause: error });
}

function bodyOf(
  stream: BodyStream,
  what: string,
  limits: BodyLimits & { readonly started: number },
): TransportResponse['body'] {
  return {
    [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
    destroy: () => {
      stream.destroy();
    },
    text: async () => {
      try {
        return await readBody(stream, limits);
      } catch (error) {
        throw connectionError(what, error);
      }
    },
  };
}

/** Opens the pools; no connection is made before the first request. */
export function createTransport(
  credentials: Credentials,
  options: {
    readonly userAgent: string;
    readonly statistics: RequestStatistics;
    readonly limits?: Partial<TransportLimits>;
  },
): Transport {
  const limits = { ...defaultLimits, ...options.limits };
  const url = new URL(credentials.server);
  const prefix = url.pathname === '/' ? '' : url.pathname;
  const pool = (connections: number | null) =>
    new Pool(url.origin, {
      connections,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      connect: { ...credentials.tls, timeout: limits.connectMs },
    });
  const answers = pool(limits.connections);
  const streams = pool(null);

  const run = async (
    through: Pool,
    request: TransportRequest,
  ): Promise<TransportResponse> => {
    const started = performance.now();
    const [path] = request.path.split('?');
    const what = `${request.method} ${path} at ${credentials.server}`;
    const identity = await credentials.headers();
    try {
      const response = await through.request({
        method: request.method,
        path: `${prefix}${request.path}`,
        headers: {
          accept: 'application/json',
          'user-agent': options.userAgent,
          ...withoutImpersonation(identity, request.headers),
          ...request.headers,
          ...(request.body === undefined
            ? {}
            : { 'content-type': request.contentType ?? 'application/json' }),
        },
        body: request.body,
        signal: request.signal,
        // A kubelet begins the answer with the first line of a log, whenever that comes.
        headersTimeout: request.idleMs === 0 ? 0 : limits.headersMs,
        bodyTimeout: request.idleMs ?? limits.idleMs,
      });
      options.statistics.record(
        request,
        response.statusCode,
        performance.now() - started,
      );
      if (response.statusCode === 401) credentials.renew();
      return {
        status: response.statusCode,
        headers: response.headers,
        body: bodyOf(response.body, what, { ...limits, started }),
      };
    } catch (error) {
      options.statistics.record(request, 0, performance.now() - started);
      throw connectionError(what, error);
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
