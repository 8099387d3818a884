import { buildOwnDocs, ensureDocsBuilder } from './docsBuilder';
import { applyExamples } from './examples';
import {
  ControlPlane,
  createCleanup,
  startOwnControlPlane,
} from './controlPlane';
import { GitServer } from '@understage/playground';
import { ensureFrontendBundle } from './frontendBundle';
import { startGit } from './gitServer';
import { installAdmission, installEngineers, installPlatform } from './install';
import { OperatorProcess, startOperatorProcess } from './operatorProcess';
import {
  PortalLogin,
  PortalProcess,
  startPortalProcess,
} from './portalProcess';
import { Progress } from './progress';
import { StackSettings } from './settings';
import { applyTenants } from './tenants';
import { useControlPlane } from './useControlPlane';

/** Everything that `npm start` brings up. */
export interface Stack {
  readonly plane: ControlPlane;
  /** Absent when we look at somebody's cluster without `--install`. */
  readonly operator?: OperatorProcess;
  readonly portal: PortalProcess;
  /** Where templates publish to, beside a control plane of our own. */
  readonly git?: GitServer;
  stop(): Promise<void>;
}

export interface StartStackOptions {
  readonly settings: StackSettings;
  readonly progress: Progress;
  /** Takes a sentence when a process ends by itself. */
  readonly onUnexpectedExit: (sentence: string) => void;
  /** How often in a row operator and portal are started again when they end by themselves; default 5. */
  readonly restarts?: number;
  /** Calls the start off: what is under way ends, and nothing is left. */
  readonly signal?: AbortSignal;
}

function isForeign(
  settings: StackSettings,
): settings is StackSettings & { readonly kubeconfig: string } {
  return settings.kubeconfig !== undefined;
}

/** Without an installation there is no account of ours: the portal looks with the user's own credentials. */
function loginOf({ kubeconfig, context }: ControlPlane): PortalLogin {
  return { kubeconfig, ...(context === undefined ? {} : { context }) };
}

/** The portal runs without its documentation too: who has no Python is told what is missing. */
function makeDocsBuilder(
  progress: Progress,
  signal?: AbortSignal,
): Promise<string | undefined> {
  return progress
    .step('documentation builder', () => ensureDocsBuilder(signal))
    .catch(error => {
      progress.note(
        `The portal will have no documentation pages: ${
          error instanceof Error ? error.message : error
        }`,
      );
      return undefined;
    });
}

/** Nobody waits for it: a page builds itself too, when somebody looks at it first. Gives back how to call it off. */
function buildDocsMeanwhile(
  { url }: PortalProcess,
  progress: Progress,
): () => void {
  const building = new AbortController();
  buildOwnDocs(url, building.signal).catch(error => {
    if (!building.signal.aborted) {
      progress.note(`documentation: ${error.message}`);
    }
  });
  return () => building.abort();
}

/** Everything that a cluster has to know, and the operator over it. */
async function installAndOperate(
  plane: ControlPlane,
  {
    foreign,
    progress,
    kept,
  }: {
    readonly foreign: boolean;
    readonly progress: Progress;
    readonly kept: Parameters<typeof startOperatorProcess>[1];
  },
): Promise<OperatorProcess> {
  await progress.step('resource definitions and identities', () =>
    installPlatform(plane),
  );
  await progress.step('admission policies', () => installAdmission(plane));
  if (!foreign) await installEngineers(plane);
  return progress.step('operator', () => startOperatorProcess(plane, kept));
}

/** While the portal starts; a failure is told where it is awaited. */
function giveTenantsOut(
  plane: ControlPlane,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const given = progress.step('two example tenants, isolation verified', () =>
    applyTenants(plane, signal),
  );
  given.catch(() => {});
  return given;
}

/** Starts a control plane (or uses the given one), the operator and the portal, and applies the examples. */
export async function startStack({
  settings,
  progress,
  onUnexpectedExit,
  restarts,
  signal,
}: StartStackOptions): Promise<Stack> {
  const cleanup = createCleanup();
  const foreign = isForeign(settings);
  const kept = { onUnexpectedExit, restarts, signal };
  try {
    const plane = foreign
      ? await useControlPlane(settings, progress, { signal })
      : await startOwnControlPlane(settings, progress, {
          tell: onUnexpectedExit,
          signal,
        });
    cleanup.add(() => plane.stop());

    const bundle = progress.step('portal frontend', () =>
      ensureFrontendBundle(plane.directory, signal),
    );
    // Awaited below, where its failure is told; until then it must not count as unhandled.
    bundle.catch(() => {});

    const docs = makeDocsBuilder(progress, signal);

    const installs = !foreign || settings.install;
    const operator = installs
      ? await installAndOperate(plane, { foreign, progress, kept })
      : undefined;
    if (operator) cleanup.add(() => operator.process.stop());
    const tenants = foreign
      ? undefined
      : giveTenantsOut(plane, progress, signal);

    const git = await startGit(plane, progress);
    cleanup.add(() => git?.stop());

    await bundle;
    const docsBuilder = await docs;
    const portal = await progress.step('portal', () =>
      startPortalProcess(plane, {
        ...kept,
        port: settings.port,
        docsBuilder,
        git,
        login: installs ? undefined : loginOf(plane),
      }),
    );
    cleanup.add(() => portal.process.stop());
    if (docsBuilder) cleanup.add(buildDocsMeanwhile(portal, progress));
    if (tenants) {
      await tenants;
      await progress.step('example applications', () =>
        applyExamples(plane, settings.examples, signal),
      );
    }
    return { plane, operator, portal, git, stop: () => cleanup.run() };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}
