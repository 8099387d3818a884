import fs from 'node:fs';
import path from 'node:path';
import {
  ensureBinaries,
  Playground,
  serveCharts,
  startPlayground,
} from '@understage/playground';
import { repositoryRoot } from '../boundaries/workspaces';
import { Kubectl } from './kubectl';
import { Progress } from './progress';
import { StackSettings } from './settings';

/** The cluster that the rest of the stack works on, ours or the user's. */
export interface ControlPlane {
  /** What the portal calls it: a DNS label. */
  readonly name: string;
  /** Kubeconfig of whoever installs. */
  readonly kubeconfig: string;
  readonly context?: string;
  readonly kubectl: Kubectl;
  readonly helm: string;
  /** False when the resource definition is not installed there. */
  readonly knowsApplications: boolean;
  /** Present when the control plane is our own. */
  readonly playground?: Playground;
  /** A folder for logs and configuration of this run. */
  readonly directory: string;
  /** The platform's configuration as operator, portal and CLI read it. */
  readonly configFile: string;
  stop(): Promise<void>;
}

/** Name of a control plane of our own. */
export const ownPlaneName = 'playground';

export interface PlaneOptions {
  /** Takes a sentence when something of it ends by itself. */
  readonly tell?: (sentence: string) => void;
  /** Calls the start off. */
  readonly signal?: AbortSignal;
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
  { nodes }: StackSettings,
  progress: Progress,
  { tell = () => {}, signal }: PlaneOptions = {},
): Promise<ControlPlane> {
  const cleanup = createCleanup();
  try {
    const binaries = await progress.step('Kubernetes and Helm binaries', () =>
      ensureBinaries({ log: progress.note, signal }),
    );
    let log = progress.note;
    const playground = await progress.step(
      `control plane with ${nodes} simulated nodes`,
      () =>
        startPlayground({
          nodes,
          name: ownPlaneName,
          log: line => log(line),
          signal,
        }),
    );
    log = tell;
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
      name: ownPlaneName,
      knowsApplications: true,
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
