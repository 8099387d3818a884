import {
  ApplicationRef,
  PaasClient,
  TenantRef,
} from '@understage/plugin-paas-common';
import { parse } from 'yaml';
import { z } from 'zod';
import { ask, askFor } from '../api/explainAnswers';
import { Look } from './follow';

const versions = z.object({
  metadata: z.object({ generation: z.number() }),
  status: z.object({ observedGeneration: z.number() }),
});

/** The state speaks of the specification as it is now, and not of the one before. */
function isCurrent(yaml: string): boolean {
  const read = versions.safeParse(parse(yaml));
  if (!read.success) return false;
  const { metadata, status } = read.data;
  return status.observedGeneration >= metadata.generation;
}

interface Seen {
  readonly summary: { readonly state: string; readonly message: string };
  readonly yaml: string;
  readonly freshness: { readonly kind: string };
}

function readyLook({ summary, yaml, freshness }: Seen): Look {
  const { state, message } = summary;
  if (freshness.kind !== 'live') {
    return { done: false, message: 'The cluster can not be reached just now.' };
  }
  if (!isCurrent(yaml)) {
    return { done: false, message: 'The change was not looked at yet.' };
  }
  return { done: state === 'Ready', message: `${state}: ${message}` };
}

/** Whether an application is Ready. */
export const applicationReady =
  (client: PaasClient, ref: ApplicationRef, signal?: AbortSignal) =>
  async (): Promise<Look> => {
    const found = await askFor(client.getApplication(ref, { signal }));
    if (found) return readyLook(found);
    return { done: false, message: 'The portal has not seen it yet.' };
  };

/** Whether a tenant is Ready: its environments stand and their isolation was proven. */
export const tenantReady =
  (client: PaasClient, ref: TenantRef, signal?: AbortSignal) =>
  async (): Promise<Look> => {
    const found = await askFor(client.getTenant(ref, { signal }));
    if (found) return readyLook(found);
    return { done: false, message: 'The portal has not seen it yet.' };
  };

/** Whether it is gone. */
export const gone = (find: () => Promise<Seen | undefined>) => async () => {
  const found = await ask(find());
  return found
    ? { done: false, message: `${found.summary.state}: it is being removed.` }
    : ({ done: true, message: 'It is gone.' } as const);
};
