import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { ApiRoute } from '@understage/plugin-paas-common';
import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { AuditTrail } from '../audit/AuditTrail';
import { audited } from './audited';
import { RouteAccess } from './RouteAccess';

/** One call of a route with everything checked: who, what, and whether they may. */
export interface ApiCall<R extends ApiRoute> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly credentials: BackstageCredentials;
  readonly request: Request;
  readonly response: Response;
  /** Adds to the audit line of the call, for example what it turned out to be about. */
  readonly note: (meta: JsonObject) => void;
}

/** Answers one call: a value to send as JSON, or `undefined` when it has sent the answer itself. */
export type Answer<R extends ApiRoute> = (
  call: ApiCall<R>,
) => Promise<z.output<R['answer']> | undefined>;

export interface RegisterContext {
  readonly router: Router;
  readonly httpAuth: HttpAuthService;
  readonly auditor: AuditorService;
  readonly access: RouteAccess;
  readonly trail: AuditTrail;
}

/**
 * Adds a route of the table to the router. Order: who is it, are parameters, query and body well formed (anything
 * unknown is refused), does the policy let them; only then the answer.
 */
export function registerRoute<R extends ApiRoute>(
  context: RegisterContext,
  route: R,
  answer: Answer<R>,
): void {
  const { router, httpAuth, access } = context;
  router[route.method](route.path, async (request, response) => {
    const credentials = await authenticate(httpAuth, request, route);
    const audit = { ...context, route, request, credentials };
    await audited(audit, async note => {
      const { params, query, body } = checkParts(route, request);
      await access.check({ route, credentials, params });
      const call = { params, query, body, credentials, request, response };
      const value = await answer({ ...call, note });
      return value;
    }).then(value => {
      if (value !== undefined) sendJson(response, value);
    });
  });
}

function checkParts<R extends ApiRoute>(route: R, request: Request) {
  return {
    params: check<R['params']>('path', route.params, request.params),
    query: check<R['query']>('query', route.query, request.query),
    body: check<R['body']>('body', route.body, request.body),
  };
}

function sendJson(response: Response, value: unknown) {
  if (isOf('invalid', value)) response.status(422);
  if (isOf('conflict', value)) response.status(409);
  sendPrivately(response, JSON.stringify(value));
}

/** Sends JSON that is for this caller alone: a browser may keep it, and asks whether it is still true each time. */
export function sendPrivately(response: Response, json: string): void {
  response.set('cache-control', 'private, no-cache');
  // Added to what is there: the origin, where other origins may ask.
  response.vary('Authorization');
  response.type('application/json').send(json);
}

function isOf(kind: string, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === kind
  );
}

async function authenticate(
  httpAuth: HttpAuthService,
  request: Request,
  { access }: ApiRoute,
): Promise<BackstageCredentials> {
  return access === 'public'
    ? httpAuth.credentials(request, { allow: ['user', 'service', 'none'] })
    : httpAuth.credentials(request, { allow: ['user', 'service'] });
}

function check<T extends z.ZodType>(
  part: 'path' | 'query' | 'body',
  schema: T,
  value: unknown,
): z.output<T> {
  const parsed = z.safeParse(schema, value ?? {});
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.slice(0, 10).map(issue => {
    const field = issue.path.join('.');
    return field === '' ? issue.message : `${field}: ${issue.message}`;
  });
  throw new InputError(
    `The ${part} is not as it should be. ${sentences.join('; ')}.`,
  );
}
