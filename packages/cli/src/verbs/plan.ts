import { z } from 'zod';
import { Application } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { getApplication } from '../cluster/getApplication';
import { planLive } from '../cluster/planLive';
import { exitCodes } from '../exitCodes';
import { filenameOption, fileOperands } from '../input/fileOperands';
import { meansFile } from '../input/findFiles';
import { readValidInputs } from '../input/readInputs';
import { isRefused, planReport, printPlan } from '../output/printPlan';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb, VerbContext } from '../Verb';

const schema = z.object({
  filename: z.array(z.string()).optional(),
  output: z.enum(outputFormats),
  all: z.boolean().default(false),
});

/** Applications named by file or by name, in the order they were named. */
async function wanted(
  operands: readonly string[],
  context: VerbContext,
  connection: Connection,
): Promise<readonly Application[]> {
  const found = await Promise.all(
    operands.map(async operand => {
      if (await meansFile(operand, context.world)) {
        return readValidInputs([operand], context);
      }
      const live = await getApplication(
        connection,
        operand,
        context.world.signal,
      );
      return [live.application];
    }),
  );
  return found.flat();
}

export const plan = defineVerb({
  name: 'plan',
  operands: [
    { syntax: '[file|name...]', help: 'file, directory, -, or application' },
  ],
  summary: 'Show what applying would change, field by field',
  description:
    "Show what applying a file would change in the cluster, field by field, or what the operator still has to do for an application. This is the operator's own planner: the same actions, in the same words. Writes nothing.",
  examples: [
    ['paas plan app.yaml', 'Before applying a file'],
    [
      'paas plan user-service',
      'What the operator still has to do, and why not',
    ],
    ['paas plan app.yaml -o json', 'For another program'],
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
  schema,
  async run(context, { operands, options }) {
    const targets = fileOperands(operands, options, 'paas plan FILE or NAME');
    const connection = await context.connect();
    const applications = await wanted(targets, context, connection);
    const plans = await Promise.all(
      applications.map(application =>
        planLive(application, context, connection),
      ),
    );
    const code = plans.some(isRefused) ? exitCodes.refused : exitCodes.done;
    if (printStructured(context.out, options.output, plans.map(planReport))) {
      return code;
    }
    plans.forEach((planned, index) => {
      if (index > 0) context.out.line();
      printPlan(planned, context, { unchanged: options.all });
    });
    return code;
  },
});
