import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { runCommand } from '../checks/runCommand';
import { ControlPlane } from './controlPlane';
import { nodeCommand } from './settings';

/** The two example teams, given out with the command line as a platform engineer would; done when both are Ready. */
export async function applyTenants(
  plane: ControlPlane,
  signal?: AbortSignal,
): Promise<void> {
  const { code, output } = await runCommand(
    nodeCommand(
      'packages/cli/src/main.ts',
      'tenant',
      'apply',
      '-f',
      path.join(repositoryRoot, 'examples/tenants'),
      '--wait',
      '--kubeconfig',
      plane.kubeconfig,
      ...(plane.context ? ['--context', plane.context] : []),
    ),
    {
      cwd: repositoryRoot,
      signal,
      logFile: path.join(plane.directory, 'tenants.log'),
      env: { ...process.env, UNDERSTAGE_CONFIG: plane.configFile },
    },
  );
  if (code !== 0) {
    throw new Error(
      `paas tenant apply -f examples/tenants ended with ${code}:\n${output}`,
    );
  }
}
