import { Command } from 'commander';
import { z } from 'zod';
import { CliWorld, Connection } from './CliWorld';
import { CliFailure, ExitCode, exitCodes } from './exitCodes';
import { Printer } from './output/Printer';

/** Options that every verb takes. */
export const globalOptionsSchema = z.object({
  namespace: z.string().optional(),
  context: z.string().optional(),
  kubeconfig: z.string().optional(),
  config: z.string().optional(),
  color: z.enum(['auto', 'always', 'never']),
});

export type GlobalOptions = z.output<typeof globalOptionsSchema>;

/** What a verb works with. Results go to `out`, everything else (progress, warnings, problems) to `err`. */
export interface VerbContext {
  readonly world: CliWorld;
  readonly out: Printer;
  readonly err: Printer;
  readonly global: GlobalOptions;
  /** Connects to the cluster that the options name. Throws `CliFailure` with code 3 when it is not there. */
  connect(): Promise<Connection>;
}

/** One call of a verb: its operands as typed, its options checked. */
export interface Invocation<Options> {
  readonly operands: readonly string[];
  readonly options: Options;
}

/** What a verb is made of. */
export interface VerbDefinition<Options> {
  readonly name: string;
  /** Operands as commander writes them: `<file...>`, `[name]`. */
  readonly operands: readonly {
    readonly syntax: string;
    readonly help: string;
  }[];
  readonly summary: string;
  readonly description?: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly options: readonly {
    readonly flags: string;
    readonly help: string;
    readonly choices?: readonly string[];
    readonly repeatable?: boolean;
    readonly fallback?: string;
  }[];
  readonly schema: z.ZodType<Options>;
  run(context: VerbContext, invocation: Invocation<Options>): Promise<ExitCode>;
}

/** A verb with its option type closed over, ready to be added to the program. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Flags of its own, for completion. */
  readonly flags: readonly string[];
  /** Of a group: what follows its name. */
  readonly verbs?: readonly Verb[];
  addTo(
    program: Command,
    invoke: (run: (context: VerbContext) => Promise<ExitCode>) => Promise<void>,
  ): void;
}

/** Options as the verb wants them. Throws `CliFailure` with the schema's own sentences. */
function checkedOptions<Options>(
  schema: z.ZodType<Options>,
  given: unknown,
): Options {
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  throw new CliFailure(
    exitCodes.problem,
    `${checked.error.issues.map(({ message }) => message).join('. ')}.`,
  );
}

function flagNames(flags: string): string[] {
  return flags.match(/--?[a-z][a-z-]*/g) ?? [];
}

/** Makes a verb of its definition. */
export function defineVerb<Options>(definition: VerbDefinition<Options>): Verb {
  const { name, summary, description, schema } = definition;
  return {
    name,
    summary,
    flags: definition.options.flatMap(({ flags }) => flagNames(flags)),
    addTo(program, invoke) {
      const command = program
        .command(name)
        .summary(summary)
        .description(description ?? `${summary}.`);
      for (const { syntax, help } of definition.operands) {
        command.argument(syntax, help);
      }
      for (const each of definition.options) {
        const option = command.createOption(each.flags, each.help);
        if (each.choices) option.choices(each.choices);
        if (each.fallback !== undefined) option.default(each.fallback);
        if (each.repeatable) {
          option.argParser((value: string, before: readonly string[] = []) => [
            ...before,
            value,
          ]);
        }
        command.addOption(option);
      }
      command.addHelpText('after', examplesText(program, definition.examples));
      command.action(() =>
        invoke(context =>
          definition.run(context, {
            operands: command.args,
            options: checkedOptions(schema, command.opts()),
          }),
        ),
      );
    },
  };
}

/** How the program is called, also from within a group of verbs. */
function programName(command: Command): string {
  return command.parent ? programName(command.parent) : command.name();
}

function examplesText(
  program: Command,
  examples: readonly (readonly [string, string])[],
): string {
  const name = programName(program);
  const lines = examples.map(
    ([command, what]) => `  # ${what}\n  ${command.replace(/\bpaas\b/, name)}`,
  );
  return `\nExamples:\n${lines.join('\n\n')}\n`;
}

/** Verbs about one thing under its name: `paas tenant apply`. */
export function defineGroup(definition: {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly verbs: readonly Verb[];
}): Verb {
  const { name, summary, description, verbs } = definition;
  return {
    name,
    summary,
    flags: [],
    verbs,
    addTo(program, invoke) {
      const group = program
        .command(name)
        .summary(summary)
        .description(description)
        .helpCommand('help [verb]', 'explain a verb');
      verbs.forEach(verb => verb.addTo(group, invoke));
    },
  };
}
