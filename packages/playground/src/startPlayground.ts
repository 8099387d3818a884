import { ensureBinaries } from './binaries/ensureBinaries';
import type { BinaryPaths } from './binaries/ensureBinaries';
import type { BinaryName } from './binaries/toolsets';
import { createBootstrapClient } from './cluster/bootstrapClient';
import { runKubectl } from './cluster/kubectl';
import { prepareCluster, waitForNodes } from './cluster/prepareCluster';
import { removeHostPathVolumes } from './cluster/removeHostPathVolumes';
import { writeKwokConfiguration } from './cluster/writeKwokConfiguration';
import { componentNames } from './components/component';
import type {
  ComponentName,
  PlaygroundPorts,
  Site,
} from './components/component';
import { layout } from './components/layout';
import { PortTaken, runComponent } from './components/runComponent';
import type { ComponentRun } from './components/runComponent';
import { certificateLogin, serviceAccountLogin } from './identities/logins';
import { writeIdentities } from './identities/writeIdentities';
import type { Playground, PlaygroundOptions } from './playground';
import { choosePorts } from './processes/ports';
import { startSupervisor } from './processes/supervisor';
import { takeWorkDirectory } from './processes/workDirectory';
import type { WorkDirectory } from './processes/workDirectory';

const DEFAULT_NODES = 3;
const ATTEMPTS = 5;

async function chooseSitePorts(): Promise<PlaygroundPorts> {
  const [etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok] =
    await choosePorts(6);
  return { etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok };
}

/** One attempt, on ports chosen for it; on failure everything it started is gone. */
async function attempt(
  options: PlaygroundOptions,
  binaries: BinaryPaths,
  work: WorkDirectory,
): Promise<Playground> {
  const { nodes = DEFAULT_NODES, name = 'playground', signal } = options;
  const components = options.components ?? componentNames;
  const log = options.log ?? (() => {});
  const site: Site = { directory: work.path, ports: await chooseSitePorts() };
  const files = layout(work.path);
  const server = `https://127.0.0.1:${site.ports.apiServer}`;
  const cluster = { name, server };

  const authority = await writeIdentities(site, cluster);
  writeKwokConfiguration(work.path);
  const client = createBootstrapClient(site);
  const supervisor = await startSupervisor({
    pidDirectory: files.pids,
    removeAtEnd: work.temporary ? work.path : undefined,
  });
  const run: ComponentRun = {
    site,
    supervisor,
    client,
    binaryOf: component => binaries[component],
    signal,
  };

  let stopped: Promise<void> | undefined;
  async function stopOnce() {
    await removeHostPathVolumes(client, server);
    await supervisor.stop();
    await client.close();
  }
  function stop() {
    stopped ??= stopOnce();
    return stopped;
  }

  try {
    for (const component of ['etcd', 'kube-apiserver'] as const) {
      await runComponent(component, run);
    }
    log(`API server ready at ${server}`);
    const simulates = components.includes('kwok');
    await prepareCluster(client, simulates ? nodes : 0);
    await Promise.all(
      components
        .filter(component => !['etcd', 'kube-apiserver'].includes(component))
        .map(component => runComponent(component, run)),
    );
    if (simulates && components.includes('kube-controller-manager')) {
      await waitForNodes(client, { server, count: nodes, signal });
      log(`${nodes} simulated nodes ready`);
    }
  } catch (error) {
    await stop();
    throw error;
  }

  const logins = { directory: work.path, cluster, authority, client };
  const admin = {
    binary: binaries.kubectl,
    kubeconfig: files.kubeconfig('admin'),
    cacheDirectory: files.clientCache,
  };
  return {
    name,
    kubeconfig: admin.kubeconfig,
    server,
    directory: work.path,
    logs: files.logs,
    ports: site.ports,
    pids: () => ({
      supervisor: supervisor.pid,
      ...Object.fromEntries(
        componentNames.flatMap(component => {
          const pid = supervisor.pidOf(component);
          return pid === undefined ? [] : [[component, pid]];
        }),
      ),
    }),
    addUser: user => certificateLogin(logins, user),
    serviceAccountKubeconfig: account => serviceAccountLogin(logins, account),
    kubectl: (args, stdin) => runKubectl(admin, args, stdin),
    kill: component => supervisor.end(component, 'SIGKILL'),
    async restart(component) {
      await supervisor.end(component, 'SIGTERM');
      await runComponent(component, run);
    },
    async stop() {
      await stop();
      work.release();
    },
  };
}

/** One attempt in a folder taken for it; the supervisor of a failed one has removed its temporary folder. */
async function attemptInDirectory(
  options: PlaygroundOptions,
  binaries: BinaryPaths,
): Promise<Playground> {
  const work = takeWorkDirectory(options.directory);
  try {
    return await attempt(options, binaries, work);
  } catch (error) {
    work.release();
    throw error;
  }
}

function binariesFor(components: readonly ComponentName[]): BinaryName[] {
  return [
    ...new Set<BinaryName>([
      'etcd',
      'kube-apiserver',
      'kubectl',
      ...components,
    ]),
  ];
}

/**
 * Starts a real control plane on this machine: etcd, API server, controller manager, scheduler, and kwok with simulated
 * nodes, on free ports of 127.0.0.1, with certificates of its own. Resolves when the API server and all nodes are ready.
 * Whatever was started is gone when it rejects, when `stop` resolves, and when this process dies.
 */
export async function startPlayground(
  options: PlaygroundOptions = {},
): Promise<Playground> {
  const components = options.components ?? componentNames;
  const binaries = (await ensureBinaries({
    only: binariesFor(components),
    log: options.log,
    signal: options.signal,
  })) as BinaryPaths;
  for (let left = ATTEMPTS - 1; ; left--) {
    try {
      return await attemptInDirectory(options, binaries);
    } catch (error) {
      if (!(error instanceof PortTaken) || left === 0) throw error;
      options.log?.(
        'a port was taken in the meantime; starting again with others',
      );
    }
  }
}
