import type { BinaryPaths } from './binaries/ensureBinaries';
import { runKubectl } from './cluster/kubectl';
import { removeHostPathVolumes } from './cluster/removeHostPathVolumes';
import { componentNames } from './components/component';
import type { ComponentName } from './components/component';
import { layout } from './components/layout';
import { runComponent } from './components/runComponent';
import type { ComponentRun } from './components/runComponent';
import type { Authority } from './identities/authority';
import { certificateLogin, serviceAccountLogin } from './identities/logins';
import type { ClusterAddress } from './identities/writeIdentities';
import type { Playground } from './playground';
import type { WorkDirectory } from './processes/workDirectory';

/** What a playground consists of once its identities are written and its supervisor runs. */
export interface PlaygroundParts {
  readonly cluster: ClusterAddress;
  readonly work: WorkDirectory;
  readonly authority: Authority;
  readonly run: ComponentRun;
  readonly kubectl: BinaryPaths['kubectl'];
  readonly log: (line: string) => void;
  /** Ends the writing of what simulated containers say. */
  readonly stopLog: () => void;
}

const NODE_LEASES =
  '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

/** The handle of a playground, usable as soon as its API server is. */
export function runningPlayground(parts: PlaygroundParts): Playground {
  const { cluster, work, authority, run, log } = parts;
  const { supervisor, client, site } = run;
  const files = layout(work.path);
  const admin = {
    binary: parts.kubectl,
    kubeconfig: files.kubeconfig('admin'),
    cacheDirectory: files.clientCache,
  };
  const logins = { directory: work.path, cluster, authority, client };

  const expectedToEnd = new Set<string>();
  let stopping: Promise<void> | undefined;
  supervisor.onExit(({ name, code, signal }) => {
    if (stopping || expectedToEnd.has(name)) return;
    log(
      `${name} ended by itself (exit code ${code}, signal ${signal}); its log: ${files.log(
        name,
      )}`,
    );
  });

  async function end(component: ComponentName, signal: NodeJS.Signals) {
    expectedToEnd.add(component);
    try {
      await supervisor.end(component, signal);
    } finally {
      expectedToEnd.delete(component);
    }
  }

  async function restart(component: ComponentName) {
    await end(component, 'SIGTERM');
    // kwok has a new name at each start and would wait for the leases of its old one to run out, 40 s.
    if (component === 'kwok') {
      await client.removeAll(`${cluster.server}${NODE_LEASES}`);
    }
    await runComponent(component, run);
  }

  async function stopOnce() {
    parts.stopLog();
    await removeHostPathVolumes(client, cluster.server);
    await supervisor.stop();
    await client.close();
    work.release();
  }

  return {
    name: cluster.name,
    kubeconfig: admin.kubeconfig,
    server: cluster.server,
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
    kill: component => end(component, 'SIGKILL'),
    restart,
    stop() {
      stopping ??= stopOnce();
      return stopping;
    },
  };
}
