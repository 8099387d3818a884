import http from 'node:http';
import path from 'node:path';
import { componentNames } from '@understage/playground';
import { createProgress } from '../src/stack/progress';
import { Stack, startStack } from '../src/stack/startStack';

// The stack as a process of its own, because Playwright transforms TypeScript in another way than the product does, and
// starts a new worker after each failed test. Says with one line of JSON where it is, does what it is told over a socket
// (see `world.ts`), and ends with its standard input.

interface Command {
  readonly do: 'kubectl' | 'kill' | 'restart';
  readonly args: readonly string[];
  readonly input?: string;
}

async function run({ plane }: Stack, command: Command): Promise<string> {
  if (command.do === 'kubectl') {
    return plane.kubectl(command.args, command.input);
  }
  const component = componentNames.find(name => name === command.args[0]);
  if (!component || !plane.playground) {
    throw new Error(
      `there is no component "${command.args[0]}" to ${
        command.do
      }; there are: ${componentNames.join(', ')}`,
    );
  }
  await plane.playground[command.do](component);
  return '';
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers commands on a socket in the run's own folder, which only we may read. */
async function listen(stack: Stack): Promise<string> {
  const server = http.createServer((request, response) => {
    const done = (status: number, text: string) =>
      response.writeHead(status).end(text);
    readBody(request)
      .then(body => run(stack, JSON.parse(body)))
      .then(
        result => done(200, result),
        error => done(500, error instanceof Error ? error.message : `${error}`),
      );
  });
  const socket = path.join(stack.plane.directory, 'commands.sock');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  return socket;
}

async function main(): Promise<void> {
  const ended = new Promise<void>(resolve => {
    process.stdin.once('end', resolve).resume();
  });
  // Ctrl-C reaches every process of the terminal: the test runner ends us in its own time.
  process.on('SIGINT', () => {});
  const stack = await startStack({
    settings: { install: false, nodes: 6, port: 0, examples: 'all' },
    progress: createProgress({
      write: text => process.stderr.write(text),
      now: () => performance.now(),
    }),
    onUnexpectedExit: sentence => process.stderr.write(`! ${sentence}\n`),
  });
  const socket = await listen(stack);
  const { portal, git } = stack;
  const where = { url: portal.url, git: git?.url, socket };
  process.stdout.write(`${JSON.stringify(where)}\n`);
  await ended;
  await stack.stop();
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  },
);
