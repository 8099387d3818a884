import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The user's cache, where `npm start` keeps the helm that it built. */
export function userCache(env: Environment): string {
  return path.join(
    env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache'),
    'understage',
  );
}

function builtByStart(env: Environment): readonly string[] {
  const directory = path.join(userCache(env), 'bin');
  try {
    return readdirSync(directory)
      .filter(name => name.startsWith('helm-'))
      .map(name => path.join(directory, name, 'helm'));
  } catch {
    return [];
  }
}

/** Path of the helm binary: $UNDERSTAGE_HELM, else the first `helm` on the PATH, else the one that `npm start` built. */
export function findHelm(env: Environment): string | undefined {
  if (env.UNDERSTAGE_HELM) return env.UNDERSTAGE_HELM;
  const onPath = (env.PATH ?? '')
    .split(path.delimiter)
    .filter(directory => directory !== '')
    .map(directory => path.join(directory, 'helm'));
  return [...onPath, ...builtByStart(env)].find(isProgram);
}
