import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { ControlPlane } from './controlPlane';
import { accountKubeconfig } from './install';
import { ManagedProcess, startManagedProcess } from './managedProcess';
import { freePort } from './ports';
import { dependentNodeCommand } from './settings';
import { GiveUpError, waitFor } from './waitFor';

export interface OperatorProcess {
  readonly process: ManagedProcess;
  /** Base address of metrics and health. */
  readonly url: string;
}

/** Runs the operator as its own service account and waits until its caches are filled. */
export async function startOperatorProcess(
  plane: ControlPlane,
  options: {
    readonly onUnexpectedExit: (sentence: string) => void;
    readonly name?: string;
    /** Applications reconciled at a time. */
    readonly concurrency?: number;
  },
): Promise<OperatorProcess> {
  const kubeconfig = await accountKubeconfig(plane, 'understage-operator');
  const port = await freePort();
  const name = options.name ?? 'operator';
  const started = startManagedProcess({
    name,
    logs: plane.directory,
    cwd: repositoryRoot,
    env: process.env,
    onUnexpectedExit: options.onUnexpectedExit,
    command: dependentNodeCommand(
      'packages/operator/src/main.ts',
      '--kubeconfig',
      kubeconfig,
      '--config',
      plane.configFile,
      '--helm',
      plane.helm,
      '--chart-cache',
      path.join(plane.directory, 'charts'),
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--concurrency',
      String(options.concurrency ?? 8),
    ),
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await waitFor(
      async () => {
        if (started.exited) {
          throw new GiveUpError('the operator ended');
        }
        const response = await fetch(`${url}/readyz`);
        return response.ok ? true : undefined;
      },
      { what: 'the operator to be ready', timeoutMs: 60_000 },
    );
  } catch (error) {
    await started.stop();
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${started.lastLines(
        15,
      )}`,
      { cause: error },
    );
  }
  return { process: started, url };
}
