import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packagePath } from '../packageDirectory';
import { takeLock } from '../processes/processLock';
import { findInstalled } from './findInstalled';
import {
  buildArguments,
  buildEnvironment,
  goBuild,
  requireGo,
} from './goBuild';
import { binaryNames, toolsets } from './toolsets';
import type { BinaryName, BinarySource, Toolset } from './toolsets';

/** Absolute paths of programs, by name. */
export type BinaryPaths<Name extends BinaryName = BinaryName> = {
  readonly [name in Name]: string;
};

/** What to make sure of, and where to tell about it. */
export interface EnsureBinariesOptions<Name extends BinaryName = BinaryName> {
  /** Only these; all by default. */
  readonly only?: readonly Name[];
  /** Takes one line for each step that takes long. */
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
}

interface Wanted {
  readonly toolset: Toolset;
  readonly binary: BinarySource;
  /** Where it stands once built. */
  readonly file: string;
}

const PROGRESS_EVERY_MS = 10_000;

/** The user's cache of built programs, shared by checkouts: `$XDG_CACHE_HOME/understage/bin`. */
export function binaryCache(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'understage', 'bin');
}

/** A folder of the cache for each state of the pinned module and of the build's flags. */
function toolsetDirectory(toolset: Toolset, env: NodeJS.ProcessEnv): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) {
    hash.update(readFileSync(packagePath('tools', toolset.folder, file)));
  }
  hash.update(JSON.stringify([buildArguments(toolset), buildEnvironment]));
  hash.update(`${process.platform}/${process.arch}`);
  return join(
    binaryCache(env),
    `${toolset.folder}-${hash.digest('hex').slice(0, 16)}`,
  );
}

async function withLock<T>(
  file: string,
  options: EnsureBinariesOptions,
  work: () => Promise<T>,
): Promise<T> {
  let waited = 0;
  for (;;) {
    const lock = takeLock(file);
    if (lock.taken) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (waited % PROGRESS_EVERY_MS === 0) {
      options.log?.(
        `another process (${
          lock.holder
        }) builds the playground's programs; waiting for it (${
          waited / 1000
        } s)`,
      );
    }
    await delay(500, undefined, { signal: options.signal });
    waited += 500;
  }
}

async function build(
  wanted: Wanted,
  position: string,
  options: EnsureBinariesOptions,
): Promise<void> {
  const { toolset, binary, file } = wanted;
  const log = options.log ?? (() => {});
  const startedAt = performance.now();
  const elapsed = () =>
    `${Math.round((performance.now() - startedAt) / 1000)} s`;
  log(`building ${binary.name} (${position}), minutes when nothing is cached`);
  const ticker = setInterval(
    () => log(`still building ${binary.name} (${position}), ${elapsed()}`),
    PROGRESS_EVERY_MS,
  );
  // Built beside and moved into place: a file in the cache is always whole.
  const draft = `${file}.building`;
  try {
    await goBuild({
      toolset,
      binary,
      moduleDirectory: packagePath('tools', toolset.folder),
      output: draft,
      env: options.env ?? process.env,
      signal: options.signal,
    });
    renameSync(draft, file);
    log(`built ${binary.name} (${position}) in ${elapsed()}`);
  } finally {
    clearInterval(ticker);
    rmSync(draft, { force: true });
  }
}

async function buildMissing(
  missing: readonly Wanted[],
  options: EnsureBinariesOptions,
): Promise<void> {
  requireGo(options.env);
  const cache = binaryCache(options.env);
  mkdirSync(cache, { recursive: true });
  await withLock(join(cache, 'build.lock'), options, async () => {
    for (const [index, wanted] of missing.entries()) {
      // Somebody else may have built it while we waited for the lock.
      if (!existsSync(wanted.file)) {
        mkdirSync(join(wanted.file, '..'), { recursive: true });
        await build(wanted, `${index + 1} of ${missing.length}`, options);
      }
    }
  });
}

/**
 * Makes sure that the programs are there, and answers their paths: from the user's cache, else from `KUBEBUILDER_ASSETS`
 * or `PATH` when their version fits, else built with Go from the pinned modules (minutes on first use).
 * Rejects with a sentence that names the ways on when there is no Go.
 */
export async function ensureBinaries<Name extends BinaryName = BinaryName>(
  options: EnsureBinariesOptions<Name> = {},
): Promise<BinaryPaths<Name>> {
  const env = options.env ?? process.env;
  const only: readonly BinaryName[] = options.only ?? binaryNames;
  const paths = new Map<BinaryName, string>();
  const missing: Wanted[] = [];
  for (const toolset of toolsets) {
    const directory = toolsetDirectory(toolset, env);
    for (const binary of toolset.binaries.filter(b => only.includes(b.name))) {
      const file = join(directory, binary.name);
      const found = existsSync(file) ? file : findInstalled(binary, env);
      if (!found) missing.push({ toolset, binary, file });
      paths.set(binary.name, found ?? file);
    }
  }
  if (missing.length > 0) await buildMissing(missing, options);
  return Object.fromEntries(paths) as BinaryPaths<Name>;
}
