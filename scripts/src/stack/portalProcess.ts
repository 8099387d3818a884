import fs from 'node:fs';
import path from 'node:path';
import { GitServer } from '@understage/playground';
import { parse, stringify } from 'yaml';
import { repositoryRoot } from '../boundaries/workspaces';
import { ControlPlane, ownPlaneName } from './controlPlane';
import { gitIntegration, taskRecovery } from './gitServer';
import { accountKubeconfig } from './install';
import { ManagedProcess } from './managedProcess';
import { freePort } from './ports';
import { kubernetesTab } from './kubernetesTab';
import { dependentNodeCommand } from './settings';
import { startServer } from './startServer';

export interface PortalProcess {
  readonly process: ManagedProcess;
  /** Where a browser finds the portal. */
  readonly url: string;
}

/** How the portal reaches the cluster. */
export interface PortalLogin {
  readonly kubeconfig: string;
  readonly context?: string;
}

export interface PortalOptions {
  /** 0 picks a free port; a taken one is replaced by a free one. */
  readonly port: number;
  /** What the portal reads with; default its own service account. */
  readonly login?: PortalLogin;
  /** Folder of `mkdocs`, for the documentation; absent where it could not be made. */
  readonly docsBuilder?: string;
  /** Where templates publish to; absent on somebody else's cluster. */
  readonly git?: GitServer;
  /** Path of a file with configuration that comes last. */
  readonly config?: string;
  /** Takes a sentence when the portal ends by itself; it is started again, `restarts` times in a row. */
  readonly onUnexpectedExit: (sentence: string) => void;
  readonly restarts?: number;
  readonly signal?: AbortSignal;
}

/** Name that the portal gives to the control plane of our own. */
export const clusterName = ownPlaneName;

/** What is new is found within a minute or two; by default that takes ten. */
const searchSoon = {
  schedule: {
    initialDelay: { seconds: 15 },
    frequency: { minutes: 2 },
    timeout: { minutes: 2 },
  },
};

/** The environment of the portal: TechDocs' generator finds `mkdocs` on its PATH. */
function portalEnvironment({ docsBuilder }: PortalOptions): NodeJS.ProcessEnv {
  const folders = [docsBuilder, process.env.PATH].filter(Boolean);
  return {
    ...process.env,
    PATH: folders.join(path.delimiter),
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
  };
}

function writeAppConfig(
  plane: ControlPlane,
  options: {
    readonly login: PortalLogin;
    readonly port: number;
    /** Configuration of the stock Kubernetes tab. */
    readonly kubernetes?: object;
    readonly git?: GitServer;
  },
): string {
  const { login, port, kubernetes, git } = options;
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
      clusters: [{ name: plane.name, ...login }],
    },
    ...(kubernetes && { kubernetes }),
    ...(git && {
      integrations: gitIntegration(git),
      scaffolder: taskRecovery,
    }),
    techdocs: {
      publisher: {
        local: { publishDirectory: path.join(plane.directory, 'docs') },
      },
    },
    search: { collators: { catalog: searchSoon, techdocs: searchSoon } },
  };
  const file = path.join(plane.directory, 'app-config.stack.yaml');
  // Holds the credentials of the Git server.
  fs.writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}

async function startOnce(
  plane: ControlPlane,
  options: PortalOptions,
): Promise<PortalProcess> {
  const login = options.login ?? {
    kubeconfig: await accountKubeconfig(plane, 'understage-portal'),
  };
  // With the login of somebody else there need be no account of ours.
  const kubernetes = options.login ? undefined : await kubernetesTab(plane);
  const port = await freePort(options.port);
  const url = `http://localhost:${port}`;
  const kept = await startServer({
    name: 'portal',
    logs: plane.directory,
    cwd: path.join(repositoryRoot, 'packages/backend'),
    env: portalEnvironment(options),
    readyUrl: `${url}/api/paas/health`,
    timeoutMs: 120_000,
    tell: options.onUnexpectedExit,
    restarts: options.restarts,
    signal: options.signal,
    command: dependentNodeCommand(
      'packages/backend/src/index.ts',
      '--config',
      path.join(repositoryRoot, 'app-config.yaml'),
      '--config',
      writeAppConfig(plane, {
        login,
        port,
        kubernetes,
        git: options.git,
      }),
      ...(options.config ? ['--config', options.config] : []),
    ),
  });
  return { process: kept, url };
}

/**
 * Runs the portal as its own service account and waits until it answers and its cache is filled. When somebody else took
 * the port between our choice and its start (another `npm start`), it is started again on a free one.
 */
export async function startPortalProcess(
  plane: ControlPlane,
  options: PortalOptions,
): Promise<PortalProcess> {
  try {
    return await startOnce(plane, options);
  } catch (error) {
    const lost = error instanceof Error && error.message.includes('EADDRINUSE');
    if (!lost || options.signal?.aborted) throw error;
    return startOnce(plane, { ...options, port: 0 });
  }
}
