import { ensureBinaries } from '@understage/playground';
import { ensureBrowser } from '../stack/browser';
import { ensureDocsBuilder } from '../stack/docsBuilder';
import { ensureFrontendBundle } from '../stack/frontendBundle';

/**
 * Makes what tests on a real control plane need: the Kubernetes and Helm binaries, a browser, the builder of
 * the documentation, the bundle of the frontend. The first time that takes many minutes, longer than any single test may wait; afterwards nothing is left to
 * do. Throws a sentence when something can not be had.
 */
export async function prepareMachine(
  logs: string,
  note: (line: string) => void,
): Promise<void> {
  await ensureBinaries({ log: note });
  ensureBrowser(note);
  await ensureDocsBuilder();
  await ensureFrontendBundle(logs);
}
