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
  /** Told when the process ends without having been asked to. */
  readonly onUnexpectedExit?: (sentence: string) => void;
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
  lastLines(count: number): string;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

const GRACE_MS = 10_000;

/** The last lines of a log file, for a person who has to find out what happened. */
export function lastLinesOf(file: string, count: number): string {
  if (!fs.existsSync(file)) return `(no log at ${file})`;
  const text = fs.readFileSync(file, 'utf8').trimEnd();
  return text.split('\n').slice(-count).join('\n');
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}

/** Starts a Node program under our watch. */
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
  });
  fs.closeSync(log);
  // A process that is gone closes the pipe; that is not an error of ours.
  child.stdin?.on('error', () => {});
  let stopping = false;
  let exited = false;
  child.once('error', error => {
    exited = true;
    options.onUnexpectedExit?.(
      `${options.name} could not start: ${error.message}`,
    );
  });
  child.once('exit', (code, signal) => {
    exited = true;
    if (!stopping) {
      options.onUnexpectedExit?.(
        `${options.name} ended unexpectedly (${
          signal ?? `exit code ${code}`
        }). Its log: ${logFile}`,
      );
    }
  });
  return {
    name: options.name,
    pid: child.pid ?? -1,
    logFile,
    get exited() {
      return exited;
    },
    lastLines: count => lastLinesOf(logFile, count),
    kill: signal => {
      stopping = signal !== 'SIGSTOP' && signal !== 'SIGCONT';
      child.kill(signal);
    },
    async stop() {
      stopping = true;
      if (exited) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await endOf(child);
      clearTimeout(force);
    },
  };
}
