import { ensureBinaries } from './binaries/ensureBinaries';
import type { BinaryPaths } from './binaries/ensureBinaries';
import { createBootstrapClient } from './cluster/bootstrapClient';
import { prepareCluster, waitForNodes } from './cluster/prepareCluster';
import { startSimulatedLog } from './cluster/simulatedLog';
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
import { writeIdentities } from './identities/writeIdentities';
import type { Playground, PlaygroundOptions } from './playground';
import { choosePorts } from './processes/ports';
import { startSupervisor } from './processes/supervisor';
import { takeWorkDirectory } from './processes/workDirectory';
import { runningPlayground } from './runningPlayground';

const DEFAULT_NODES = 3;
const ATTEMPTS = 5;

type PlaygroundBinaries = BinaryPaths<ComponentName | 'kubectl'>;

/** Without these there is no cluster; the others come when asked for, side by side. */
const FOUNDATION = ['etcd', 'kube-apiserver'] as const;

/** Options with every default filled in. */
interface Plan {
  readonly nodes: number;
  readonly name: string;
  /** What runs on top of the foundation. */
  readonly components: readonly ComponentName[];
  readonly directory?: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

function planFor(options: PlaygroundOptions): Plan {
  const wanted = options.components ?? componentNames;
  return {
    nodes: wanted.includes('kwok') ? options.nodes ?? DEFAULT_NODES : 0,
    name: options.name ?? 'playground',
    components: componentNames.filter(
      name => wanted.includes(name) && !FOUNDATION.some(f => f === name),
    ),
    directory: options.directory,
    log: options.log ?? (() => {}),
    signal: options.signal,
  };
}

async function chooseSitePorts(): Promise<PlaygroundPorts> {
  const [etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok] =
    await choosePorts(6);
  return { etcd, etcdPeer, apiServer, controllerManager, scheduler, kwok };
}

/** The machine's timer; it does not keep the process alive. */
function every(milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

async function bringUp(plan: Plan, run: ComponentRun, server: string) {
  for (const component of FOUNDATION) await runComponent(component, run);
  plan.log(`API server ready at ${server}`);
  await prepareCluster(run.client, plan.nodes);
  await Promise.all(
    plan.components.map(component => runComponent(component, run)),
  );
  // Only the controller manager takes away the taint with which new nodes keep pods off.
  if (plan.nodes > 0 && plan.components.includes('kube-controller-manager')) {
    await waitForNodes(run.client, {
      server,
      count: plan.nodes,
      signal: plan.signal,
    });
    plan.log(`${plan.nodes} simulated nodes ready`);
  }
}

/** One attempt, in a folder taken and on ports chosen for it; on failure nothing of it is left. */
async function attempt(
  plan: Plan,
  binaries: PlaygroundBinaries,
): Promise<Playground> {
  const work = takeWorkDirectory(plan.directory);
  let stop = async () => work.release();
  try {
    const site: Site = { directory: work.path, ports: await chooseSitePorts() };
    const cluster = {
      name: plan.name,
      server: `https://127.0.0.1:${site.ports.apiServer}`,
    };
    const authority = await writeIdentities(site, cluster);
    writeKwokConfiguration(work.path);
    const stopLog = startSimulatedLog({
      file: layout(work.path).containerLog,
      previousFile: layout(work.path).previousContainerLog,
      now: () => new Date(),
      every,
    });
    stop = async () => {
      stopLog();
      work.release();
    };
    const supervisor = await startSupervisor({
      pidDirectory: layout(work.path).pids,
      log: layout(work.path).log('supervisor'),
      removeAtEnd: work.temporary ? work.path : undefined,
    });
    const run: ComponentRun = {
      site,
      supervisor,
      client: createBootstrapClient(site),
      binaryOf: component => binaries[component],
      signal: plan.signal,
    };
    const { kubectl } = binaries;
    const { log } = plan;
    const parts = { cluster, work, authority, run, kubectl, log, stopLog };
    const playground = runningPlayground(parts);
    stop = playground.stop;
    await bringUp(plan, run, cluster.server);
    return playground;
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Starts a real control plane on this machine: etcd, API server, controller manager, scheduler, and kwok with simulated
 * nodes, on free ports of 127.0.0.1, with certificates of its own. Resolves when the API server and all nodes are ready.
 * Whatever was started is gone when it rejects, when `stop` resolves, and when this process dies.
 */
export async function startPlayground(
  options: PlaygroundOptions = {},
): Promise<Playground> {
  const plan = planFor(options);
  const binaries = await ensureBinaries({
    only: [...FOUNDATION, 'kubectl', ...plan.components],
    log: plan.log,
    signal: plan.signal,
  });
  for (let left = ATTEMPTS - 1; ; left--) {
    try {
      return await attempt(plan, binaries);
    } catch (error) {
      if (!(error instanceof PortTaken) || left === 0) throw error;
      plan.log('a port was taken in the meantime; starting again with others');
    }
  }
}
