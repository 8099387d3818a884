import { request } from 'undici';
import { ChartProblem } from './ChartProblem';
import { plainLine } from './plainText';

/** What one request may cost, and where it may go. */
export interface FetchLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Ends as `timeoutMs` after the start of the first of several requests; absent for one that stands alone. */
  readonly deadline?: AbortSignal;
  /** `host` or `host:port` that a redirect may lead to; the first address's own host always is. */
  readonly hosts?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** An answer that arrived whole. */
export interface Fetched {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const maxRedirects = 3;

function unreachable(url: URL, why: string, cause?: unknown): ChartProblem {
  return new ChartProblem(
    'RepositoryUnreachable',
    `${url.origin} did not answer as a chart repository: ${plainLine(
      why,
      200,
    )}. It is tried again; if it goes on, tell the platform team.`,
    { cause },
  );
}

/** The address a redirect leads to, if it is one that may be followed. */
function redirectTarget(
  from: URL,
  location: string,
  allowed: ReadonlySet<string>,
): URL {
  let target: URL;
  try {
    target = new URL(location, from);
  } catch (cause) {
    throw unreachable(from, 'it redirects to no address', cause);
  }
  const downgrade = from.protocol === 'https:' && target.protocol !== 'https:';
  if (
    !['http:', 'https:'].includes(target.protocol) ||
    downgrade ||
    !allowed.has(target.host)
  ) {
    throw unreachable(
      from,
      `it redirects to ${target.protocol}//${target.host}, which is not configured for it`,
    );
  }
  return target;
}

async function readCapped(
  body: AsyncIterable<Buffer>,
  url: URL,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw unreachable(url, `the answer is larger than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function requestOnce(
  url: URL,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<Fetched> {
  const { statusCode, headers, body } = await request(url, {
    headers: { 'user-agent': 'understage', ...limits.headers },
    signal,
  });
  const declared = Number(headers['content-length'] ?? 0);
  if (declared > limits.maxBytes) {
    body.destroy();
    throw unreachable(
      url,
      `the answer is larger than ${limits.maxBytes} bytes`,
    );
  }
  return {
    status: statusCode,
    headers,
    body: await readCapped(body, url, limits.maxBytes),
  };
}

/** Why no answer came, as a sentence with the server in it. */
function explained(
  error: unknown,
  context: { readonly url: URL; readonly timedOutAfter?: number },
): ChartProblem {
  if (error instanceof ChartProblem) return error;
  const { url, timedOutAfter } = context;
  if (timedOutAfter !== undefined) {
    return unreachable(
      url,
      `no whole answer within ${timedOutAfter} ms`,
      error,
    );
  }
  const why =
    error instanceof Error ? error.message || error.name : String(error);
  return unreachable(url, why, error);
}

/** Where an answer sends its reader; undefined when it is the answer itself. */
function redirected(
  answer: Fetched,
  url: URL,
  allowed: ReadonlySet<string>,
): URL | undefined {
  if (answer.status < 300 || answer.status > 399) return undefined;
  const { location } = answer.headers;
  if (typeof location !== 'string') {
    throw unreachable(url, `status ${answer.status} without a location`);
  }
  return redirectTarget(url, location, allowed);
}

/**
 * GET with a cap on size and time. Redirects are followed by hand, three at most, to allowed hosts only. No answer
 * throws `RepositoryUnreachable`; any status that arrives is the caller's to judge.
 */
export async function fetchCapped(
  start: URL,
  limits: FetchLimits,
): Promise<Fetched> {
  const allowed = new Set([start.host, ...(limits.hosts ?? [])]);
  const timeout = limits.deadline ?? AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal
    ? AbortSignal.any([limits.signal, timeout])
    : timeout;
  let url = start;
  try {
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const answer = await requestOnce(url, limits, signal);
      const next = redirected(answer, url, allowed);
      if (!next) return answer;
      url = next;
    }
  } catch (error) {
    limits.signal?.throwIfAborted();
    throw explained(error, {
      url,
      ...(timeout.aborted ? { timedOutAfter: limits.timeoutMs } : {}),
    });
  }
  throw unreachable(start, `more than ${maxRedirects} redirects`);
}
