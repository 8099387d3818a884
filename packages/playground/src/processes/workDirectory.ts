import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { layout, ownedFolders } from '../components/layout';
import { isAlive } from './processIdentity';
import { takeLock } from './processLock';

/** A playground's folder, ours alone until `release`. */
export interface WorkDirectory {
  readonly path: string;
  /** Whether it was made for this start, and goes away with it. */
  readonly temporary: boolean;
  /** Gives the folder back; removes what a playground puts there, except its logs. */
  release(): void;
}

function readPid(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return NaN;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Ends what an earlier playground of this folder left running. Normally nothing: its supervisor sees to that. A process
 * counts as left over only when its command line names the folder, so a reused number hits nobody else.
 */
function endLeftovers(directory: string): void {
  const { pids } = layout(directory);
  let names: string[];
  try {
    names = readdirSync(pids);
  } catch {
    return;
  }
  for (const name of names.filter(file => file.endsWith('.pid'))) {
    const pid = readPid(join(pids, name));
    if (isAlive(pid) && commandOf(pid).includes(directory)) {
      process.kill(pid, 'SIGKILL');
    }
  }
}

function removeOwned(directory: string, keep: readonly string[] = []): void {
  for (const folder of ownedFolders.filter(name => !keep.includes(name))) {
    rmSync(join(directory, folder), { recursive: true, force: true });
  }
}

/**
 * Takes the named folder (made when missing), or a new temporary one. Refuses when a living playground has it; cleans up
 * after a dead one. Nothing that a playground did not put there is touched.
 */
export function takeWorkDirectory(named?: string): WorkDirectory {
  const path = named
    ? resolve(named)
    : mkdtempSync(join(tmpdir(), 'understage-playground-'));
  mkdirSync(path, { recursive: true });
  const lock = takeLock(layout(path).lock);
  if (!lock.taken) {
    throw new Error(
      `A playground already runs in ${path}: process ${lock.holder}. Stop it (Ctrl-C in its terminal, or kill ${lock.holder}), or start this one in another folder.`,
    );
  }
  endLeftovers(path);
  removeOwned(path);
  const files = layout(path);
  for (const folder of [files.logs, files.pids]) {
    mkdirSync(folder, { recursive: true });
  }
  return {
    path,
    temporary: named === undefined,
    release() {
      if (named === undefined) {
        rmSync(path, { recursive: true, force: true });
        return;
      }
      removeOwned(path, ['logs']);
      lock.release();
    },
  };
}
