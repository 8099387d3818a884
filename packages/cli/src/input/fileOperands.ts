import { CliFailure, exitCodes } from '../exitCodes';

/** What `-f FILE`, repeated, and operands name together. */
export function fileOperands(
  operands: readonly string[],
  options: { readonly filename?: readonly string[] },
  usage: string,
): readonly string[] {
  const files = [...(options.filename ?? []), ...operands];
  if (files.length === 0) {
    throw new CliFailure(
      exitCodes.problem,
      `No file was named: ${usage}, with - for standard input.`,
    );
  }
  if (files.filter(file => file === '-').length > 1) {
    throw new CliFailure(
      exitCodes.problem,
      'Standard input can be read only once: name - one time.',
    );
  }
  return files;
}

export const filenameOption = {
  flags: '-f, --filename <file>',
  help: 'file, directory or -; may be repeated',
  repeatable: true,
} as const;
