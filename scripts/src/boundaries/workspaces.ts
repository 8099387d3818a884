import fs from 'node:fs';
import path from 'node:path';

/** One package of this repository. `directory` is relative to the root, with forward slashes. */
export interface Workspace {
  readonly name: string;
  readonly directory: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

interface PackageJson {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

// Scripts always run from the checkout, so the place of this file is known.
// eslint-disable-next-line no-restricted-syntax
export const repositoryRoot = path.resolve(__dirname, '../../..');

/** Every workspace, read from its package.json. */
export function listWorkspaces(root: string): readonly Workspace[] {
  const folders = ['packages', 'plugins'].flatMap(parent =>
    fs
      .readdirSync(path.join(root, parent))
      .map(entry => `${parent}/${entry}`)
      .filter(entry => fs.existsSync(path.join(root, entry, 'package.json'))),
  );
  return [...folders, 'scripts'].sort().map(directory => {
    const text = fs.readFileSync(
      path.join(root, directory, 'package.json'),
      'utf8',
    );
    const json: PackageJson = JSON.parse(text);
    return {
      name: json.name,
      directory,
      dependencies: Object.keys(json.dependencies ?? {}),
      devDependencies: Object.keys(json.devDependencies ?? {}),
    };
  });
}

/** TypeScript sources of a workspace, relative to the root; tests included, declarations and golden files not. */
export function listSources(
  root: string,
  workspace: Workspace,
): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['node_modules', 'dist', 'dist-types'].includes(entry.name)) {
          visit(full);
        }
      } else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) {
        found.push(path.relative(root, full).split(path.sep).join('/'));
      }
    }
  };
  visit(path.join(root, workspace.directory));
  return found.sort();
}
