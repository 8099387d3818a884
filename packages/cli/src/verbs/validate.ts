import { z } from 'zod';
import { exitCodes } from '../exitCodes';
import { filenameOption, fileOperands } from '../input/fileOperands';
import {
  eitherKind,
  InputKind,
  Named,
  printProblems,
  readDocumentsOf,
} from '../input/readInputs';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb, Verb, VerbDefinition } from '../Verb';

/** A verb that checks files of a kind. */
export function validationVerb<T extends Named>(
  kind: InputKind<T>,
  {
    usage,
    ...words
  }: Pick<VerbDefinition<unknown>, 'summary' | 'description' | 'examples'> & {
    readonly usage: string;
  },
): Verb {
  return defineVerb({
    name: 'validate',
    operands: [{ syntax: '[file...]', help: 'file, directory or -' }],
    ...words,
    options: [
      filenameOption,
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
    }),
    async run(context, { operands, options }) {
      const files = fileOperands(operands, options, usage);
      const inputs = await readDocumentsOf(kind, files, context);
      const valid = inputs.every(({ checked }) => checked.ok);
      const code = valid ? exitCodes.done : exitCodes.problem;
      const report = inputs.map(({ file, line, checked }) => ({
        file,
        line,
        valid: checked.ok,
        ...(checked.ok
          ? { name: checked.value.metadata.name, warnings: checked.warnings }
          : { problems: checked.problems }),
      }));
      if (printStructured(context.out, options.output, report)) return code;
      for (const input of inputs) {
        const { checked } = input;
        if (checked.ok) {
          printProblems(context.out, input, 'warning');
          context.out.line(
            { text: 'valid ', tone: 'good' },
            `${checked.value.metadata.name} (${input.file}:${input.line})`,
          );
        } else {
          printProblems(context.out, input);
        }
      }
      return code;
    },
  });
}

export const validate = validationVerb(eitherKind, {
  usage: 'paas validate FILE',
  summary: 'Check Application and Tenant files, without a cluster',
  description:
    'Check Application and Tenant files without a cluster. Every problem is reported at once, with its place in the file.',
  examples: [
    ['paas validate app.yaml', 'Check one file'],
    ['paas validate deploy/', 'Check all files of a directory'],
    ['cat app.yaml | paas validate -', 'Check what another program wrote'],
  ],
});
