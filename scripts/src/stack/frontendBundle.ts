import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { takeLock } from '@understage/playground';
import { runCommand } from '../checks/runCommand';
import { repositoryRoot } from '../boundaries/workspaces';
import { waitFor } from './waitFor';

/** What the bundle is made of: a change in any of these asks for a new one. */
const sources = [
  'yarn.lock',
  'app-config.yaml',
  'packages/app',
  'plugins/paas',
  'plugins/paas-common/src',
];
const ignored = new Set(['node_modules', 'dist', 'dist-types', 'dev']);

function hashTree(hash: ReturnType<typeof createHash>, entry: string): void {
  const stat = fs.statSync(entry);
  if (stat.isDirectory()) {
    for (const child of fs.readdirSync(entry).sort()) {
      if (!ignored.has(child)) hashTree(hash, path.join(entry, child));
    }
  } else if (!/\.test\.tsx?$/.test(entry)) {
    hash
      .update(path.relative(repositoryRoot, entry))
      .update(fs.readFileSync(entry));
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const source of sources)
    hashTree(hash, path.join(repositoryRoot, source));
  return hash.digest('hex');
}

const app = path.join(repositoryRoot, 'packages/app');
const stamp = path.join(app, 'dist/.understage-sources');

const isBundled = (wanted: string) =>
  fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted;

async function bundle(
  wanted: string,
  logs: string,
  signal?: AbortSignal,
): Promise<void> {
  // Without it, what an interrupted build leaves is never taken for a whole bundle.
  fs.rmSync(stamp, { force: true });
  const { code, output } = await runCommand(
    ['yarn', 'backstage-cli', 'package', 'build'],
    {
      cwd: app,
      // Whoever asks for it, a test runner with settings of its own included: the bundle is kept for all who come after.
      env: { ...process.env, NODE_ENV: 'production' },
      logFile: path.join(logs, 'frontend-bundle.log'),
      signal,
    },
  );
  signal?.throwIfAborted();
  if (code !== 0) {
    throw new Error(
      `bundling the frontend failed (exit code ${code}):\n${output
        .split('\n')
        .slice(-30)
        .join('\n')}`,
    );
  }
  fs.writeFileSync(stamp, wanted);
}

/**
 * Bundles the portal's frontend when its sources changed; the build's log goes to the folder `logs`. Answers whether it
 * had to. One at a time in a checkout: a second start waits for the first one's bundle.
 */
export async function ensureFrontendBundle(
  logs: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const wanted = sourcesHash();
  if (isBundled(wanted)) return false;
  const lock = await waitFor(
    async () => {
      const result = takeLock(
        path.join(repositoryRoot, 'node_modules/.understage-bundle.lock'),
      );
      if (result.taken) return result;
      throw new Error(`process ${result.holder} is at it`);
    },
    {
      what: 'another process to bundle the frontend',
      timeoutMs: 600_000,
      signal,
    },
  );
  try {
    if (isBundled(wanted)) return false;
    await bundle(wanted, logs, signal);
    return true;
  } finally {
    lock.release();
  }
}
