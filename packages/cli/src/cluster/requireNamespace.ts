import { KubeError } from '@understage/kube';
import { Connection } from '../CliWorld';
import { CliFailure, exitCodes } from '../exitCodes';
import { namespaces } from './resourceTypes';

/** Throws `CliFailure` when the namespace does not exist: empty and not there look the same in a list. */
export async function requireNamespace(
  { cluster, namespace, context }: Connection,
  signal: AbortSignal,
): Promise<void> {
  let found;
  try {
    found = await cluster.get(namespaces, { name: namespace }, { signal });
  } catch (error) {
    // Not everybody may look at namespaces; whoever may not is not told.
    if (error instanceof KubeError && error.status === 403) return;
    throw error;
  }
  if (found) return;
  throw new CliFailure(
    exitCodes.problem,
    `There is no namespace ${namespace} in ${context}: name another one with -n, or ask the platform team for it.`,
  );
}
