import { LoggerService } from '@backstage/backend-plugin-api';
import { plainText } from '@understage/plugin-paas-node';
import { randomUUID } from 'node:crypto';
import { RefusedCall } from './RefusedCall';

/** What a caller is told of an error: its name, one text and the status. */
export interface Refusal {
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

/** What is told of an error; of one that nobody expected a number, under which the log says more. */
export function refusalOf(
  thrown: unknown,
  logger: Pick<LoggerService, 'error'>,
): Refusal {
  const { message, ...refusal } = known(thrown) ?? unexpected(thrown, logger);
  return { ...refusal, message: plainText(message).slice(0, MOST_TEXT) };
}

/** The same as an error to throw, for a framework that answers it: without a stack, which tells more than the text. */
export function refusalError(
  thrown: unknown,
  logger: Pick<LoggerService, 'error'>,
): Error {
  const { name, message, status } = refusalOf(thrown, logger);
  const told = { name, statusCode: status, stack: undefined };
  return Object.assign(new Error(message), told);
}

function unexpected(
  thrown: unknown,
  logger: Pick<LoggerService, 'error'>,
): Refusal {
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
