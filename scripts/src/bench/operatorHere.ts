import { connectCluster, KubeCluster } from '@understage/kube';
import { RunningOperator, startOperator } from '@understage/operator';
import {
  platformSettings,
  readPlatformConfig,
} from '@understage/plugin-paas-common';
import { createHelmChartRenderer } from '@understage/plugin-paas-node';
import { ControlPlane } from '../stack/controlPlane';
import { accountKubeconfig } from '../stack/install';
import { waitFor } from '../stack/waitFor';

interface Counting {
  /** Tenants are tried with dry runs, which change nothing; applications are not. */
  readonly dryRuns: boolean;
}

/** Counts what is really written: what is refused changes nothing, and the lease is renewed all the time. */
function countingWrites(
  cluster: KubeCluster,
  { dryRuns }: Counting,
  onWrite: () => void,
): KubeCluster {
  return {
    ...cluster,
    name: cluster.name,
    get: (...args) => cluster.get(...args),
    list: (...args) => cluster.list(...args),
    listPage: (...args) => cluster.listPage(...args),
    watch: (...args) => cluster.watch(...args),
    as: identity => cluster.as(identity),
    writer: options => {
      const inner = cluster.writer(options);
      if (options.dryRun && !dryRuns) return inner;
      const counted = async <T extends { readonly kind: string }>(
        kind: string,
        write: Promise<T>,
      ): Promise<T> => {
        const outcome = await write;
        const isWrite = ['written', 'deleted'].includes(outcome.kind);
        if (isWrite && kind !== 'Lease') onWrite();
        return outcome;
      };
      return {
        apply: (object, how) => counted(object.kind, inner.apply(object, how)),
        create: (object, how) =>
          counted(object.kind, inner.create(object, how)),
        update: (object, how) =>
          counted(object.kind, inner.update(object, how)),
        delete: (type, key, how) =>
          counted(type.kind, inner.delete(type, key, how)),
      };
    },
  };
}

async function startHere(
  plane: ControlPlane,
  cluster: KubeCluster,
  identity: string,
): Promise<RunningOperator> {
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
    concurrency: 16,
    http: { host: '127.0.0.1', port: 0 },
    log: () => {},
  });
  await operator.ready();
  await waitFor(async () => (operator.isLeader() ? true : undefined), {
    what: 'the operator to lead',
    timeoutMs: 60_000,
    intervalMs: 50,
  });
  return operator;
}

/** Writes of an operator that starts in this process and looks at everything, and of another such look. */
export async function lookTwice(
  plane: ControlPlane,
  { identity, ...counting }: Counting & { readonly identity: string },
): Promise<{ readonly restart: number; readonly resync: number }> {
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: await accountKubeconfig(plane, 'understage-operator'),
  });
  let writes = 0;
  const counted = countingWrites(cluster, counting, () => {
    writes += 1;
  });
  try {
    const operator = await startHere(plane, counted, identity);
    try {
      await operator.resync();
      const restart = writes;
      await operator.resync();
      return { restart, resync: writes - restart };
    } finally {
      await operator.stop();
    }
  } finally {
    await cluster.close();
  }
}
