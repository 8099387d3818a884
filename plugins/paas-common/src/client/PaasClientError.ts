import { Problem } from '../domain/problem';

/** What kind of answer was no good answer, for views that show each differently. */
export type ClientErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'invalid'
  | 'busy'
  | 'unreachable'
  | 'server';

const kinds: Readonly<Record<number, ClientErrorKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'missing',
  409: 'conflict',
  413: 'invalid',
  422: 'invalid',
  429: 'busy',
};

/** A request that did not get its answer; `message` is the server's sentence where it sent one. */
export class PaasClientError extends Error {
  readonly name = 'PaasClientError';
  readonly kind: ClientErrorKind;
  /** HTTP status; `undefined` when no answer came. */
  readonly status: number | undefined;
  /** What is wrong with the input, when the server said so in detail. */
  readonly problems: readonly Problem[];

  constructor(
    message: string,
    details: {
      readonly status?: number;
      readonly problems?: readonly Problem[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.kind =
      details.status === undefined
        ? 'unreachable'
        : kinds[details.status] ?? 'server';
    this.problems = details.problems ?? [];
  }
}
