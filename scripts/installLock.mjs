// One installation at a time in one checkout: two Yarns in one node_modules leave a broken one. Without dependencies, as
// bootstrap.mjs is, which uses it before anything is installed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The process that has the lock, or undefined when it was given back in the meantime. */
function holderOf(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether the lock is ours now. A link appears with its content: nobody reads an empty lock. */
function publish(draft, file) {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Waits until no other process installs into the checkout `root`, and answers how to give the lock back. The lock of a
 * process that is gone counts for nothing. Rejects when `folder` can not be written.
 */
export async function takeInstallLock({ root, folder }) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const file = path.join(folder, `install-${name}`);
  const draft = `${file}.${process.pid}`;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(draft, `${process.pid}\n`);
  let told = false;
  try {
    while (!publish(draft, file)) {
      const holder = holderOf(file);
      const isStale = holder !== undefined && !isAlive(holder);
      if (isStale) fs.rmSync(file, { force: true });
      if (isStale || holder === undefined) continue;
      if (!told) {
        process.stderr.write(
          `- process ${holder} installs into this checkout; waiting for it ...\n`,
        );
      }
      told = true;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return () => fs.rmSync(file, { force: true });
}
