import { z } from 'zod';
import { KubeObject } from '@understage/kube';
import { Application, saysTheSame } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { refusalOf } from '../cluster/describeOutcome';
import { namespaceOf } from '../cluster/planLive';
import { applications } from '../cluster/resourceTypes';
import { waitForReady } from '../cluster/waitForReady';
import { ExitCode, exitCodes, worstCode } from '../exitCodes';
import { filenameOption, fileOperands } from '../input/fileOperands';
import { readValidInputs } from '../input/readInputs';
import { timeoutOf, waitOptions, waitSchema } from '../input/waitOptions';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb, VerbContext } from '../Verb';

export const FIELD_MANAGER = 'paas-cli';

const schema = z.object({
  filename: z.array(z.string()).optional(),
  output: z.enum(outputFormats),
  dryRun: z.boolean().default(false),
  forceConflicts: z.boolean().default(false),
  ...waitSchema,
});
type Options = z.output<typeof schema>;

/** What was done with one application. */
interface Applied {
  readonly namespace: string;
  readonly name: string;
  readonly result: 'created' | 'configured' | 'unchanged';
  readonly dryRun: boolean;
  /** The release it stays on, whatever the file says. */
  readonly pinned?: number;
}

/** What is sent: what the file says, under the name that Kubernetes knows, and nothing of the server's. */
function toObject(application: Application, namespace: string): KubeObject {
  const { name, labels, annotations } = application.metadata;
  return {
    apiVersion: application.apiVersion,
    kind: application.kind,
    metadata: {
      name,
      namespace,
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
    },
    spec: application.spec,
  };
}

const revisionShape = z.looseObject({
  spec: z.looseObject({ revision: z.int().optional() }),
});

async function applyOne(
  application: Application,
  options: Options,
  place: { readonly context: VerbContext; readonly connection: Connection },
): Promise<Applied> {
  const { context, connection } = place;
  const namespace = namespaceOf(application, context, connection);
  const { name } = application.metadata;
  const before = await connection.cluster.get(
    applications,
    { namespace, name },
    { signal: context.world.signal },
  );
  const writer = connection.cluster.writer({
    fieldManager: FIELD_MANAGER,
    dryRun: options.dryRun,
  });
  const outcome = await writer.apply(toObject(application, namespace), {
    type: applications,
    force: options.forceConflicts,
    signal: context.world.signal,
  });
  if (outcome.kind !== 'written') {
    throw refusalOf(`Applying ${namespace}/${name}`, outcome, connection);
  }
  const live = revisionShape.safeParse(outcome.object);
  const pinned = live.success ? live.data.spec.revision : undefined;
  const changed =
    before && saysTheSame(before, outcome.object) ? 'unchanged' : 'configured';
  return {
    namespace,
    name,
    result: outcome.created ? 'created' : changed,
    dryRun: options.dryRun,
    ...(pinned === undefined || application.spec.revision === pinned
      ? {}
      : { pinned }),
  };
}

function printApplied(
  applied: Applied,
  { out, err, world }: VerbContext,
): void {
  const { namespace, name, result, dryRun, pinned } = applied;
  out.line(`application ${namespace}/${name} `, {
    text: dryRun ? `${result} (dry run)` : result,
    tone: result === 'unchanged' ? 'quiet' : 'good',
  });
  if (pinned !== undefined) {
    err.line(
      { text: 'warning ', tone: 'warn' },
      `${name} stays on release ${pinned}, to which it was rolled back; ${world.program} rollback ${name} --release lets it go.`,
    );
  }
}

export const apply = defineVerb({
  name: 'apply',
  operands: [{ syntax: '[file...]', help: 'file, directory or -' }],
  summary: 'Write Application files to the cluster',
  description:
    'Write Application files to the cluster, as yourself, by server-side apply. Nothing is written when any document has a problem. Applying twice changes nothing the second time.',
  examples: [
    ['paas apply -f app.yaml', 'Create it, or bring it up to date'],
    ['paas apply -f app.yaml --wait --timeout 2m', 'In a pipeline'],
    ['paas apply -f deploy/ --dry-run', 'Would the API server take it?'],
  ],
  options: [
    filenameOption,
    { flags: '--dry-run', help: 'ask the API server, but write nothing' },
    {
      flags: '--force-conflicts',
      help: 'take over fields that others set',
    },
    ...waitOptions,
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema,
  async run(context, { operands, options }) {
    const files = fileOperands(operands, options, 'paas apply -f FILE');
    const timeoutMs = timeoutOf(options);
    const inputs = await readValidInputs(files, context);
    const connection = await context.connect();
    const done: Applied[] = [];
    for (const application of inputs) {
      const applied = await applyOne(application, options, {
        context,
        connection,
      });
      done.push(applied);
      if (options.output === 'table') printApplied(applied, context);
    }
    printStructured(context.out, options.output, done);
    if (!options.wait || options.dryRun) return exitCodes.done;
    const codes: ExitCode[] = await Promise.all(
      done.map(({ name, namespace }) =>
        waitForReady(name, {
          context,
          connection: { ...connection, namespace },
          timeoutMs,
        }),
      ),
    );
    return worstCode(codes);
  },
});
