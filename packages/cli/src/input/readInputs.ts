import {
  Application,
  Problem,
  readApplications,
  ReadApplication,
} from '@understage/plugin-paas-common';
import { CliFailure, exitCodes } from '../exitCodes';
import { Printer } from '../output/Printer';
import { VerbContext } from '../Verb';
import { findFiles } from './findFiles';

/** The documents of every FILE, in the order of files and documents. */
export async function readInputs(
  files: readonly string[],
  context: VerbContext,
): Promise<readonly ReadApplication[]> {
  const sources = await Promise.all(
    files.map(file => findFiles(file, context.world)),
  );
  return sources
    .flat()
    .flatMap(({ file, text }) =>
      readApplications(text, { file: file === '-' ? 'stdin' : file }),
    );
}

/** `file:line:column`, as editors and terminals make a link of it. */
function placeOf(input: ReadApplication, problem: Problem): string {
  const line = problem.line ?? input.line;
  const column = problem.column === undefined ? '' : `:${problem.column}`;
  return `${input.file ?? 'input'}:${line}${column}`;
}

/** Prints what is wrong or odd about an input, each with its place in the file and its field. */
export function printProblems(
  printer: Printer,
  input: ReadApplication,
  severity: 'error' | 'warning' = 'error',
): void {
  const { checked } = input;
  const problems = checked.ok ? checked.warnings : checked.problems;
  for (const problem of problems) {
    // Many messages begin with the field themselves.
    const named = problem.message.startsWith(`\`${problem.path}\``);
    printer.line(
      { text: placeOf(input, problem), tone: 'strong' },
      ' ',
      { text: severity, tone: severity === 'error' ? 'bad' : 'warn' },
      problem.path === '' || named ? ' ' : ` ${problem.path}: `,
      problem.message,
    );
  }
}

/** Throws when two documents are the same application: one of them would be written over by the other. */
function refuseTwins(inputs: readonly ReadApplication[]): void {
  const places = new Map<string, string>();
  for (const { file, line, checked } of inputs) {
    if (!checked.ok) continue;
    const { name, namespace = '' } = checked.value.metadata;
    const place = `${file ?? 'input'}:${line}`;
    const twin = places.get(`${namespace}/${name}`);
    if (twin !== undefined) {
      throw new CliFailure(
        exitCodes.problem,
        `The application ${name} is given twice: at ${twin} and at ${place}; nothing was done.`,
      );
    }
    places.set(`${namespace}/${name}`, place);
  }
}

/**
 * The applications of every FILE, all of them valid, none of them twice. Otherwise prints every problem of every document and throws: a verb
 * that writes does nothing when any part of its input is wrong.
 */
export async function readValidInputs(
  files: readonly string[],
  context: VerbContext,
): Promise<readonly Application[]> {
  const inputs = await readInputs(files, context);
  let problems = 0;
  const applications = inputs.flatMap(input => {
    if (input.checked.ok) {
      printProblems(context.err, input, 'warning');
      return [input.checked.value];
    }
    printProblems(context.err, input);
    problems += input.checked.problems.length;
    return [];
  });
  if (problems === 0) {
    refuseTwins(inputs);
    return applications;
  }
  throw new CliFailure(
    exitCodes.problem,
    `${problems} ${
      problems === 1 ? 'problem' : 'problems'
    } in the input; nothing was done.`,
  );
}
