import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BinarySource } from './toolsets';

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A program of the fitting version that is already on the machine: first in `KUBEBUILDER_ASSETS`, then on `PATH`.
 * A program of another version is passed over, not an error.
 */
export function findInstalled(
  binary: BinarySource,
  env: NodeJS.ProcessEnv,
): string | undefined {
  const folders = [
    env.KUBEBUILDER_ASSETS ?? '',
    ...(env.PATH ?? '').split(delimiter),
  ].filter(folder => folder !== '');
  return folders
    .map(folder => join(folder, binary.name))
    .find(file => {
      if (!isExecutable(file)) return false;
      const answer = spawnSync(file, binary.versionArguments, {
        encoding: 'utf8',
        timeout: 10_000,
      });
      return answer.status === 0 && binary.fits.test(answer.stdout);
    });
}
