import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Path of the helm binary: $UNDERSTAGE_HELM, else the first `helm` on the PATH, else the bare name, whose failure to
 * start the chart renderer explains.
 */
export function findHelm(
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (env.UNDERSTAGE_HELM) return env.UNDERSTAGE_HELM;
  const found = (env.PATH ?? '')
    .split(path.delimiter)
    .filter(directory => directory !== '')
    .map(directory => path.join(directory, 'helm'))
    .find(file => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  return found ?? 'helm';
}
