import {
  isOfTenant,
  isolationDimensions,
  QuotaMeter,
  quotaMeters,
  TenantEnvironmentStatus,
} from '@understage/plugin-paas-common';
import { z } from 'zod';
import { Connection } from '../../CliWorld';
import { resourceQuotas } from '../../cluster/resourceTypes';
import { getTenant, LiveTenant, withoutManagers } from '../../cluster/tenants';
import { exitCodes } from '../../exitCodes';
import { fileOperands } from '../../input/fileOperands';
import { printTenant, ShownEnvironment } from '../../output/printTenant';
import { outputFormats, printStructured } from '../../output/structured';
import { defineVerb, VerbContext } from '../../Verb';

/** Meters of a namespace; undefined for whoever may not read them, and for a namespace that is another tenant's. */
async function metersOf(
  { cluster }: Connection,
  { namespace, uid }: { readonly namespace: string; readonly uid: string },
  signal: AbortSignal,
): Promise<readonly QuotaMeter[] | undefined> {
  try {
    const key = { namespace, name: 'understage-quota' };
    const quota = await cluster.get(resourceQuotas, key, { signal });
    return quota && isOfTenant(quota, uid) ? quotaMeters(quota) : undefined;
  } catch (error) {
    signal.throwIfAborted();
    return undefined;
  }
}

/** In the order of the dimensions, whatever the order in which they were tried. */
function byDimension(status: TenantEnvironmentStatus): TenantEnvironmentStatus {
  const checks = isolationDimensions.flatMap(each =>
    status.checks.filter(({ dimension }) => dimension === each),
  );
  return { ...status, checks };
}

async function environmentsOf(
  { status, object }: LiveTenant,
  connection: Connection,
  { world }: VerbContext,
): Promise<readonly ShownEnvironment[]> {
  const { uid = '' } = object.metadata;
  return Promise.all(
    (status?.environments ?? []).map(async environment => {
      const { namespace } = environment;
      const place = { namespace, uid };
      const quota = await metersOf(connection, place, world.signal);
      return { status: byDimension(environment), ...(quota ? { quota } : {}) };
    }),
  );
}

export const getTenants = defineVerb({
  name: 'get',
  operands: [{ syntax: '<name...>', help: 'tenant' }],
  summary: 'Show a tenant: members, environments, quota, isolation',
  description:
    'Show a tenant: its members, what each environment uses of its quota, and what was tried to break out of it, with what the API server answered.',
  examples: [
    ['paas tenant get shop', 'How it is, who is in it, what is left'],
    ['paas tenant get shop -o yaml', 'As a file, to change and apply'],
  ],
  options: [
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({ output: z.enum(outputFormats) }),
  async run(context, { operands, options }) {
    const names = fileOperands(operands, {}, 'paas tenant get NAME');
    const connection = await context.connect();
    const { signal } = context.world;
    const found = await Promise.all(
      names.map(name => getTenant(connection, name, signal)),
    );
    const objects = found.map(({ object }) => withoutManagers(object));
    const shown = objects.length === 1 ? objects[0] : objects;
    if (printStructured(context.out, options.output, shown)) {
      return exitCodes.done;
    }
    for (const [index, live] of found.entries()) {
      if (index > 0) context.out.line();
      const environments = await environmentsOf(live, connection, context);
      const now = context.world.now();
      printTenant(live, environments, { out: context.out, now });
    }
    return exitCodes.done;
  },
});
