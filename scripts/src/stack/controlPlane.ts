import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  ensureBinaries,
  Playground,
  serveCharts,
  startPlayground,
} from '@understage/playground';
import { repositoryRoot } from '../boundaries/workspaces';
import { Kubectl, kubectlFor } from './kubectl';
import { Progress } from './progress';
import { StackSettings } from './settings';

/** The cluster that the rest of the stack works on, ours or the user's. */
export interface ControlPlane {
  /** Kubeconfig of whoever installs. */
  readonly kubeconfig: string;
  readonly context?: string;
  readonly kubectl: Kubectl;
  readonly helm: string;
  /** Present when the control plane is our own. */
  readonly playground?: Playground;
  /** A folder for logs and configuration of this run. */
  readonly directory: string;
  /** The platform's configuration as operator, portal and CLI read it. */
  readonly configFile: string;
  stop(): Promise<void>;
}

interface Cleanup {
  add(stop: () => Promise<void> | void): void;
  run(): Promise<void>;
}

/** Stops in the reverse order of starting, each even when another fails. */
export function createCleanup(): Cleanup {
  const stops: (() => Promise<void> | void)[] = [];
  return {
    add: stop => stops.push(stop),
    async run() {
      for (let stop = stops.pop(); stop; stop = stops.pop()) {
        try {
          await stop();
        } catch (error) {
          process.stderr.write(`stopping: ${error}\n`);
        }
      }
    },
  };
}

function newDirectory(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'understage-run-'));
}

function writeConfig(directory: string, chartsUrl: string | undefined): string {
  const file = path.join(directory, 'platform.yaml');
  const template = fs.readFileSync(
    path.join(repositoryRoot, 'examples/platform/config.yaml'),
    'utf8',
  );
  fs.writeFileSync(
    file,
    template.replaceAll('${UNDERSTAGE_CHARTS_URL}', chartsUrl ?? ''),
  );
  return file;
}

/** A control plane of our own, with a chart repository beside it. */
export async function startOwnControlPlane(
  settings: StackSettings,
  progress: Progress,
): Promise<ControlPlane> {
  const cleanup = createCleanup();
  try {
    const binaries = await progress.step('Kubernetes and Helm binaries', () =>
      ensureBinaries({ log: progress.note }),
    );
    const playground = await progress.step(
      `control plane with ${settings.nodes} simulated nodes`,
      () => startPlayground({ nodes: settings.nodes, name: 'playground' }),
    );
    cleanup.add(() => playground.stop());
    // Inside the playground's folder, which goes away with it, however it ends.
    const directory = path.join(playground.directory, 'stack');
    fs.mkdirSync(directory);
    const charts = await progress.step('chart repository', () =>
      serveCharts({
        directory: path.join(repositoryRoot, 'examples/charts'),
      }),
    );
    cleanup.add(() => charts.stop());
    return {
      kubeconfig: playground.kubeconfig,
      kubectl: (args, input) => playground.kubectl(args, input),
      helm: binaries.helm,
      playground,
      directory,
      configFile: writeConfig(directory, charts.url),
      stop: () => cleanup.run(),
    };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** The user's own cluster. Nothing is written to it here. */
export async function useControlPlane(
  settings: StackSettings & { readonly kubeconfig: string },
  progress: Progress,
): Promise<ControlPlane> {
  const binaries = await progress.step('kubectl and helm', () =>
    ensureBinaries({ log: progress.note, only: ['kubectl', 'helm'] }),
  );
  const directory = newDirectory();
  return {
    kubeconfig: settings.kubeconfig,
    context: settings.context,
    kubectl: kubectlFor({
      kubectl: binaries.kubectl,
      kubeconfig: settings.kubeconfig,
      context: settings.context,
    }),
    helm: binaries.helm,
    directory,
    configFile: writeUserConfig(directory),
    stop: async () => fs.rmSync(directory, { recursive: true, force: true }),
  };
}

/** Without a playground there is no local chart repository: name your own in UNDERSTAGE_CONFIG. */
function writeUserConfig(directory: string): string {
  const own = process.env.UNDERSTAGE_CONFIG;
  if (own) return path.resolve(own);
  const file = path.join(directory, 'platform.yaml');
  fs.writeFileSync(file, 'paas: {}\n');
  return file;
}
