import { connectCluster, HttpCluster } from '@understage/kube';
import { ControlPlane } from '../stack/controlPlane';
import { startOperatorProcess } from '../stack/operatorProcess';
import { waitFor } from '../stack/waitFor';

/** Both sides of a comparison have so many requests under way. */
export const CONCURRENCY = 16;

export const seconds = (since: number) => (performance.now() - since) / 1000;

export async function until(
  what: string,
  reached: () => boolean,
): Promise<void> {
  await waitFor(async () => (reached() ? true : undefined), {
    what,
    timeoutMs: 600_000,
    intervalMs: 5,
  });
}

/** Runs with a connection of its own. */
export async function connected<T>(
  { kubeconfig }: ControlPlane,
  run: (cluster: HttpCluster) => Promise<T>,
): Promise<T> {
  const cluster = await connectCluster({ name: 'bench', kubeconfig });
  try {
    return await run(cluster);
  } finally {
    await cluster.close();
  }
}

/** Runs while the operator is at work. */
export async function withOperator<T>(
  plane: ControlPlane,
  run: (cluster: HttpCluster) => Promise<T>,
): Promise<T> {
  const operator = await startOperatorProcess(plane, {
    onUnexpectedExit: sentence => process.stderr.write(`${sentence}\n`),
    concurrency: CONCURRENCY,
  });
  try {
    return await connected(plane, run);
  } finally {
    await operator.process.stop();
  }
}
