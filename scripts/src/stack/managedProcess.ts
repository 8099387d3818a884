import { ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export interface ManagedProcessOptions {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder for `<name>.log`. */
  readonly logs: string;
}

/** How a process ended. */
export interface ProcessEnd {
  /** `SIGKILL`, `exit code 1`, or why it could not start. */
  readonly how: string;
  /** Whether `stop` was called before. */
  readonly asked: boolean;
}

/**
 * A process of ours: it writes to a log file, ends when asked, and ends by itself when we are gone, however we went (its
 * standard input is a pipe from us; see `diesWithParent.cjs`).
 */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: boolean;
  readonly ended: Promise<ProcessEnd>;
  lastLines(count: number): string;
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;

/** The last lines of a log file, for a person who has to find out what happened. */
export function lastLinesOf(file: string, count: number): string {
  if (!fs.existsSync(file)) return `(no log at ${file})`;
  const text = fs.readFileSync(file, 'utf8').trimEnd();
  return text.split('\n').slice(-count).join('\n');
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('error', error => resolve(`could not start: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ?? `exit code ${code}`),
    );
  });
}

/** Starts a program under our watch. */
export function startManagedProcess(
  options: ManagedProcessOptions,
): ManagedProcess {
  const logFile = path.join(options.logs, `${options.name}.log`);
  const log = fs.openSync(logFile, 'a');
  const [program, ...args] = options.command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', log, log],
    // A group of its own: Ctrl-C in the terminal reaches only us, and we end it in order.
    detached: true,
  });
  fs.closeSync(log);
  // A process that is gone closes the pipe; that is not an error of ours.
  child.stdin?.on('error', () => {});
  let asked = false;
  let exited = false;
  const ended = endOf(child).then(how => {
    exited = true;
    return { how, asked };
  });
  return {
    name: options.name,
    pid: child.pid ?? -1,
    logFile,
    get exited() {
      return exited;
    },
    ended,
    lastLines: count => lastLinesOf(logFile, count),
    async stop() {
      asked = true;
      if (exited) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
