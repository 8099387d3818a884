import { spawn } from 'node:child_process';

/** Runs kubectl and answers what it printed; rejects with what it complained about. */
export type Kubectl = (
  args: readonly string[],
  input?: string,
) => Promise<string>;

/** kubectl against one kubeconfig. */
export function kubectlFor(options: {
  readonly kubectl: string;
  readonly kubeconfig: string;
  readonly context?: string;
  /** Discovery is cached by address; a folder of this run forgets with it, and works where the home is read-only. */
  readonly cacheDirectory: string;
}): Kubectl {
  const cluster = [
    '--kubeconfig',
    options.kubeconfig,
    '--cache-dir',
    options.cacheDirectory,
    ...(options.context ? ['--context', options.context] : []),
  ];
  return (args, input) =>
    new Promise((resolve, reject) => {
      const child = spawn(options.kubectl, [...cluster, ...args], {
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      let output = '';
      let complaint = '';
      child.stdout.on('data', chunk => {
        output += chunk;
      });
      child.stderr.on('data', chunk => {
        complaint += chunk;
      });
      child.on('error', reject);
      child.on('close', code => {
        if (code === 0) resolve(output);
        else
          reject(
            new Error(
              `kubectl ${args.join(
                ' ',
              )} failed (exit code ${code}): ${complaint.trim()}`,
            ),
          );
      });
      child.stdin.on('error', () => {});
      child.stdin.end(input ?? '');
    });
}
