import { KubeObject } from '@understage/kube';
import { Tenant, saysTheSame } from '@understage/plugin-paas-common';
import { tenantType } from '@understage/plugin-paas-node';
import { z } from 'zod';
import { refusalOf } from '../../cluster/describeOutcome';
import { followTenant, TenantPlace } from '../../cluster/tenants';
import { waitUntilReady } from '../../cluster/waitForReady';
import { exitCodes, worstCode } from '../../exitCodes';
import { filenameOption, fileOperands } from '../../input/fileOperands';
import { readValid, tenantFiles } from '../../input/readInputs';
import { timeoutOf, waitOptions, waitSchema } from '../../input/waitOptions';
import { outputFormats, printStructured } from '../../output/structured';
import { defineVerb } from '../../Verb';
import { FIELD_MANAGER } from '../apply';

/** What is sent: what the file says, under the name that Kubernetes knows, and nothing of the server's. */
function toObject({ apiVersion, kind, metadata, spec }: Tenant): KubeObject {
  const { name, labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
    spec,
  };
}

async function applyOne(
  tenant: Tenant,
  options: { readonly dryRun: boolean; readonly forceConflicts: boolean },
  { context, connection }: TenantPlace,
) {
  const { name } = tenant.metadata;
  const { signal } = context.world;
  const { dryRun, forceConflicts } = options;
  const before = await connection.cluster.get(tenantType, { name }, { signal });
  const outcome = await connection.cluster
    .writer({ fieldManager: FIELD_MANAGER, dryRun })
    .apply(toObject(tenant), {
      type: tenantType,
      force: forceConflicts,
      signal,
    });
  if (outcome.kind !== 'written') {
    throw refusalOf(`Applying tenant ${name}`, outcome, connection);
  }
  const isSame = before && saysTheSame(before, outcome.object);
  const changed = isSame ? 'unchanged' : 'configured';
  return { name, result: outcome.created ? 'created' : changed, dryRun };
}

export const applyTenant = defineVerb({
  name: 'apply',
  operands: [{ syntax: '[file...]', help: 'file, directory or -' }],
  summary: 'Write Tenant files to the cluster',
  description:
    'Write Tenant files to the cluster, as yourself, by server-side apply. Nothing is written when any document has a problem. With --wait it is done when every object is there and everything that must be refused was tried and refused.',
  examples: [
    ['paas tenant apply -f shop.yaml --wait', 'Give a tenant out'],
    [
      'paas tenant apply -f shop.yaml --dry-run',
      'Would the API server take it?',
    ],
  ],
  options: [
    filenameOption,
    { flags: '--dry-run', help: 'ask the API server, but write nothing' },
    { flags: '--force-conflicts', help: 'take over fields that others set' },
    ...waitOptions,
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
    dryRun: z.boolean().default(false),
    forceConflicts: z.boolean().default(false),
    ...waitSchema,
  }),
  async run(context, { operands, options }) {
    const files = fileOperands(operands, options, 'paas tenant apply -f FILE');
    const timeoutMs = timeoutOf(options);
    const tenants = await readValid(tenantFiles, files, context);
    const connection = await context.connect();
    const done = [];
    for (const tenant of tenants) {
      const applied = await applyOne(tenant, options, { context, connection });
      done.push(applied);
      if (options.output === 'table') {
        const { name, result, dryRun } = applied;
        context.out.line(`tenant ${name} `, {
          text: dryRun ? `${result} (dry run)` : result,
          tone: result === 'unchanged' ? 'quiet' : 'good',
        });
      }
    }
    printStructured(context.out, options.output, done);
    if (!options.wait || options.dryRun) return exitCodes.done;
    const { program } = context.world;
    const codes = await Promise.all(
      done.map(({ name }) =>
        waitUntilReady(
          {
            name,
            follow: signal => followTenant(connection, name, signal),
            hint: `${program} tenant get ${name}`,
          },
          { context, timeoutMs },
        ),
      ),
    );
    return worstCode(codes);
  },
});
