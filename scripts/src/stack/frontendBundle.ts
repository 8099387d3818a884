import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runCommand } from '../checks/runCommand';
import { repositoryRoot } from '../boundaries/workspaces';

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

/** Bundles the portal's frontend when its sources changed. Answers whether it had to. */
export async function ensureFrontendBundle(
  logs: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const app = path.join(repositoryRoot, 'packages/app');
  const stamp = path.join(app, 'dist/.understage-sources');
  const wanted = sourcesHash();
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) {
    return false;
  }
  const logFile = path.join(logs, 'frontend-bundle.log');
  const { code, output } = await runCommand(
    ['yarn', 'backstage-cli', 'package', 'build'],
    { cwd: app, logFile, signal },
  );
  if (code !== 0) {
    throw new Error(
      `bundling the frontend failed (exit code ${code}):\n${output
        .split('\n')
        .slice(-30)
        .join('\n')}`,
    );
  }
  fs.writeFileSync(stamp, wanted);
  return true;
}
