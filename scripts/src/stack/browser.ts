import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** Without these the browser keeps asking addresses that are closed. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(':');
  return folders
    .flatMap(folder => names.map(name => `${folder}/${name}`))
    .find(file => fs.existsSync(file));
}

/** A Chromium: UNDERSTAGE_BROWSER, or one on the PATH. Throws a sentence that says how to get one. */
export function findBrowser(): string {
  const named = process.env.UNDERSTAGE_BROWSER;
  if (named && !fs.existsSync(named)) {
    throw new Error(`UNDERSTAGE_BROWSER names ${named}, which does not exist.`);
  }
  const found = named ?? onPath();
  if (!found) {
    throw new Error(
      'No Chromium was found. Install the package "chromium", or set UNDERSTAGE_BROWSER to a Chromium or Chrome binary.',
    );
  }
  return found;
}

/** Installs Debian's Chromium when there is none and we may (root on Debian or Ubuntu); else `findBrowser` says what to do. */
export function ensureBrowser(note: (line: string) => void): string {
  try {
    return findBrowser();
  } catch (error) {
    if (process.env.UNDERSTAGE_BROWSER || process.getuid?.() !== 0) throw error;
    note('installing chromium with apt-get');
    const options = {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const;
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync(
      'apt-get',
      [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'fonts-liberation',
      ],
      options,
    );
    return findBrowser();
  }
}
