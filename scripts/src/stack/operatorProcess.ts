import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { ControlPlane } from './controlPlane';
import { accountKubeconfig } from './install';
import { ManagedProcess } from './managedProcess';
import { freePort } from './ports';
import { dependentNodeCommand } from './settings';
import { startServer } from './startServer';

export interface OperatorProcess {
  readonly process: ManagedProcess;
  /** Base address of metrics and health. */
  readonly url: string;
}

/** Runs the operator as its own service account and waits until its caches are filled. */
export async function startOperatorProcess(
  plane: ControlPlane,
  options: {
    /** Takes a sentence when the operator ends by itself; it is started again, `restarts` times in a row. */
    readonly onUnexpectedExit: (sentence: string) => void;
    readonly restarts?: number;
    readonly signal?: AbortSignal;
    readonly name?: string;
    /** Applications reconciled at a time. */
    readonly concurrency?: number;
  },
): Promise<OperatorProcess> {
  const kubeconfig = await accountKubeconfig(plane, 'understage-operator');
  const port = await freePort();
  const name = options.name ?? 'operator';
  const url = `http://127.0.0.1:${port}`;
  const kept = await startServer({
    name,
    logs: plane.directory,
    cwd: repositoryRoot,
    env: process.env,
    readyUrl: `${url}/readyz`,
    timeoutMs: 60_000,
    tell: options.onUnexpectedExit,
    restarts: options.restarts,
    signal: options.signal,
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
  return { process: kept, url };
}
