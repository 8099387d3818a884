import {
  formatApplicationTable,
  readApplicationRows,
} from '../stack/applicationTable';
import { createProgress, StepError } from '../stack/progress';
import { parseArguments, StackSettings } from '../stack/settings';
import { Stack, startStack } from '../stack/startStack';
import { waitFor } from '../stack/waitFor';

const write = (text: string) => process.stdout.write(text);

/** Resolves when somebody asks us to stop. */
function stopRequest(): {
  readonly asked: Promise<string>;
  readonly signal: AbortSignal;
} {
  const controller = new AbortController();
  const asked = new Promise<string>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        controller.abort();
        resolve(signal);
      });
    }
  });
  return { asked, signal: controller.signal };
}

/** Shows the table once every application has said something, or after a while with what there is. */
async function showApplications(
  { plane }: Stack,
  signal: AbortSignal,
): Promise<void> {
  const settled = async () => {
    const rows = await readApplicationRows(plane.kubectl);
    return rows.every(row => row.state !== 'Pending') ? rows : undefined;
  };
  const rows = await waitFor(settled, {
    what: 'the applications to be reported on',
    timeoutMs: 20_000,
    signal,
  }).catch(() => readApplicationRows(plane.kubectl).catch(() => []));
  write(`\n${formatApplicationTable(rows, process.stdout.columns ?? 120)}\n`);
}

function showDoors(
  { plane, portal, operator }: Stack,
  settings: StackSettings,
): void {
  const context = plane.context ? ` --context ${plane.context}` : '';
  write(
    [
      '',
      `Portal      ${portal.url}`,
      `Cluster     export KUBECONFIG=${plane.kubeconfig} UNDERSTAGE_CONFIG=${plane.configFile}`,
      `            npm run paas -- status user-service -n shop${context}`,
      `Logs        ${plane.directory}`,
      operator
        ? `Metrics     ${operator.url}/metrics`
        : 'Operator    not running: nothing in this cluster is changed. Run again with --install to install it.',
      settings.kubeconfig
        ? ''
        : 'Nodes       simulated by kwok: pods report that they run, nothing runs in them.',
      '',
      'Ctrl-C stops everything.',
      '',
    ]
      .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
      .join('\n'),
  );
}

async function run(settings: StackSettings): Promise<number> {
  const { asked, signal } = stopRequest();
  const progress = createProgress({ write, now: () => performance.now() });
  const starting = startStack({
    settings,
    progress,
    onUnexpectedExit: sentence => write(`\n! ${sentence}\n`),
  });
  const stack = await Promise.race([starting, asked.then(() => undefined)]);
  if (!stack) {
    write('\nstopping ...\n');
    await starting.then(late => late.stop()).catch(() => {});
    return 130;
  }
  await showApplications(stack, signal);
  if (!signal.aborted) showDoors(stack, settings);
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
      const sentence =
        error instanceof StepError || error instanceof Error
          ? error.message
          : String(error);
      process.stderr.write(`\nnpm start could not go on. ${sentence}\n`);
      process.exit(1);
    },
  );
}
