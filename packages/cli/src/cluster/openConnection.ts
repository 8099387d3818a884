import { connectCluster, KubeError } from '@understage/kube';
import { Connection, ConnectOptions } from '../CliWorld';
import { CliFailure, exitCodes } from '../exitCodes';

/** Connects as the kubeconfig says. No request is made yet. */
export async function openConnection(
  options: ConnectOptions & {
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): Promise<Connection> {
  try {
    const cluster = await connectCluster({
      name: options.context ?? 'current',
      kubeconfig: options.kubeconfig,
      context: options.context,
      userAgent: 'paas-cli',
    });
    return {
      cluster,
      namespace: cluster.context.namespace,
      context: cluster.context.name,
      logs: cluster.logs,
      serves: cluster.serves,
      close: () => cluster.close(),
    };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    throw new CliFailure(
      exitCodes.unreachable,
      `No cluster: ${error.message}.`,
      { cause: error },
    );
  }
}
