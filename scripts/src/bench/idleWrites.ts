import { connectCluster, HttpCluster } from '@understage/kube';
import { startOperator, RunningOperator } from '@understage/operator';
import {
  platformSettings,
  readPlatformConfig,
} from '@understage/plugin-paas-common';
import { createHelmChartRenderer } from '@understage/plugin-paas-node';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import { accountKubeconfig } from '../stack/install';
import { ControlPlane } from '../stack/controlPlane';

interface Running {
  readonly operator: RunningOperator;
  readonly cluster: HttpCluster;
}

/** Reads are GET; PUT is the renewal of the lease; everything else is a write that nothing asked for. */
function writesOf(cluster: HttpCluster): number {
  return cluster.statistics
    .counts()
    .filter(({ method }) => ['PATCH', 'POST', 'DELETE'].includes(method))
    .reduce((sum, { count }) => sum + count, 0);
}

async function startHere(
  plane: ControlPlane,
  identity: string,
): Promise<Running> {
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: await accountKubeconfig(plane, 'understage-operator'),
  });
  const config = readPlatformConfig({});
  if (!config.ok) throw new Error('the empty configuration has problems');
  const operator = await startOperator({
    cluster,
    charts: createHelmChartRenderer({
      helm: plane.helm,
      repositories: {},
      cacheDirectory: plane.directory,
    }),
    platform: platformSettings(config.value),
    releaseHistory: config.value.releases.history,
    identity,
    leaderElectionNamespace: 'understage-system',
    concurrency: 8,
    http: { host: '127.0.0.1', port: 0 },
    log: () => {},
  });
  await operator.ready();
  while (!operator.isLeader())
    await new Promise(resolve => setTimeout(resolve, 50));
  return { operator, cluster };
}

async function run({
  progress,
  crowd,
}: BenchContext): Promise<readonly Measurement[]> {
  const { plane, applications, pauseOperator } = await crowd();
  const resume = await pauseOperator();
  try {
    const first = await startHere(plane, 'bench-1');
    const { restart, resync } = await progress.step(
      `restart and resync of ${applications} unchanged applications`,
      async () => {
        await first.operator.resync();
        const afterRestart = writesOf(first.cluster);
        await first.operator.resync();
        const afterResync = writesOf(first.cluster) - afterRestart;
        await first.operator.stop();
        await first.cluster.close();
        return { restart: afterRestart, resync: afterResync };
      },
    );
    return [
      {
        bench: 'idle-writes',
        value: restart + resync,
        unit: 'writes',
        goal: { atMost: 0 },
        details: { applications, restart, resync },
      },
    ];
  } finally {
    await resume();
  }
}

export const idleWritesBenchmark: Benchmark = {
  name: 'idle-writes',
  about: 'Writes during an operator restart and a resync with nothing changed',
  run,
};
