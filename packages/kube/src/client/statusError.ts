import { KubeError } from '../errors';
import { TransportResponse } from './transport';

/** Kubernetes' `Status`, as far as we read it. */
export interface StatusBody {
  readonly message: string;
  readonly reason?: string;
  readonly code?: number;
  readonly causes: readonly {
    readonly field: string;
    readonly message: string;
  }[];
  readonly retryAfterSeconds?: number;
  /** Which resource it is about, in its plural form. */
  readonly kind?: string;
}

const MAX_RETRY_AFTER_MS = 120_000;

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Reads a Status out of parsed JSON; anything else becomes a sentence. */
export function statusBodyOf(value: unknown, fallback: string): StatusBody {
  const status = record(value);
  const details = record(status.details);
  const causes = Array.isArray(details.causes) ? details.causes : [];
  return {
    message: text(status.message) ?? fallback,
    reason: text(status.reason),
    code: typeof status.code === 'number' ? status.code : undefined,
    causes: causes.map(cause => ({
      field: text(record(cause).field) ?? '',
      message: text(record(cause).message) ?? '',
    })),
    retryAfterSeconds:
      typeof details.retryAfterSeconds === 'number'
        ? details.retryAfterSeconds
        : undefined,
    kind: text(details.kind),
  };
}

/** `Sun, 06 Nov 1994 08:49:37 GMT`. `Date.parse` alone takes nearly anything with a number in it for a date. */
function httpDate(value: string): number {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(
    value,
  )
    ? Date.parse(value)
    : NaN;
}

/**
 * `Retry-After` in milliseconds: seconds or an HTTP date; `undefined` when absent or unreadable. Capped at two minutes: a
 * server that asks for more is asked again sooner.
 */
export function retryAfterMs(
  header: string | string[] | undefined,
  now: Date,
): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return undefined;
  const trimmed = value.trim();
  const milliseconds = /^\d+$/.test(trimmed)
    ? Number(trimmed) * 1000
    : httpDate(trimmed) - now.getTime();
  return capped(milliseconds);
}

function capped(milliseconds: number): number | undefined {
  if (!Number.isFinite(milliseconds)) return undefined;
  return Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MS);
}

/** When a Status asks to be asked again, in milliseconds; capped as `Retry-After` is. */
export function retryAfterOf(status: StatusBody): number | undefined {
  return capped((status.retryAfterSeconds ?? NaN) * 1000);
}

/** Reads the body of a refusal. */
export async function readStatus(
  response: TransportResponse,
  what: string,
): Promise<StatusBody> {
  const body = await response.body.text();
  const fallback = `${what}: HTTP ${response.status} ${body
    .slice(0, 200)
    .trim()}`;
  try {
    return statusBodyOf(JSON.parse(body), fallback);
  } catch {
    return { message: fallback, causes: [] };
  }
}

/** The error of a refusal whose body has been read. */
export function refusedWith(
  response: TransportResponse,
  what: string,
  status: StatusBody,
): KubeError {
  const message = status.message.startsWith(what)
    ? status.message
    : `${what}: ${status.message}`;
  return new KubeError(message, {
    status: response.status,
    reason: status.reason,
    retryAfterMs:
      retryAfterMs(response.headers['retry-after'], new Date()) ??
      retryAfterOf(status),
  });
}

/** The error of an answer that is none. */
export async function errorOf(
  response: TransportResponse,
  what: string,
): Promise<KubeError> {
  return refusedWith(response, what, await readStatus(response, what));
}
