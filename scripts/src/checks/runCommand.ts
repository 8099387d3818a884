import { spawn } from 'node:child_process';
import fs from 'node:fs';

/** What became of a command: its exit code and everything it wrote. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Where the output goes as it comes, for reading along and for post-mortems. */
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
  /** Ends the program (SIGTERM). */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. Never throws for a failing program; a program that can not start is code 127. */
export function runCommand(
  command: readonly [string, ...string[]],
  options: CommandOptions,
): Promise<CommandResult> {
  const [program, ...args] = command;
  const log = fs.createWriteStream(options.logFile);
  const chunks: string[] = [];
  let pending = '';
  const take = (chunk: Buffer) => {
    const text = chunk.toString('utf8');
    chunks.push(text);
    log.write(text);
    const lines = (pending + text).split('\n');
    pending = lines.pop() ?? '';
    lines.forEach(line => options.onLine?.(line));
  };
  return new Promise(resolve => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    });
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const finish = (code: number, extra = '') => {
      log.end(() => resolve({ code, output: chunks.join('') + extra }));
    };
    child.on('error', error => finish(127, `${program}: ${error.message}`));
    child.on('close', code => finish(code ?? 1));
  });
}
