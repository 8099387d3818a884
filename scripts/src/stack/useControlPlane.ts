import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBinaries } from '@understage/playground';
import { ControlPlane, PlaneOptions } from './controlPlane';
import { lookAtCluster, requireInstallRights } from './foreignCluster';
import { kubectlFor } from './kubectl';
import { Progress } from './progress';
import { StackSettings } from './settings';

/** The user's own cluster. Nothing is written to it here. */
export async function useControlPlane(
  settings: StackSettings & { readonly kubeconfig: string },
  progress: Progress,
  { signal }: PlaneOptions = {},
): Promise<ControlPlane> {
  const cluster = await progress.step('your cluster', () =>
    lookAtCluster(settings),
  );
  const binaries = await progress.step('kubectl and helm', () =>
    ensureBinaries({
      log: progress.note,
      only: ['kubectl', 'helm'],
      signal,
    }),
  );
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-run-'));
  const stop = async () =>
    fs.rmSync(directory, { recursive: true, force: true });
  try {
    const { kubeconfig } = settings;
    const kubectl = kubectlFor({
      kubectl: binaries.kubectl,
      kubeconfig,
      context: cluster.context,
      cacheDirectory: path.join(directory, 'kubectl'),
    });
    if (settings.install) {
      await progress.step('may you install here', () =>
        requireInstallRights(kubectl),
      );
    }
    return {
      ...cluster,
      kubeconfig,
      kubectl,
      helm: binaries.helm,
      directory,
      configFile: writeUserConfig(directory),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Without a playground there is no local chart repository: name your own in UNDERSTAGE_CONFIG. */
function writeUserConfig(directory: string): string {
  const own = process.env.UNDERSTAGE_CONFIG;
  if (own) return path.resolve(own);
  const file = path.join(directory, 'platform.yaml');
  fs.writeFileSync(file, 'paas: {}\n');
  return file;
}
