/** A request to an API server that did not get its answer. */
export class KubeError extends Error {
  readonly name = 'KubeError';
  /** HTTP status; `undefined` when no answer came (refused, reset, timed out). */
  readonly status: number | undefined;
  /** The `reason` of the Status object: `Expired`, `TooManyRequests`, ... */
  readonly reason: string | undefined;
  /** What the server asked for in `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What went wrong, without the request and its address: for people who sent no request. */
  readonly why: string;

  constructor(
    message: string,
    details: {
      status?: number;
      reason?: string;
      retryAfterMs?: number;
      why?: string;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.reason = details.reason;
    this.retryAfterMs = details.retryAfterMs;
    this.why = details.why ?? message;
  }
}
