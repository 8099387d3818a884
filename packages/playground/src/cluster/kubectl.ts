import { spawn } from 'node:child_process';

/** A kubectl of a playground. */
export interface KubectlOptions {
  readonly binary: string;
  readonly kubeconfig: string;
  /** Discovery is cached by address, and playgrounds reuse addresses: each has a cache of its own. */
  readonly cacheDirectory: string;
}

/** Runs kubectl and answers its standard output; rejects with its error output. */
export function runKubectl(
  options: KubectlOptions,
  args: readonly string[],
  stdin?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      options.binary,
      [
        `--kubeconfig=${options.kubeconfig}`,
        `--cache-dir=${options.cacheDirectory}`,
        ...args,
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => err.push(chunk));
    // A kubectl that ends before it has read everything says why on its error output.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin ?? '');
    child.once('error', reject);
    child.once('close', code => {
      if (code === 0) {
        resolve(Buffer.concat(out).toString('utf8'));
        return;
      }
      const text = Buffer.concat(err).toString('utf8').trim();
      reject(
        new Error(
          `kubectl ${args.join(' ')} failed (exit code ${code}): ${text}`,
        ),
      );
    });
  });
}
