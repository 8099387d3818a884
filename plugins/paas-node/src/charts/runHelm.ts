import { spawn } from 'node:child_process';

/** One run of a program. */
export interface HelmRun {
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
  /** Address space of the process; a template can ask for a list of a billion numbers. */
  readonly maxMemoryBytes: number;
  readonly signal?: AbortSignal;
}

/** How it ended. Output is cut at the cap; `ended` says which limit, if any, stopped it. */
export interface HelmResult {
  readonly ended:
    | 'exit'
    | 'timeout'
    | 'output'
    | 'signal'
    | 'aborted'
    | 'missing';
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type RunHelm = (run: HelmRun) => Promise<HelmResult>;

/**
 * Runs the helm binary. `ulimit` needs a shell, so a fixed script without any text of ours in it sets the limit and
 * hands over; program and arguments are passed as positional parameters, never as script.
 */
const limitAndExec = 'ulimit -v "$0" 2>/dev/null; exec "$@"';

const maxErrorBytes = 64 * 1024;

export function createHelmRunner(helm: string): RunHelm {
  return run =>
    new Promise(resolve => {
      const kibibytes = String(Math.floor(run.maxMemoryBytes / 1024));
      const child = spawn(
        '/bin/sh',
        ['-c', limitAndExec, kibibytes, helm, ...run.args],
        {
          env: { ...run.env },
          cwd: run.cwd,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let outBytes = 0;
      let errBytes = 0;
      let ended: HelmResult['ended'] = 'exit';
      const stop = (why: HelmResult['ended']) => {
        if (ended === 'exit') ended = why;
        child.kill('SIGKILL');
      };
      const timer = setTimeout(() => stop('timeout'), run.timeoutMs);
      const onAbort = () => stop('aborted');
      run.signal?.addEventListener('abort', onAbort, { once: true });
      child.stdout.on('data', (chunk: Buffer) => {
        outBytes += chunk.length;
        if (outBytes > run.maxOutputBytes) stop('output');
        else out.push(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        errBytes += chunk.length;
        if (errBytes <= maxErrorBytes) err.push(chunk);
      });
      const finish = (code: number | null, otherwise: HelmResult['ended']) => {
        clearTimeout(timer);
        run.signal?.removeEventListener('abort', onAbort);
        resolve({
          ended: ended === 'exit' ? otherwise : ended,
          code,
          stdout: Buffer.concat(out).toString('utf8'),
          stderr: Buffer.concat(err).toString('utf8'),
        });
      };
      child.on('error', () => finish(null, 'missing'));
      child.on('close', code => {
        // 126 and 127 are the shell's: the program can not be run or is not there.
        const missing = code === 126 || code === 127;
        if (missing) finish(code, 'missing');
        else finish(code, code === null ? 'signal' : 'exit');
      });
      if (run.signal?.aborted) onAbort();
    });
}
