import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ApiRoute } from '@understage/plugin-paas-common';
import { plainText } from '@understage/plugin-paas-node';
import { Request } from 'express';

interface AuditedCall {
  readonly auditor: AuditorService;
  readonly route: ApiRoute;
  readonly request: Request;
}

/**
 * Writes the audit lines of a call that changes something: that it was tried, and what came of it, refusals included.
 * Bodies are left out, they may hold what should not be in a log. Reading is not audited.
 */
export async function audited(
  { auditor, route, request }: AuditedCall,
  run: (note: (meta: JsonObject) => void) => Promise<void>,
): Promise<void> {
  if (route.method === 'get') {
    await run(() => {});
    return;
  }
  const verb = route.path.split('/').at(-1) ?? '';
  const isNamed = verb.startsWith(':');
  const event = await auditor.createEvent({
    eventId: `application-${isNamed ? route.method : verb}`,
    severityLevel: verb === 'plan' ? 'low' : 'medium',
    request,
    meta: inOneLine(request.params),
  });
  const meta: Record<string, JsonObject[string]> = {};
  try {
    await run(more => Object.assign(meta, more));
    await event.success({ meta });
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

function inOneLine(params: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, oneLine(value)]),
  );
}

function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim().slice(0, 600);
}
