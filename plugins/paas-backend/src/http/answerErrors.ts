import { LoggerService } from '@backstage/backend-plugin-api';
import { plainText } from '@understage/plugin-paas-node';
import { randomUUID } from 'node:crypto';
import { ErrorRequestHandler } from 'express';
import { RefusedCall } from './RefusedCall';

/** What every refused call is answered with; Backstage's clients read this shape, and it holds nothing else. */
export interface ErrorBody {
  readonly error: { readonly name: string; readonly message: string };
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly statusCode: number };
}

interface Refusal {
  readonly status: number;
  readonly name: string;
  readonly message: string;
}

const MOST_TEXT = 8_000;

const statusOfName: Readonly<Record<string, number | undefined>> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  ConflictError: 409,
  NotImplementedError: 501,
  ServiceUnavailableError: 503,
};

// The body parser's own words name its functions; these say what to send.
const sentenceOfType: Readonly<Record<string, string | undefined>> = {
  'entity.parse.failed':
    'The body is no JSON object: send what /openapi.json describes for this route.',
  'entity.too.large':
    'The body is larger than 1500 KB, which is more than a cluster stores of one Application; send less.',
  'encoding.unsupported':
    'The body is compressed in a way that is not read here; send it plain, or with gzip, deflate or br.',
  'charset.unsupported':
    'The body is in a charset that is not read here; send it as UTF-8.',
  'request.aborted': 'The body ended before it was whole; send it again.',
  'request.size.invalid':
    'The body is not as long as its content-length says; send it again.',
  URIError:
    'The address holds a % that is not followed by a character in UTF-8; write it as %25, or encode the name.',
};

/**
 * Answers what a route threw, and what came before the routes. A body holds the name, one text and the status: no stack
 * and no path, in development neither. What nobody expected gets a number, under which the log says more.
 */
export function answerErrors(
  logger: Pick<LoggerService, 'error'>,
): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- four parameters are how express tells handlers of errors apart
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const { status, name, message } = known(thrown) ?? unexpected(thrown);
    if (thrown instanceof RefusedCall) response.set(thrown.headers);
    // The rest of a body that nobody reads would be taken for the next request.
    if (!request.complete) response.set('connection', 'close');
    const body: ErrorBody = {
      error: { name, message: plainText(message).slice(0, MOST_TEXT) },
      request: { method: request.method, url: request.url },
      response: { statusCode: status },
    };
    response
      .status(status)
      .set('cache-control', 'no-store')
      .type('application/json')
      .send(JSON.stringify(body));
  };

  function unexpected(thrown: unknown): Refusal {
    const number = randomUUID().slice(0, 8);
    logger.error('A call failed in a way that nobody expected', {
      number,
      error: thrown instanceof Error ? `${thrown.stack}` : String(thrown),
    });
    return {
      status: 500,
      name: 'InternalError',
      message: `The portal failed at this (number ${number}); nothing was confirmed. Try again, and if it stays tell whoever runs the portal the number: its log says more.`,
    };
  }
}

function known(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { name, message } = thrown;
  const named = statusOfName[name];
  if (named !== undefined) return { status: named, name, message };
  return thrown instanceof RefusedCall
    ? { status: thrown.statusCode, name, message }
    : unreadable(thrown);
}

// What express and its body parser refuse. Their errors carry the body and a stack; only the status is taken over.
function unreadable(error: Error): Refusal | undefined {
  const { name } = error;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number' || status < 400 || status > 499) {
    return undefined;
  }
  const type = 'type' in error ? String(error.type) : name;
  const message =
    sentenceOfType[type] ??
    'The body can not be read as it was sent: is it what its content-type and content-encoding say?';
  return { status, name, message };
}
