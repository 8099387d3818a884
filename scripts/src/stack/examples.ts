import fs from 'node:fs';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { runCommand } from '../checks/runCommand';
import { ControlPlane } from './controlPlane';
import { nodeCommand, seedFile, StackSettings } from './settings';

/** A file of examples and the namespace that it goes to. */
export interface Example {
  readonly file: string;
  readonly namespace: string;
}

const folder = path.join(repositoryRoot, 'examples/applications');

/** The seed's file first, then the folder of each namespace. */
export function listExamples(
  which: StackSettings['examples'],
): readonly Example[] {
  if (which === 'none') return [];
  const seed = { file: seedFile, namespace: 'shop' };
  if (which === 'seed') return [seed];
  const others = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => ({ file: path.join(folder, name), namespace: name }));
  return [seed, ...others];
}

/** Applies with the command line, as a user would. */
export async function applyExamples(
  plane: ControlPlane,
  which: StackSettings['examples'],
  signal?: AbortSignal,
): Promise<void> {
  for (const { file, namespace } of listExamples(which)) {
    const command = nodeCommand(
      'packages/cli/src/main.ts',
      'apply',
      '-f',
      file,
      '--namespace',
      namespace,
      '--kubeconfig',
      plane.kubeconfig,
      ...(plane.context ? ['--context', plane.context] : []),
    );
    const { code, output } = await runCommand(command, {
      cwd: repositoryRoot,
      signal,
      logFile: path.join(plane.directory, 'apply.log'),
      env: { ...process.env, UNDERSTAGE_CONFIG: plane.configFile },
    });
    if (code !== 0) {
      throw new Error(
        `paas apply -f ${path.relative(
          repositoryRoot,
          file,
        )} ended with ${code}:\n${output}`,
      );
    }
  }
}
