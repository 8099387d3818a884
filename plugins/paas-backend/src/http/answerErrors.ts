import { LoggerService } from '@backstage/backend-plugin-api';
import { ErrorRequestHandler } from 'express';
import { refusalOf } from './refusalOf';
import { RefusedCall } from './RefusedCall';

/** What every refused call is answered with; Backstage's clients read this shape, and it holds nothing else. */
export interface ErrorBody {
  readonly error: { readonly name: string; readonly message: string };
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly statusCode: number };
}

/**
 * Answers what a route threw, and what came before the routes. A body holds the name, one text and the status: no stack
 * and no path, in development neither.
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
    const { status, name, message } = refusalOf(thrown, logger);
    if (thrown instanceof RefusedCall) response.set(thrown.headers);
    // The rest of a body that nobody reads would be taken for the next request.
    if (!request.complete) response.set('connection', 'close');
    const body: ErrorBody = {
      error: { name, message },
      request: { method: request.method, url: request.url },
      response: { statusCode: status },
    };
    response
      .status(status)
      .set('cache-control', 'no-store')
      .type('application/json')
      .send(JSON.stringify(body));
  };
}
