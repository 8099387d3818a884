import { Command, CommanderError, Option } from 'commander';
import { KubeError } from '@understage/kube';
import packageJson from '../package.json';
import { checkedName } from './cluster/checkedName';
import { CliWorld, Connection } from './CliWorld';
import { isUnknownResource, NOT_INSTALLED } from './cluster/notInstalled';
import {
  CliFailure,
  ExitCode,
  exitCodeMeanings,
  exitCodes,
  Interrupted,
} from './exitCodes';
import { Output, Printer, wantsColor } from './output/Printer';
import { globalOptionsSchema, VerbContext } from './Verb';
import { verbs } from './verbs';

const description = `Understage from the terminal: what an Application file means, what it would change, and how it runs.

A FILE is a path, a directory, or - for standard input; a NAME is an application in the cluster.`;

function exitCodeText(): string {
  const lines = Object.entries(exitCodeMeanings).map(
    ([code, meaning]) => `  ${code.padEnd(3)}  ${meaning}`,
  );
  return `\nExit codes:\n${lines.join('\n')}\n`;
}

interface Printers {
  readonly out: Printer;
  readonly err: Printer;
}

/** Gives a verb its cluster, and the connections back when it is done: an open one would keep the process alive. */
async function withConnections(
  world: CliWorld,
  run: (connect: CliWorld['connect']) => Promise<ExitCode>,
): Promise<ExitCode> {
  const opened: Connection[] = [];
  try {
    return await run(async options => {
      const connection = await world.connect(options);
      opened.push(connection);
      return connection;
    });
  } finally {
    await Promise.all(opened.map(connection => connection.close()));
  }
}

function createProgram(world: CliWorld, printers: Printers): Command {
  const program = new Command(world.program)
    .description(description)
    .option('-n, --namespace <name>', "namespace; default the context's")
    .option('--context <name>', 'context of the kubeconfig')
    .option(
      '--kubeconfig <file>',
      'kubeconfig; default $KUBECONFIG, ~/.kube/config',
    )
    .option(
      '--config <file>',
      "the platform's settings; default $UNDERSTAGE_CONFIG",
    )
    .addOption(
      new Option('--color <when>', 'when to colour')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpCommand('help [verb]', 'explain a verb')
    .addHelpText('after', exitCodeText())
    .exitOverride()
    .configureOutput({
      writeOut: text => printers.out.document(text.replace(/\n$/, '')),
      writeErr: text => printers.err.block(text),
      getOutHelpWidth: () => Math.min(world.stdout.columns ?? 100, 120),
      getErrHelpWidth: () => Math.min(world.stderr.columns ?? 100, 120),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError(`Try ${world.program} --help.`);
  return program;
}

/** What a failure that no verb foresaw means for the caller. */
function failureOf(error: unknown, program: string): CliFailure {
  if (error instanceof CliFailure) return error;
  if (error instanceof KubeError) {
    const { status } = error;
    if (isUnknownResource(error.message)) {
      return new CliFailure(
        exitCodes.problem,
        `${NOT_INSTALLED} (${error.message})`,
        { cause: error },
      );
    }
    if (status === 401 || status === 403) {
      return new CliFailure(exitCodes.refused, error.message, { cause: error });
    }
    return status === undefined || status >= 500 || status === 429
      ? new CliFailure(
          exitCodes.unreachable,
          `${error.message}. Is the cluster up, and does the kubeconfig name the right one? ${program} doctor looks.`,
          { cause: error },
        )
      : new CliFailure(exitCodes.problem, error.message, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CliFailure(
    exitCodes.problem,
    `This should not have happened: ${message}. Please report it; UNDERSTAGE_DEBUG=1 shows where.`,
    { cause: error },
  );
}

function printCauses(error: unknown, err: Printer): void {
  for (
    let cause: unknown = error;
    cause instanceof Error;
    cause = cause.cause
  ) {
    err.block(cause.stack ?? cause.message, () => 'quiet');
  }
}

/**
 * Runs the CLI once and answers its exit code. Never throws and never ends the process, so that tests call it as the
 * launcher does.
 */
export async function runCli(
  args: readonly string[],
  world: CliWorld,
): Promise<ExitCode> {
  const plain = { color: false };
  const printers = {
    out: new Printer(world.stdout, plain),
    err: new Printer(world.stderr, plain),
  };
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram(world, printers);
  const invoke = async (
    run: (context: VerbContext) => Promise<ExitCode>,
  ): Promise<void> => {
    const global = globalOptionsSchema.parse(program.opts());
    const printer = (output: Output) =>
      new Printer(output, {
        color: wantsColor(global.color, output, world.env),
      });
    printers.out = printer(world.stdout);
    printers.err = printer(world.stderr);
    exitCode = await withConnections(world, connect =>
      run({
        world,
        ...printers,
        global,
        connect: async () => {
          // Before anything is asked: `Shop` would only look like an empty namespace.
          const named =
            global.namespace === undefined
              ? {}
              : { namespace: checkedName(global.namespace, '--namespace') };
          return { ...(await connect(global)), ...named };
        },
      }),
    );
  };
  verbs.forEach(verb => verb.addTo(program, invoke));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.problem;
    }
    const { aborted, reason } = world.signal;
    if (aborted) {
      return reason instanceof Interrupted
        ? exitCodes.interrupted
        : exitCodes.done;
    }
    const failure = failureOf(error, world.program);
    printers.err.line({ text: 'error: ', tone: 'bad' }, failure.message);
    if ((world.env.UNDERSTAGE_DEBUG ?? '') !== '')
      printCauses(error, printers.err);
    return failure.exitCode;
  }
}
