import {
  formatApplicationTable,
  readApplicationRows,
} from '../stack/applicationTable';
import { doorLines } from '../stack/doors';
import { createProgress } from '../stack/progress';
import { parseArguments, StackSettings } from '../stack/settings';
import { Stack, startStack } from '../stack/startStack';
import { waitFor } from '../stack/waitFor';

const write = (text: string) => process.stdout.write(text);

/** Resolves when somebody asks us to stop; whoever asks twice does not wait for the end. */
function stopRequest(): {
  readonly asked: Promise<string>;
  readonly signal: AbortSignal;
} {
  const controller = new AbortController();
  const asked = new Promise<string>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // Asked again while we stop: what is left ends by itself once we are gone.
        if (controller.signal.aborted) process.exit(130);
        resolve(signal);
        controller.abort();
      });
    }
  });
  return { asked, signal: controller.signal };
}

/** Shows the table once every application has said something, or after a while with what there is. */
async function showApplications(
  { plane, operator }: Stack,
  signal: AbortSignal,
): Promise<void> {
  if (!plane.knowsApplications && !operator) return;
  const settled = async () => {
    const rows = await readApplicationRows(plane.kubectl);
    return rows.every(row => row.state !== 'Pending') ? rows : undefined;
  };
  const rows = await waitFor(settled, {
    what: 'the applications to be reported on',
    timeoutMs: 20_000,
    signal,
  }).catch(() => readApplicationRows(plane.kubectl).catch(() => []));
  write(
    rows.length === 0
      ? '\nThere are no applications yet.\n'
      : `\n${formatApplicationTable(rows, process.stdout.columns || 120)}\n`,
  );
}

async function run(settings: StackSettings): Promise<number> {
  const { asked, signal } = stopRequest();
  const progress = createProgress({ write, now: () => performance.now() });
  const starting = startStack({
    settings,
    progress,
    onUnexpectedExit: sentence => write(`! ${sentence}\n`),
    signal,
  });
  const stack = await Promise.race([starting, asked.then(() => undefined)]);
  if (!stack) {
    write('\nstopping ...\n');
    await starting.then(late => late.stop()).catch(() => {});
    write('stopped, nothing is left running\n');
    return 130;
  }
  await showApplications(stack, signal);
  if (!signal.aborted) write(`\n${doorLines(stack, settings).join('\n')}\n`);
  await asked;
  write('\nstopping ...\n');
  await stack.stop();
  write('stopped, nothing is left running\n');
  return 0;
}

const parsed = parseArguments(process.argv.slice(2));
if (parsed.kind === 'exit') {
  (parsed.code === 0 ? process.stdout : process.stderr).write(parsed.text);
  process.exit(parsed.code);
} else {
  run(parsed.settings).then(
    code => process.exit(code),
    error => {
      const sentence = error instanceof Error ? error.message : String(error);
      process.stderr.write(`\nnpm start could not go on. ${sentence}\n`);
      process.exit(1);
    },
  );
}
