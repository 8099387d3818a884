import type { NextFunction, Request, Response } from 'express';

// Of errors, on the way out: where they were thrown, and the body that could not be read.
const kept = (key: string) => key !== 'stack' && key !== 'body';

/**
 * Takes stacks out of refusals. Backstage adds them to answers in development, with the paths of the machine, before
 * anybody is signed in; the log has them anyway.
 */
export function hideStacks(
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  const send = response.json.bind(response);
  response.json = (body: unknown) =>
    send(response.statusCode >= 400 ? withoutStack(body) : body);
  next();
}

function withoutStack(body: unknown): unknown {
  if (!isRecord(body) || !isRecord(body.error)) return body;
  return { ...body, error: withoutOrigin(body.error) };
}

function withoutOrigin(error: Record<string, unknown>): unknown {
  const entries = Object.entries(error).filter(([key]) => kept(key));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      isRecord(value) ? withoutOrigin(value) : value,
    ]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
