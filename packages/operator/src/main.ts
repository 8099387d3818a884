import os from 'node:os';
import path from 'node:path';
import { connectCluster } from '@understage/kube';
import { platformSettings } from '@understage/plugin-paas-common';
import { createHelmChartRenderer } from '@understage/plugin-paas-node';
import { loadPlatform, OperatorFlags, parseFlags, usage } from './settings';
import { Log, startOperator } from './startOperator';

const log: Log = (level, message, keys) => {
  process.stdout.write(
    `${JSON.stringify({
      time: new Date().toISOString(),
      level,
      message,
      ...keys,
    })}\n`,
  );
};

async function run(flags: OperatorFlags): Promise<void> {
  const config = await loadPlatform(flags.config, process.env);
  const cluster = await connectCluster({
    name: 'cluster',
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    inCluster:
      flags.kubeconfig === undefined &&
      process.env.KUBERNETES_SERVICE_HOST !== undefined,
    userAgent: 'understage-operator',
  });
  const operator = await startOperator({
    cluster,
    charts: createHelmChartRenderer({
      helm: flags.helm,
      repositories: config.chartRepositories,
      cacheDirectory: flags.chartCache,
    }),
    platform: platformSettings(config),
    releaseHistory: config.releases.history,
    identity: flags.identity ?? `${os.hostname()}-${process.pid}`,
    leaderElectionNamespace: flags.leaderElectionNamespace,
    concurrency: flags.concurrency,
    http: { host: flags.host, port: flags.port },
    processMetrics: true,
    requests: () => cluster.statistics.counts(),
    log,
  });
  log('info', 'listening', { port: operator.port });
  operator.ready().then(
    () => log('info', 'caches are filled', {}),
    () => {},
  );
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log('info', 'stopping', { signal });
    operator.stop().then(
      async () => {
        await cluster.close();
        process.exit(0);
      },
      error => {
        log('error', 'stopping failed', { error: String(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

async function main(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2), {
    temporaryDirectory: path.join(os.tmpdir(), 'understage-charts'),
  });
  if (flags === 'help') {
    process.stdout.write(usage);
    return;
  }
  await run(flags);
}

main().catch(error => {
  process.stderr.write(
    `understage-operator: ${error instanceof Error ? error.message : error}\n`,
  );
  process.exit(1);
});
