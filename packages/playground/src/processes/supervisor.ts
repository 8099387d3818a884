import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { packagePath } from '../packageDirectory';

/** One program to run. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The file that takes its output; appended to. */
  readonly log: string;
}

/** How a process ended. */
export interface ProcessExit {
  readonly name: string;
  readonly pid: number;
  readonly code: number | null;
  readonly signal: string | null;
}

/** The processes of one playground; they never outlive the process that asked for them. */
export interface Supervisor {
  readonly pid: number;
  /** Starts a process and answers its number. Rejects when the program can not be started. */
  start(spec: ProcessSpec): Promise<number>;
  /** Sends a signal to a process by name and waits until the process is gone. One that is still there after 3 s is killed. */
  end(name: string, signal: NodeJS.Signals): Promise<void>;
  /** Called for every process that ends, asked for or not. Answers how to unsubscribe. */
  onExit(listener: (exit: ProcessExit) => void): () => void;
  /** The number of a running process. */
  pidOf(name: string): number | undefined;
  /** Ends every process, and the supervisor. */
  stop(): Promise<void>;
}

interface Reply {
  readonly id?: number;
  readonly pid?: number;
  readonly error?: string;
  readonly exited?: string;
  readonly code?: number | null;
  readonly signal?: string | null;
}

/** Where the supervisor keeps its pid files, and what it removes when all is over. */
export interface SupervisorOptions {
  readonly pidDirectory: string;
  /** The file for what the supervisor itself has to complain about. */
  readonly log: string;
  readonly removeAtEnd?: string;
}

const PATIENCE_MS = 3_000;

/** Starts a supervisor process (see supervisor/supervise.mjs for the protocol and the reason). */
export async function startSupervisor(
  options: SupervisorOptions,
): Promise<Supervisor> {
  const complaints = openSync(options.log, 'a');
  const child = spawn(
    process.execPath,
    [
      packagePath('supervisor', 'supervise.mjs'),
      options.pidDirectory,
      ...(options.removeAtEnd ? [options.removeAtEnd] : []),
    ],
    {
      // A session of its own: Ctrl-C in the terminal reaches only us, and we end it in order.
      detached: true,
      stdio: ['pipe', 'pipe', complaints],
      cwd: '/',
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  closeSync(complaints);
  const gone = once(child, 'exit');
  await once(child, 'spawn');
  const { stdin, stdout } = child;
  if (!stdin || !stdout) {
    throw new Error(
      'The supervisor of the playground was started without pipes.',
    );
  }
  // Writing to a supervisor that is gone is answered by its exit, not by a stream error.
  stdin.on('error', () => {});

  const running = new Map<string, number>();
  const waiting = new Map<
    number,
    { resolve: (reply: Reply) => void; reject: (error: Error) => void }
  >();
  const listeners = new Set<(exit: ProcessExit) => void>();
  let lastId = 0;

  function exited(name: string, reply: Reply) {
    if (running.get(name) === reply.pid) running.delete(name);
    const exit = {
      name,
      pid: reply.pid ?? 0,
      code: reply.code ?? null,
      signal: reply.signal ?? null,
    };
    for (const listener of [...listeners]) listener(exit);
  }

  createInterface({ input: stdout }).on('line', line => {
    const reply: Reply = JSON.parse(line);
    if (reply.exited !== undefined) exited(reply.exited, reply);
    if (reply.id === undefined) return;
    const request = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.error === undefined) request?.resolve(reply);
    else request?.reject(new Error(reply.error));
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) {
      reject(
        new Error(
          `The playground's supervisor is gone (exit code ${code}, signal ${signal}), and with it the playground's processes.`,
        ),
      );
    }
    waiting.clear();
    for (const [name, pid] of running) exited(name, { pid, signal: 'SIGKILL' });
  });

  const ask = (request: object): Promise<Reply> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      stdin.write(`${JSON.stringify({ id, ...request })}\n`);
      if (child.exitCode !== null || child.signalCode !== null) {
        waiting.delete(id);
        reject(new Error('The playground is stopped.'));
      }
    });
  };

  function onExit(listener: (exit: ProcessExit) => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  return {
    pid: child.pid ?? 0,
    onExit,
    pidOf: name => running.get(name),
    async start(spec) {
      if (running.has(spec.name)) {
        throw new Error(
          `${spec.name} is already running as process ${running.get(
            spec.name,
          )}.`,
        );
      }
      const { pid = 0 } = await ask({ verb: 'start', ...spec });
      running.set(spec.name, pid);
      return pid;
    },
    async end(name, signal) {
      const pid = running.get(name);
      if (pid === undefined) return;
      const ended = new Promise<void>(resolve => {
        const forget = onExit(exit => {
          if (exit.name !== name || exit.pid !== pid) return;
          forget();
          resolve();
        });
      });
      const patience = setTimeout(() => {
        ask({ verb: 'signal', name, signal: 'SIGKILL' }).catch(() => {});
      }, PATIENCE_MS);
      try {
        await ask({ verb: 'signal', name, signal });
        await ended;
      } finally {
        clearTimeout(patience);
      }
    },
    async stop() {
      stdin.end();
      await gone;
    },
  };
}
