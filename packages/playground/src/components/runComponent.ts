import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { BootstrapClient } from '../cluster/bootstrapClient';
import { GiveUp, waitFor } from '../cluster/waitFor';
import type { Supervisor } from '../processes/supervisor';
import { commandLine, readinessUrl } from './commandLines';
import type { ComponentName, Site } from './component';
import { layout } from './layout';

const READY_TIMEOUT_MS = 90_000;
const TAIL_BYTES = 4000;

/** A component found its port taken by somebody else between our choice and its start. */
export class PortTaken extends GiveUp {}

/** The end of a log file, at most 4,000 bytes; empty when there is no such file. */
export function logTail(file: string): string {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(handle);
    const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trim();
  } finally {
    closeSync(handle);
  }
}

/** What is needed to run the components of one playground. */
export interface ComponentRun {
  readonly site: Site;
  readonly supervisor: Supervisor;
  readonly client: BootstrapClient;
  readonly binaryOf: (name: ComponentName) => string;
  readonly signal?: AbortSignal;
}

/** Why a component ended before it was ready, from the end of its log. */
function earlyEnd(name: ComponentName, log: string): GiveUp {
  const tail = logTail(log);
  const sentence = `${name} ended while it was starting. The end of its log (${log}):\n${tail}`;
  return tail.includes('address already in use')
    ? new PortTaken(sentence)
    : new GiveUp(sentence);
}

/** Starts one component and waits until it says that it is ready. Rejects with the end of its log when it dies instead. */
export async function runComponent(
  name: ComponentName,
  run: ComponentRun,
): Promise<void> {
  const { site, supervisor, client } = run;
  const log = layout(site.directory).log(name);
  const url = readinessUrl(name, site);
  const settled = new AbortController();
  const signals = [settled.signal, ...(run.signal ? [run.signal] : [])];
  // Whoever took the port may accept connections and never answer: the end of our process decides, not the question.
  let forget = () => {};
  const ended = new Promise<never>((_, reject) => {
    forget = supervisor.onExit(exit => {
      if (exit.name === name) reject(earlyEnd(name, log));
    });
  });
  async function startAndWait() {
    await supervisor.start({
      name,
      command: run.binaryOf(name),
      args: commandLine(name, site),
      log,
    });
    await waitFor(async () => (await client.get(url)).status === 200, {
      what: `${name} to be ready at ${url} (its log: ${log})`,
      timeoutMs: READY_TIMEOUT_MS,
      signal: AbortSignal.any(signals),
    });
  }
  const ready = startAndWait();
  // The one that loses the race is nobody's error any more.
  ready.catch(() => {});
  try {
    await Promise.race([ready, ended]);
  } finally {
    forget();
    settled.abort();
  }
}
