import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { takeLock } from '@understage/playground';
import { repositoryRoot } from '../boundaries/workspaces';
import { runCommand } from '../checks/runCommand';
import { signIn } from './portalApi';
import { waitFor } from './waitFor';

const requirements = path.join(
  repositoryRoot,
  'scripts/techdocs/requirements.txt',
);

const cache = () =>
  path.join(
    process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
    'understage',
    'techdocs',
  );

/** A folder for each state of the requirements. */
function environmentFolder(): string {
  const hash = createHash('sha256').update(fs.readFileSync(requirements));
  return path.join(cache(), hash.digest('hex').slice(0, 16));
}

// Written last: what an interrupted installation leaves is never taken for a whole one.
const stampOf = (folder: string) => path.join(folder, '.complete');

async function install(folder: string, signal?: AbortSignal): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
  const steps: [string, ...string[]][] = [
    ['python3', '-m', 'venv', folder],
    [
      path.join(folder, 'bin/pip'),
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--requirement',
      requirements,
    ],
  ];
  for (const command of steps) {
    const { code, output } = await runCommand(command, {
      cwd: os.tmpdir(),
      logFile: path.join(cache(), 'install.log'),
      signal,
    });
    signal?.throwIfAborted();
    if (code !== 0) {
      const tail = output.trim().split('\n').slice(-8).join('\n');
      throw new Error(
        `Making the documentation's builder failed at \`${command.join(
          ' ',
        )}\` (exit code ${code}). It takes Python 3 with venv (Debian: apt-get install python3-venv) and a Python package index that answers.\n${tail}`,
      );
    }
  }
  fs.writeFileSync(stampOf(folder), '');
}

/**
 * The folder with `mkdocs` in it, which TechDocs' local generator runs: a virtual environment in the user's cache, made
 * from pinned requirements when it is not there yet. Throws a sentence when it can not be made.
 */
export async function ensureDocsBuilder(signal?: AbortSignal): Promise<string> {
  const folder = environmentFolder();
  const programs = path.join(folder, 'bin');
  if (fs.existsSync(stampOf(folder))) return programs;
  fs.mkdirSync(cache(), { recursive: true });
  const lock = await waitFor(
    async () => {
      const result = takeLock(`${folder}.lock`);
      if (result.taken) return result;
      throw new Error(`process ${result.holder} is at it`);
    },
    {
      what: "another process to make the documentation's builder",
      timeoutMs: 600_000,
      signal,
    },
  );
  try {
    if (!fs.existsSync(stampOf(folder))) await install(folder, signal);
    return programs;
  } finally {
    lock.release();
  }
}

/** The entity whose documentation this repository is (catalog-info.yaml). */
const ownDocs = '/api/techdocs/sync/default/system/understage';

/**
 * Has the portal build its own documentation, so that search finds it before anybody has looked at it. Resolves when it
 * is built.
 */
export async function buildOwnDocs(
  portal: string,
  signal?: AbortSignal,
): Promise<void> {
  const { token } = await signIn(portal);
  await waitFor(
    async () => {
      const response = await fetch(`${portal}${ownDocs}`, {
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'text/event-stream',
        },
        signal,
      });
      const text = await response.text();
      if (text.includes('event: finish')) return true;
      throw new Error(`HTTP ${response.status} ${text.slice(-300)}`);
    },
    {
      what: 'the portal to build its documentation',
      timeoutMs: 60_000,
      intervalMs: 1_000,
      signal,
    },
  );
}
