import { dirname, join } from 'node:path';

/**
 * A path inside this package, for the files that are not TypeScript: pinned Go modules, the supervisor, kwok's stages.
 * Resolved through the package's name, so it holds from source, from jest and from a bundle that keeps the package.
 */
export function packagePath(...parts: readonly string[]): string {
  return join(
    dirname(require.resolve('@understage/playground/package.json')),
    ...parts,
  );
}
