import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { refuseImport, roomOf } from './importMatrix';
import { listSources, listWorkspaces, Workspace } from './workspaces';

const testFile = /(\.test\.tsx?$)|(\/testing\/)|(\/e2e\/)|(\/__)/;

function importsOf(file: string): readonly string[] {
  return ts
    .preProcessFile(fs.readFileSync(file, 'utf8'), true, true)
    .importedFiles.map(imported => imported.fileName);
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

interface Source {
  readonly file: string;
  readonly workspace: Workspace;
  readonly specifier: string;
  readonly isTest: boolean;
}

type Rule = (
  source: Source,
  byName: ReadonlyMap<string, Workspace>,
) => string | undefined;

const matrixRule: Rule = ({ workspace, specifier, isTest }, byName) => {
  const target = byName.get(packageOf(specifier));
  return target && refuseImport(workspace, target, isTest);
};

const relativeRule: Rule = ({ file, workspace, specifier }) => {
  if (!specifier.startsWith('.')) return undefined;
  const target = path.posix.normalize(
    path.posix.join(path.posix.dirname(file), specifier),
  );
  return target.startsWith(`${workspace.directory}/`)
    ? undefined
    : `reaches out of its package by a relative path: import the other package by its name.`;
};

const clientLibraryRule: Rule = ({ workspace, specifier }) =>
  packageOf(specifier) === '@kubernetes/client-node' &&
  workspace.directory !== 'packages/kube'
    ? '@kubernetes/client-node belongs to packages/kube alone (kubeconfig and credentials): use the ports of @understage/kube.'
    : undefined;

const pureDomainRule: Rule = ({ file, specifier, isTest }) => {
  if (isTest || !/plugins\/[a-z]+-common\/src\/domain\//.test(file)) {
    return undefined;
  }
  const impure =
    specifier.startsWith('node:') ||
    ['undici', '@understage/kube', 'express', 'fs', 'path', 'crypto'].includes(
      packageOf(specifier),
    );
  return impure
    ? `the domain is pure and may not import ${specifier}: observe in a shell (operator, CLI, backend) and pass the value in.`
    : undefined;
};

const isomorphicRule: Rule = ({ file, workspace, specifier, isTest }) => {
  const runsInBrowser = ['common', 'react', 'frontend'].includes(
    roomOf(workspace.directory),
  );
  return runsInBrowser &&
    !isTest &&
    !file.includes('/dev/') &&
    specifier.startsWith('node:')
    ? `runs in browsers and may not import ${specifier}: move the code to a "-node" or "-backend" package.`
    : undefined;
};

const rules: readonly Rule[] = [
  matrixRule,
  relativeRule,
  clientLibraryRule,
  pureDomainRule,
  isomorphicRule,
];

function importViolations(
  root: string,
  workspaces: readonly Workspace[],
): readonly string[] {
  const byName = new Map(workspaces.map(each => [each.name, each]));
  return workspaces.flatMap(workspace =>
    listSources(root, workspace).flatMap(file =>
      importsOf(path.join(root, file)).flatMap(specifier => {
        const source = {
          file,
          workspace,
          specifier,
          isTest: testFile.test(`/${file}`),
        };
        return rules
          .map(rule => rule(source, byName))
          .filter(sentence => sentence !== undefined)
          .map(sentence => `${file}: ${sentence}`);
      }),
    ),
  );
}

function packageViolations(
  workspaces: readonly Workspace[],
): readonly string[] {
  const byName = new Map(workspaces.map(each => [each.name, each]));
  return workspaces.flatMap(workspace => {
    const check = (names: readonly string[], inTest: boolean) =>
      names.flatMap(name => {
        const target = byName.get(name);
        const sentence = target && refuseImport(workspace, target, inTest);
        return sentence
          ? [`${workspace.directory}/package.json: ${sentence}`]
          : [];
      });
    const client =
      workspace.directory !== 'packages/kube' &&
      [...workspace.dependencies, ...workspace.devDependencies].includes(
        '@kubernetes/client-node',
      )
        ? [
            `${workspace.directory}/package.json: @kubernetes/client-node stands in packages/kube alone: use the ports of @understage/kube.`,
          ]
        : [];
    return [
      ...check(workspace.dependencies, false),
      ...check(workspace.devDependencies, true),
      ...client,
    ];
  });
}

/** Every import and every package.json line that crosses a border, each as a sentence that names the right place. */
export function findViolations(root: string): readonly string[] {
  const workspaces = listWorkspaces(root);
  return [
    ...packageViolations(workspaces),
    ...importViolations(root, workspaces),
  ];
}
