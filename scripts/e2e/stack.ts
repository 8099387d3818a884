import { createInterface } from 'node:readline';
import { createProgress } from '../src/stack/progress';
import { startStack } from '../src/stack/startStack';
import { componentNames } from '@understage/playground';

// The stack as a process of its own, because Playwright transforms TypeScript in another way than the product does. Says where
// it is with one line of JSON, then does what it is told, a line of JSON each; ends with its standard input.

interface Command {
  readonly id: number;
  readonly do: 'kubectl' | 'kill' | 'restart';
  readonly args: readonly string[];
  readonly input?: string;
}

const answer = (value: unknown) =>
  process.stdout.write(`${JSON.stringify(value)}\n`);

async function main(): Promise<void> {
  const progress = createProgress({
    write: text => process.stderr.write(text),
    now: () => performance.now(),
  });
  const stack = await startStack({
    settings: { install: false, nodes: 6, port: 0, examples: 'all' },
    progress,
    onUnexpectedExit: sentence => process.stderr.write(`! ${sentence}\n`),
  });
  const { playground } = stack.plane;
  const run = async (command: Command): Promise<unknown> => {
    if (command.do === 'kubectl')
      return stack.plane.kubectl(command.args, command.input);
    const component = componentNames.find(name => name === command.args[0]);
    if (!component || !playground)
      throw new Error(`there is no component ${command.args[0]}`);
    return command.do === 'kill'
      ? playground.kill(component)
      : playground.restart(component);
  };
  answer({ url: stack.portal.url, kubeconfig: stack.plane.kubeconfig });
  const lines = createInterface({ input: process.stdin });
  lines.on('line', line => {
    const command: Command = JSON.parse(line);
    run(command).then(
      result => answer({ id: command.id, result: result ?? null }),
      error =>
        answer({
          id: command.id,
          error: error instanceof Error ? error.message : String(error),
        }),
    );
  });
  lines.on('close', () => {
    stack.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
