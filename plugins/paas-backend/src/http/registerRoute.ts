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
import { audited, SentParts } from './audited';
import { RouteAccess } from './RouteAccess';

/** One call of a route with everything checked: who, what, and whether they may. */
export interface ApiCall<R extends ApiRoute> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly credentials: BackstageCredentials;
  /** Adds to the audit line of the call, for example what it turned out to be about. */
  readonly note: (meta: JsonObject) => void;
}

/** An answer that is JSON already. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** Answers one call with a value. */
export type Answer<R extends ApiRoute> = (
  call: ApiCall<R>,
) => Promise<z.output<R['answer']> | JsonText>;

/** Answers one call as a stream: who is on the other end is the answer's to care for. */
export type StreamAnswer<R extends ApiRoute> = (
  call: ApiCall<R> & { readonly request: Request; readonly response: Response },
) => Promise<void>;

/** One call as it came, from whoever. */
export interface DoorCall extends SentParts {
  readonly credentials: BackstageCredentials;
}

/** A use case behind all its checks, for callers that do not come by HTTP; answers the value. */
export type Door = (call: DoorCall) => Promise<unknown>;

/** The way into each use case, by its route. */
export type Doors = Map<ApiRoute, Door>;

export interface RegisterContext {
  readonly router: Router;
  readonly httpAuth: HttpAuthService;
  readonly auditor: AuditorService;
  readonly access: RouteAccess;
  readonly trail: AuditTrail;
  /** Filled with every use case that answers a value. */
  readonly doors: Doors;
}

/** Adds a route of the table to the router, and its use case to the doors. */
export function registerRoute<R extends ApiRoute>(
  context: RegisterContext,
  route: R,
  answer: Answer<R>,
): void {
  const { router, httpAuth } = context;
  registerDoor(context, route, answer);
  router[route.method](route.path, async (request, response) => {
    const credentials = await authenticate(httpAuth, request, route);
    const { params, query, body } = request;
    const sent = { params, query, body };
    const call = { credentials, sent, request };
    const value = await enter(context, route, { call, answer });
    sendJson(response, value);
  });
}

/** Adds a use case to the doors alone. */
export function registerDoor<R extends ApiRoute>(
  context: RegisterContext,
  route: R,
  answer: (call: ApiCall<R>) => Promise<unknown>,
): void {
  context.doors.set(route, async ({ credentials, ...sent }) => {
    const call = { credentials, sent };
    const value = await enter(context, route, { call, answer });
    return value instanceof JsonText ? JSON.parse(value.text) : value;
  });
}

/** Adds a route that answers by a stream. */
export function registerStream<R extends ApiRoute>(
  context: RegisterContext,
  route: R,
  answer: StreamAnswer<R>,
): void {
  const { router, httpAuth } = context;
  router[route.method](route.path, async (request, response) => {
    const credentials = await authenticate(httpAuth, request, route);
    const { params, query, body } = request;
    const call = { credentials, sent: { params, query, body }, request };
    await enter(context, route, {
      call,
      answer: checked => answer({ ...checked, request, response }),
    });
  });
}

/**
 * Lets one call in. Order: are parameters, query and body well formed (anything unknown is refused), does the policy let
 * them; only then the answer. What changes something, and every refusal, is written down.
 */
async function enter<R extends ApiRoute, T>(
  context: RegisterContext,
  route: R,
  options: {
    readonly call: {
      readonly credentials: BackstageCredentials;
      readonly sent: SentParts;
      readonly request?: Request;
    };
    readonly answer: (call: ApiCall<R>) => Promise<T>;
  },
): Promise<T> {
  const { call, answer } = options;
  const { credentials } = call;
  return audited({ ...context, route, ...call }, async note => {
    const { params, query, body } = checkParts(route, call.sent);
    await context.access.check({ route, credentials, params });
    return answer({ params, query, body, credentials, note });
  });
}

function checkParts<R extends ApiRoute>(route: R, sent: SentParts) {
  return {
    params: check<R['params']>('path', route.params, sent.params),
    query: check<R['query']>('query', route.query, sent.query),
    body: check<R['body']>('body', route.body, sent.body),
  };
}

function sendJson(response: Response, value: unknown) {
  if (value instanceof JsonText) {
    sendPrivately(response, value.text);
    return;
  }
  if (isOf('invalid', value)) response.status(422);
  if (isOf('conflict', value)) response.status(409);
  sendPrivately(response, JSON.stringify(value));
}

// For this caller alone: a browser may keep it, and asks whether it is still true each time.
function sendPrivately(response: Response, json: string): void {
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
