import { z } from 'zod';
import { summarisePlan, Tenant } from '@understage/plugin-paas-common';
import { getTenant, planTenantLive, TenantPlace } from '../../cluster/tenants';
import { exitCodes } from '../../exitCodes';
import { filenameOption, fileOperands } from '../../input/fileOperands';
import { meansFile } from '../../input/findFiles';
import { readValid, tenantFiles } from '../../input/readInputs';
import { printTenantPlan } from '../../output/printPlan';
import { outputFormats, printStructured } from '../../output/structured';
import { defineVerb } from '../../Verb';

/** Tenants named by file or by name, in the order they were named. */
async function wanted(
  operands: readonly string[],
  { context, connection }: TenantPlace,
): Promise<readonly Tenant[]> {
  const found = await Promise.all(
    operands.map(async operand => {
      if (await meansFile(operand, context.world)) {
        return readValid(tenantFiles, [operand], context);
      }
      const { signal } = context.world;
      return [(await getTenant(connection, operand, signal)).tenant];
    }),
  );
  return found.flat();
}

export const planTenant = defineVerb({
  name: 'plan',
  operands: [
    { syntax: '[file|name...]', help: 'file, directory, -, or tenant' },
  ],
  summary: 'Show what applying would change, field by field',
  description:
    "Show what applying a Tenant would change in the cluster, or what the operator still has to do for one. This is the operator's own planner. Adopting a namespace that exists shows what becomes of it. Writes nothing.",
  examples: [
    ['paas tenant plan -f shop.yaml', 'Before applying a file'],
    ['paas tenant plan shop', 'What the operator still has to do, and why not'],
  ],
  options: [
    filenameOption,
    { flags: '--all', help: 'list objects that stay as they are, too' },
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({
    filename: z.array(z.string()).optional(),
    output: z.enum(outputFormats),
    all: z.boolean().default(false),
  }),
  async run(context, { operands, options }) {
    const usage = 'paas tenant plan FILE or NAME';
    const targets = fileOperands(operands, options, usage);
    const place = { context, connection: await context.connect() };
    const tenants = await wanted(targets, place);
    const plans = await Promise.all(
      tenants.map(async tenant => ({
        tenant: tenant.metadata.name,
        ...(await planTenantLive(tenant, place)),
      })),
    );
    const refused = plans.some(({ plan }) =>
      plan.actions.some(({ kind }) => kind === 'refuse'),
    );
    const code = refused ? exitCodes.refused : exitCodes.done;
    const report = plans.map(({ tenant, plan, problems }) => ({
      tenant,
      summary: summarisePlan(plan),
      actions: plan.actions,
      problems,
    }));
    if (printStructured(context.out, options.output, report)) return code;
    plans.forEach((planned, index) => {
      if (index > 0) context.out.line();
      context.out.line({ text: `tenant ${planned.tenant}`, tone: 'strong' });
      printTenantPlan(planned, context, { unchanged: options.all });
    });
    return code;
  },
});
