import fs from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../boundaries/workspaces';
import { ControlPlane } from './controlPlane';
import { accountKubeconfig } from './install';
import { ManagedProcess, startManagedProcess } from './managedProcess';
import { freePort } from './ports';
import { dependentNodeCommand } from './settings';
import { GiveUpError, waitFor } from './waitFor';

export interface PortalProcess {
  readonly process: ManagedProcess;
  /** Where a browser finds the portal. */
  readonly url: string;
}

export interface PortalOptions {
  /** 0 picks a free port; a taken one is replaced by a free one. */
  readonly port: number;
  /** Kubeconfig that the portal reads with; default its own service account. */
  readonly kubeconfig?: string;
  readonly onUnexpectedExit: (sentence: string) => void;
}

/** Name that the portal gives to the cluster of this stack. */
export const clusterName = 'playground';

function writeAppConfig(
  plane: ControlPlane,
  { kubeconfig, port }: { readonly kubeconfig: string; readonly port: number },
): string {
  const url = `http://localhost:${port}`;
  const platform = parse(fs.readFileSync(plane.configFile, 'utf8'));
  const config = {
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { port, host: '127.0.0.1' },
      cors: { origin: url },
      workingDirectory: plane.directory,
    },
    paas: {
      ...platform.paas,
      helm: { binary: plane.helm },
      clusters: [{ name: clusterName, kubeconfig }],
    },
  };
  const file = path.join(plane.directory, 'app-config.stack.yaml');
  fs.writeFileSync(file, stringify(config));
  return file;
}

/** Runs the portal as its own service account and waits until it answers and its cache is filled. */
export async function startPortalProcess(
  plane: ControlPlane,
  options: PortalOptions,
): Promise<PortalProcess> {
  const kubeconfig =
    options.kubeconfig ?? (await accountKubeconfig(plane, 'understage-portal'));
  const port = await freePort(options.port);
  const started = startManagedProcess({
    name: 'portal',
    logs: plane.directory,
    cwd: path.join(repositoryRoot, 'packages/backend'),
    env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'info' },
    onUnexpectedExit: options.onUnexpectedExit,
    command: dependentNodeCommand(
      'packages/backend/src/index.ts',
      '--config',
      path.join(repositoryRoot, 'app-config.yaml'),
      '--config',
      writeAppConfig(plane, { kubeconfig, port }),
    ),
  });
  const url = `http://localhost:${port}`;
  try {
    await waitFor(
      async () => {
        if (started.exited) throw new GiveUpError('the portal ended');
        const response = await fetch(`${url}/api/paas/health`);
        return response.ok ? true : undefined;
      },
      { what: 'the portal to answer', timeoutMs: 120_000 },
    );
  } catch (error) {
    await started.stop();
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${started.lastLines(
        25,
      )}`,
      { cause: error },
    );
  }
  return { process: started, url };
}
