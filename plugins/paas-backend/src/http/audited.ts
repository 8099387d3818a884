import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ApiRoute } from '@understage/plugin-paas-common';
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
    meta: { ...request.params },
  });
  const meta: Record<string, JsonObject[string]> = {};
  try {
    await run(more => Object.assign(meta, more));
    await event.success({ meta });
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    await event.fail({ meta, error: failure });
    throw error;
  }
}
