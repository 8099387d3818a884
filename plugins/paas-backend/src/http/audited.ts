import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import { Request } from 'express';
import { AuditTrail, whoIs } from '../audit/AuditTrail';
import { oneLine } from './oneLine';

interface AuditedCall {
  readonly auditor: AuditorService;
  readonly trail: AuditTrail;
  readonly route: ApiRoute;
  readonly credentials: BackstageCredentials;
  /** What was sent, as it came. */
  readonly sent: SentParts;
  /** Absent when nobody asked by HTTP. */
  readonly request?: Request;
}

/** What a caller sent, before it is checked. */
export interface SentParts {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type Run<T> = (note: (meta: JsonObject) => void) => Promise<T>;

/**
 * Writes what a call that changes something leaves in the audit trail and in the portal's log: that it was tried, and
 * what came of it. Refusals are written of every call, reading too. Bodies are left out, they may hold what should not
 * be in a log.
 */
export async function audited<T>(call: AuditedCall, run: Run<T>): Promise<T> {
  const { trail, route, sent, credentials } = call;
  const meta: Record<string, JsonObject[string]> = {};
  const trailed = {
    credentials,
    action: operationId(route),
    isChange: route.method !== 'get' && !route.path.endsWith('/plan'),
    sources: () => [sent.body, sent.params],
    found: () => meta,
  };
  const id = await trail.begin(trailed);
  try {
    const answer = await logged(call, meta, run);
    const refused = typeof meta.refused === 'string' ? meta.refused : undefined;
    await trail.end(trailed, id, { answer, refused });
    return answer;
  } catch (error) {
    await trail.end(trailed, id, { error });
    throw error;
  }
}

function operationId(route: ApiRoute): string {
  const entry = Object.entries<ApiRoute>(apiRoutes).find(
    ([, each]) => each.path === route.path && each.method === route.method,
  );
  return entry?.[0] ?? `${route.method} ${route.path}`;
}

async function logged<T>(
  { auditor, route, sent, request, credentials }: AuditedCall,
  meta: Record<string, JsonObject[string]>,
  run: Run<T>,
): Promise<T> {
  const note = (more: JsonObject) => {
    Object.assign(meta, more);
  };
  if (route.method === 'get') return run(note);
  const verb = route.path.split('/').at(-1) ?? '';
  const isNamed = verb.startsWith(':');
  const kind = route.path.startsWith('/tenants') ? 'tenant' : 'application';
  const event = await auditor.createEvent({
    eventId: `${kind}-${isNamed ? route.method : verb}`,
    severityLevel: verb === 'plan' ? 'low' : 'medium',
    ...(request && { request }),
    meta: {
      ...inOneLine(sent.params),
      // The log takes who it was from the request; without one it would name the portal.
      ...(!request && { as: whoIs(credentials) }),
    },
  });
  try {
    const answer = await run(note);
    await event.success({ meta });
    return answer;
  } catch (error) {
    await event.fail({ meta, error: told(error) });
    throw error;
  }
}

// Log formats write messages as they are: what a caller sent must not begin a line of its own, or paint a terminal.
function told(error: unknown): Error {
  const known = error instanceof Error ? error : new Error(String(error));
  const copy = new Error(oneLine(known.message));
  copy.name = known.name;
  copy.stack = undefined;
  return copy;
}

function inOneLine(params: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([key, value]) => [
      key,
      oneLine(`${value}`),
    ]),
  );
}
