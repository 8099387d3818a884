import { z } from 'zod';
import { PortalApi } from './portalApi';
import { waitFor } from './waitFor';

/** A golden path and what was filled into its form. */
export interface TemplateRun {
  /** Name of the template, without kind and namespace. */
  readonly template: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly timeoutMs?: number;
}

const startedSchema = z.object({ id: z.string() });
const taskSchema = z.object({ status: z.string() });
const eventsSchema = z.array(
  z.object({ body: z.object({ message: z.string().optional() }) }),
);

/** What the steps of a run said, the last lines of it. */
async function lastWords(api: PortalApi, task: string): Promise<string> {
  const events = await api.get(`/api/scaffolder/v2/tasks/${task}/events`);
  return eventsSchema
    .parse(events)
    .map(({ body }) => body.message ?? '')
    .slice(-15)
    .join('\n');
}

/**
 * Runs a template in the portal, as whoever is signed in, and resolves when all its steps are done. Throws with the
 * last lines of its log when one failed.
 */
export async function runTemplate(
  api: PortalApi,
  { template, values, timeoutMs = 90_000 }: TemplateRun,
): Promise<void> {
  const { id } = startedSchema.parse(
    await api.send('POST', '/api/scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values,
    }),
  );
  const ended = await waitFor(
    async () => {
      const { status } = taskSchema.parse(
        await api.get(`/api/scaffolder/v2/tasks/${id}`),
      );
      if (!['open', 'processing'].includes(status)) return status;
      throw new Error(`it is ${status}\n${await lastWords(api, id)}`);
    },
    { what: `the template ${template}`, timeoutMs },
  );
  if (ended !== 'completed') {
    throw new Error(
      `the template ${template} ended as ${ended}:\n${await lastWords(
        api,
        id,
      )}`,
    );
  }
}
