import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hasCode } from './errorCode';
import { isSameProcessAlive, startTimeOf } from './processIdentity';

/** A lock that is ours until `release`, or the process that holds it. */
export type LockResult =
  | { readonly taken: true; readonly release: () => void }
  | { readonly taken: false; readonly holder: number };

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Publishes the lock with its content in one step: a reader never sees an empty lock. */
function publish(file: string, content: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes a stale lock away; gives it back when somebody else replaced it in between. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const found = readFileSync(aside, 'utf8');
  if (found !== stale) publish(file, found);
  rmSync(aside, { force: true });
}

/**
 * Takes a lock between processes, once, without waiting. A lock whose process is gone (also when its number was given
 * to another process since) is stale and is taken over.
 */
export function takeLock(file: string): LockResult {
  const content = `${process.pid} ${
    startTimeOf(process.pid) ?? '-'
  } ${randomUUID()}\n`;
  for (;;) {
    if (publish(file, content)) {
      return {
        taken: true,
        release: () => {
          if (readIfThere(file) === content) rmSync(file, { force: true });
        },
      };
    }
    const found = readIfThere(file);
    if (found !== undefined) {
      const [pid, started] = found.trim().split(' ');
      if (isSameProcessAlive(Number(pid), started)) {
        return { taken: false, holder: Number(pid) };
      }
      removeStale(file, found);
    }
  }
}
