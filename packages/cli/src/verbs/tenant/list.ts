import { tenantType } from '@understage/plugin-paas-node';
import { z } from 'zod';
import { readLiveTenant, withoutManagers } from '../../cluster/tenants';
import { exitCodes } from '../../exitCodes';
import { age } from '../../output/age';
import { checksText, stateOf } from '../../output/printTenant';
import { outputFormats, printStructured } from '../../output/structured';
import { defineVerb } from '../../Verb';

export const listTenants = defineVerb({
  name: 'list',
  operands: [],
  summary: 'Show all tenants of the cluster',
  description:
    'Show all tenants of the cluster. That is for platform engineers; members look at their own with `tenant get NAME`.',
  examples: [['paas tenant list', 'Who is here, and is anything wrong']],
  options: [
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({ output: z.enum(outputFormats) }),
  async run({ connect, world, out }, { options }) {
    const { cluster } = await connect();
    const { items } = await cluster.list(tenantType, { signal: world.signal });
    if (printStructured(out, options.output, items.map(withoutManagers)))
      return exitCodes.done;
    if (items.length === 0) {
      out.line(`No tenants yet: ${world.program} tenant apply -f FILE.`);
      return exitCodes.done;
    }
    out.table(
      ['NAME', 'STATE', 'OWNER', 'ENVIRONMENTS', 'CHECKS', 'AGE', 'MESSAGE'],
      items
        .map(readLiveTenant)
        .map(live => [
          live.tenant.metadata.name,
          stateOf(live),
          live.tenant.spec.owner,
          live.tenant.spec.environments.map(({ name }) => name).join(','),
          checksText(live.status?.environments ?? []),
          age(live.object.metadata.creationTimestamp, world.now()),
          live.status?.message ?? 'The operator has not seen it yet.',
        ]),
    );
    return exitCodes.done;
  },
});
