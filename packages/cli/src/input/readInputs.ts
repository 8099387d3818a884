import {
  Application,
  Problem,
  readApplications,
  ReadDocument,
  readTenants,
  Tenant,
} from '@understage/plugin-paas-common';
import { CliFailure, exitCodes } from '../exitCodes';
import { Printer } from '../output/Printer';
import { VerbContext } from '../Verb';
import { findFiles } from './findFiles';

/** How a kind of ours is read from a text, and spoken of. */
export interface InputKind<T> {
  readonly read: (
    text: string,
    options: { readonly file: string },
  ) => readonly ReadDocument<T>[];
  /** `application`. */
  readonly noun: string;
}

/** What has a name at least. */
export interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const applicationFiles: InputKind<Application> = {
  read: readApplications,
  noun: 'application',
};

/** How files of tenants are read. */
export const tenantFiles: InputKind<Tenant> = {
  read: readTenants,
  noun: 'tenant',
};

/** True for a document that says it is a Tenant where Applications are read. */
function isTenantFile({ checked }: ReadDocument<unknown>): boolean {
  return (
    !checked.ok &&
    checked.problems.some(
      ({ path, found }) => path === 'kind' && found === 'Tenant',
    )
  );
}

/** Files of either kind. */
export const eitherKind: InputKind<Application | Tenant> = {
  noun: 'resource',
  read(text, options) {
    const tenants = readTenants(text, options);
    return readApplications(text, options).map(
      (document, index): ReadDocument<Application | Tenant> =>
        isTenantFile(document) ? tenants[index] : document,
    );
  },
};

/** The documents of every FILE, in the order of files and documents. */
export async function readDocumentsOf<T>(
  { read }: InputKind<T>,
  files: readonly string[],
  context: VerbContext,
): Promise<readonly ReadDocument<T>[]> {
  const sources = await Promise.all(
    files.map(file => findFiles(file, context.world)),
  );
  return sources
    .flat()
    .flatMap(({ file, text }) =>
      read(text, { file: file === '-' ? 'stdin' : file }),
    );
}

/** `file:line:column`, as editors and terminals make a link of it. */
function placeOf(input: ReadDocument<unknown>, problem: Problem): string {
  const line = problem.line ?? input.line;
  const column = problem.column === undefined ? '' : `:${problem.column}`;
  return `${input.file ?? 'input'}:${line}${column}`;
}

/** Prints what is wrong or odd about an input, each with its place in the file and its field. */
export function printProblems(
  printer: Printer,
  input: ReadDocument<unknown>,
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

/** Throws when two documents are the same resource: one of them would be written over by the other. */
function refuseTwins<T extends Named>(
  { noun }: InputKind<T>,
  inputs: readonly ReadDocument<T>[],
): void {
  const places = new Map<string, string>();
  for (const { file, line, checked } of inputs) {
    if (!checked.ok) continue;
    const { name, namespace = '' } = checked.value.metadata;
    const place = `${file ?? 'input'}:${line}`;
    const twin = places.get(`${namespace}/${name}`);
    if (twin !== undefined) {
      throw new CliFailure(
        exitCodes.problem,
        `The ${noun} ${name} is given twice: at ${twin} and at ${place}; nothing was done.`,
      );
    }
    places.set(`${namespace}/${name}`, place);
  }
}

/**
 * The resources of every FILE, all of them valid, none of them twice. Otherwise prints every problem of every document
 * and throws: a verb that writes does nothing when any part of its input is wrong.
 */
export async function readValid<T extends Named>(
  kind: InputKind<T>,
  files: readonly string[],
  context: VerbContext,
): Promise<readonly T[]> {
  const inputs = await readDocumentsOf(kind, files, context);
  let problems = 0;
  let tenants = 0;
  const valid = inputs.flatMap(input => {
    if (input.checked.ok) {
      printProblems(context.err, input, 'warning');
      return [input.checked.value];
    }
    printProblems(context.err, input);
    problems += input.checked.problems.length;
    if (kind.noun === 'application' && isTenantFile(input)) tenants += 1;
    return [];
  });
  if (problems === 0) {
    refuseTwins(kind, inputs);
    return valid;
  }
  throw new CliFailure(
    exitCodes.problem,
    `${problems} ${
      problems === 1 ? 'problem' : 'problems'
    } in the input; nothing was done.${
      tenants === 0
        ? ''
        : ` Tenants are for ${context.world.program} tenant plan and ${context.world.program} tenant apply.`
    }`,
  );
}

/** The Applications of every FILE, likewise. */
export function readValidInputs(
  files: readonly string[],
  context: VerbContext,
): Promise<readonly Application[]> {
  return readValid(applicationFiles, files, context);
}
