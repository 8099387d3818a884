import { spawn, ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { test as base, expect } from '@playwright/test';

/** The running product, as a test may use it. */
export interface World {
  readonly url: string;
  kubectl(args: readonly string[], input?: string): Promise<string>;
  kill(component: string): Promise<void>;
  restart(component: string): Promise<void>;
}

interface Answer {
  readonly id?: number;
  readonly url?: string;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

function end(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve());
    child.stdin?.end();
  });
}

async function startWorld(): Promise<{
  world: World;
  stop: () => Promise<void>;
}> {
  const root = path.resolve(__dirname, '../..');
  const child = spawn(
    process.execPath,
    [
      '--require',
      path.join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      path.join(__dirname, 'stack.ts'),
    ],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const waiting = new Map<number, Waiting>();
  let next = 1;
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', code =>
      reject(new Error(`the stack ended with ${code}`)),
    );
    createInterface({ input: child.stdout }).on('line', line => {
      const answer: Answer = JSON.parse(line);
      if (answer.url) resolve(answer.url);
      const asked =
        answer.id === undefined ? undefined : waiting.get(answer.id);
      if (!asked || answer.id === undefined) return;
      waiting.delete(answer.id);
      if (answer.error === undefined) asked.resolve(answer.result);
      else asked.reject(new Error(answer.error));
    });
  });
  const tell = (command: {
    do: string;
    args: readonly string[];
    input?: string;
  }) =>
    new Promise<unknown>((resolve, reject) => {
      const id = next;
      next += 1;
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, ...command })}\n`);
    });
  return {
    world: {
      url,
      kubectl: async (args, input) =>
        String(await tell({ do: 'kubectl', args, input })),
      kill: async component => {
        await tell({ do: 'kill', args: [component] });
      },
      restart: async component => {
        await tell({ do: 'restart', args: [component] });
      },
    },
    stop: () => end(child),
  };
}

/** Tests share one stack: the worker starts it before its first test and stops it after its last. */
export const test = base.extend<object, { world: World }>({
  world: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const { world, stop } = await startWorld();
      await use(world);
      await stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ world }, use) => {
    await use(world.url);
  },
});

export { expect };
