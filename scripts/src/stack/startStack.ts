import { applyExamples } from './examples';
import {
  ControlPlane,
  createCleanup,
  startOwnControlPlane,
  useControlPlane,
} from './controlPlane';
import { ensureFrontendBundle } from './frontendBundle';
import { installPlatform, installTeams } from './install';
import { OperatorProcess, startOperatorProcess } from './operatorProcess';
import { PortalProcess, startPortalProcess } from './portalProcess';
import { Progress } from './progress';
import { StackSettings } from './settings';

/** Everything that `npm start` brings up. */
export interface Stack {
  readonly plane: ControlPlane;
  /** Absent when we look at somebody's cluster without `--install`. */
  readonly operator?: OperatorProcess;
  readonly portal: PortalProcess;
  stop(): Promise<void>;
}

export interface StartStackOptions {
  readonly settings: StackSettings;
  readonly progress: Progress;
  readonly onUnexpectedExit: (sentence: string) => void;
}

function isForeign(
  settings: StackSettings,
): settings is StackSettings & { readonly kubeconfig: string } {
  return settings.kubeconfig !== undefined;
}

/** Starts a control plane (or uses the given one), the operator and the portal, and applies the examples. */
export async function startStack({
  settings,
  progress,
  onUnexpectedExit,
}: StartStackOptions): Promise<Stack> {
  const cleanup = createCleanup();
  const foreign = isForeign(settings);
  try {
    const plane = foreign
      ? await useControlPlane(settings, progress)
      : await startOwnControlPlane(settings, progress);
    cleanup.add(() => plane.stop());

    const bundle = progress.step('portal frontend', () =>
      ensureFrontendBundle(plane.directory),
    );
    // Awaited below, where its failure is told; until then it must not count as unhandled.
    bundle.catch(() => {});

    const installs = !foreign || settings.install;
    if (installs) {
      await progress.step('resource definitions and identities', () =>
        installPlatform(plane),
      );
    }
    if (!foreign) {
      await progress.step('two example teams', () => installTeams(plane));
    }
    const operator = installs
      ? await progress.step('operator', () =>
          startOperatorProcess(plane, { onUnexpectedExit }),
        )
      : undefined;
    if (operator) cleanup.add(() => operator.process.stop());

    await bundle;
    const portal = await progress.step('portal', () =>
      startPortalProcess(plane, {
        port: settings.port,
        kubeconfig: installs ? undefined : settings.kubeconfig,
        onUnexpectedExit,
      }),
    );
    cleanup.add(() => portal.process.stop());
    if (!foreign) {
      await progress.step('example applications', () =>
        applyExamples(plane, settings.examples),
      );
    }
    return { plane, operator, portal, stop: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}
