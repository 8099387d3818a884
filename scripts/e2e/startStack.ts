import { ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';

/**
 * Where the stack is, for the workers. Set before the run, to what `stack.ts` printed, it names a stack that runs
 * already: writing a test goes faster with one that stays.
 */
export const stackVariable = 'UNDERSTAGE_E2E_STACK';

function endOf(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
    child.stdin?.end();
  });
}

/** Starts the stack for all tests and gives back how to stop it; Playwright's global setup. */
export default async function startStackProcess(): Promise<
  () => Promise<void>
> {
  if (process.env[stackVariable]) return async () => {};
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
  process.env[stackVariable] = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code =>
      reject(new Error(`the stack ended with exit code ${code}`)),
    );
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  return () => endOf(child);
}
