import { startOperator } from '@understage/operator';
import { connectCluster } from '@understage/kube';
import {
  platformSettings,
  readPlatformConfig,
} from '@understage/plugin-paas-common';
import {
  createHelmChartRenderer,
  watchedKinds,
} from '@understage/plugin-paas-node';
import { accountKubeconfig } from '../stack/install';
import { ControlPlane } from '../stack/controlPlane';
import { Benchmark, BenchContext, Measurement, percentile } from './Benchmark';
import { connectAsPortal, listBare, openCache } from './portalCache';

const ROUNDS = 5;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function startOperatorOnce(
  plane: ControlPlane,
  kubeconfig: string,
): Promise<number> {
  const cluster = await connectCluster({ name: 'bench', kubeconfig });
  const config = readPlatformConfig({});
  if (!config.ok) throw new Error('the empty configuration has problems');
  const started = performance.now();
  const operator = await startOperator({
    cluster,
    charts: createHelmChartRenderer({
      helm: plane.helm,
      repositories: {},
      cacheDirectory: plane.directory,
    }),
    platform: platformSettings(config.value),
    releaseHistory: 10,
    identity: 'bench-start',
    leaderElectionNamespace: 'understage-system',
    concurrency: 8,
    http: { host: '127.0.0.1', port: 0 },
    log: () => {},
  });
  await operator.ready();
  const seconds = (performance.now() - started) / 1000;
  await operator.stop();
  await cluster.close();
  return seconds;
}

async function run({
  progress,
  crowd,
  scale,
}: BenchContext): Promise<readonly Measurement[]> {
  const { plane, pods } = await crowd();
  const rounds = Math.max(2, Math.round(ROUNDS * Math.min(1, scale)));
  const operatorLogin = await accountKubeconfig(plane, 'understage-operator');
  const bare: number[] = [];
  const portal: number[] = [];
  const operator: number[] = [];
  await progress.step(
    `start with ${pods} pods, ${rounds} rounds, interleaved`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const cluster = await connectAsPortal(plane);
        bare.push(await timed(() => listBare(cluster, watchedKinds)));
        await cluster.close();
        const other = await connectAsPortal(plane);
        let close = async () => {};
        portal.push(
          await timed(async () => {
            const opened = await openCache(other);
            close = opened.close;
          }),
        );
        await close();
        await other.close();
        operator.push(await startOperatorOnce(plane, operatorLogin));
      }
    },
  );
  const bound = percentile(bare, 50);
  const details = { pods, bareSeconds: bound };
  return [
    {
      bench: 'start-portal-cache',
      value: percentile(portal, 50) / bound,
      unit: 'ours / bare',
      goal: { atMost: 1.5 },
      details: { ...details, seconds: percentile(portal, 50) },
    },
    {
      bench: 'start-operator',
      value: percentile(operator, 50) / bound,
      unit: 'ours / bare',
      goal: { atMost: 1.5 },
      details: { ...details, seconds: percentile(operator, 50) },
    },
  ];
}

export const startBenchmark: Benchmark = {
  name: 'start',
  about:
    'Start until the caches of operator and portal are filled, against a bare paged LIST and parse',
  run,
};
