import { connectCluster } from '@understage/kube';
import { applicationType } from '@understage/plugin-paas-node';
import { ControlPlane } from '../stack/controlPlane';
import { startOperatorProcess } from '../stack/operatorProcess';
import { Progress } from '../stack/progress';
import { waitFor } from '../stack/waitFor';
import { emptyControlPlane } from './controlPlanes';
import { applyAll, describeFleet, prepareNamespaces } from './fleet';

/** A cluster with many applications, all of them reconciled and ready; the operator goes on running. */
export interface Crowd {
  readonly plane: ControlPlane;
  readonly applications: number;
  readonly pods: number;
  /** Ends the operator; the answer starts one again. */
  pauseOperator(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

const REPLICAS = 10;
const PODS_A_NODE = 100;

/** 1,000 applications with 10,000 pods, or a fraction of that. */
export async function gatherCrowd(
  progress: Progress,
  scale: number,
): Promise<Crowd> {
  const applications = Math.max(10, Math.round(1000 * scale));
  const pods = applications * REPLICAS;
  const plane = await emptyControlPlane(
    Math.ceil(pods / PODS_A_NODE) + 2,
    progress,
  );
  try {
    const fleet = describeFleet({
      prefix: 'crowd',
      applications,
      namespaces: 20,
      replicas: REPLICAS,
    });
    await prepareNamespaces(plane, fleet);
    const start = () =>
      startOperatorProcess(plane, {
        onUnexpectedExit: sentence => process.stderr.write(`${sentence}\n`),
      });
    let operator = await start();
    const cluster = await connectCluster({
      name: 'bench',
      kubeconfig: plane.kubeconfig,
    });
    await progress.step(
      `${applications} applications with ${pods} pods`,
      async () => {
        await applyAll(
          cluster,
          fleet.applications.map(object => ({ object, type: applicationType })),
          8,
        );
        await waitFor(
          async () => {
            const { items } = await cluster.list(applicationType);
            const ready = items.filter(
              ({ status }) =>
                typeof status === 'object' &&
                status !== null &&
                Reflect.get(status, 'state') === 'Ready',
            ).length;
            if (ready === applications) return true;
            throw new Error(`${ready} of ${applications} are ready`);
          },
          {
            what: 'all applications to be ready',
            timeoutMs: 900_000,
            intervalMs: 1000,
          },
        );
      },
    );
    await cluster.close();
    return {
      plane,
      applications,
      pods,
      async pauseOperator() {
        await operator.process.stop();
        return async () => {
          operator = await start();
        };
      },
      async stop() {
        await operator.process.stop();
        await plane.stop();
      },
    };
  } catch (error) {
    await plane.stop();
    throw error;
  }
}
