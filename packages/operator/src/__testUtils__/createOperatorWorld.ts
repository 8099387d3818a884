import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  connectCluster,
  HttpCluster,
  KubeCluster,
  leaseType,
} from '@understage/kube';
import {
  allowedKinds,
  ApplicationStatus,
  platformSettings,
  readApplications,
  readPlatformConfig,
  readStatus,
  releaseKind,
} from '@understage/plugin-paas-common';
import {
  applicationType,
  createHelmChartRenderer,
} from '@understage/plugin-paas-node';
import {
  ensureBinaries,
  Playground,
  PlaygroundOptions,
  serveCharts,
  startPlayground,
} from '@understage/playground';
import {
  OperatorOptions,
  RunningOperator,
  startOperator,
} from '../startOperator';
import { waitFor } from './waitFor';

const repository = path.resolve(__dirname, '../../../..');

/** A file of this repository. */
export const repositoryFile = (...parts: readonly string[]) =>
  path.join(repository, ...parts);

/** An operator in this process, with the account that it would have in a cluster. */
export interface StartedOperator {
  readonly operator: RunningOperator;
  readonly cluster: HttpCluster;
  readonly log: readonly string[];
  /** Requests so far that wrote something, the lease not counted. */
  writes(): number;
  leading(): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions
  extends Partial<
    Pick<
      OperatorOptions,
      | 'charts'
      | 'concurrency'
      | 'leaderElectionNamespace'
      | 'lease'
      | 'retryRefusedMs'
    >
  > {
  /** Puts something between the operator and its cluster. */
  readonly through?: (cluster: KubeCluster) => KubeCluster;
  /** Path of another kubeconfig than that of the operator's own account. */
  readonly kubeconfig?: string;
}

/** A real control plane with Understage installed as deploy/ says, and charts to deploy. */
export interface OperatorWorld {
  readonly playground: Playground;
  readonly admin: HttpCluster;
  /** Makes a namespace for a team; without a deployer when told so. */
  prepareNamespace(name: string, deployer?: boolean): Promise<void>;
  /** Runs kubectl as the account that may change what tenants' namespaces consist of. */
  provision(args: readonly string[], stdin?: string): Promise<string>;
  startOperator(options?: StartOptions): Promise<StartedOperator>;
  /** Writes an Application from YAML, as `paas apply` does. */
  apply(namespace: string, yaml: string): Promise<void>;
  status(
    namespace: string,
    name: string,
  ): Promise<ApplicationStatus | undefined>;
  /** Waits until the status is about the newest specification and as described. */
  waitForStatus(
    application: { readonly namespace: string; readonly name: string },
    what: string,
    holds: (status: ApplicationStatus) => boolean,
  ): Promise<ApplicationStatus>;
  /** Everything of an application that is rendered, with releases: `Kind/name` to uid. */
  children(namespace: string): Promise<ReadonlyMap<string, string>>;
  /** Lets the next candidate lead at once. */
  dropLease(): Promise<void>;
  stop(): Promise<void>;
}

export interface OperatorWorldOptions {
  readonly components?: PlaygroundOptions['components'];
  /** False leaves deploy/admission.yaml out, for tests that break what it keeps whole. */
  readonly admission?: boolean;
  /** Done before the cluster learns what a Tenant or an Application is. */
  readonly beforeDefinitions?: (playground: Playground) => Promise<unknown>;
}

const manifests = [
  'crds',
  'deploy/namespace.yaml',
  'deploy/operator-rbac.yaml',
  'deploy/deployer.yaml',
  'deploy/provisioner-rbac.yaml',
  'deploy/tenant-roles.yaml',
];

/**
 * Namespaces of tenants are the provisioner's: admission refuses everybody else. With every right, as fixtures make more
 * than it may.
 */
const asProvisioner = [
  '--as=system:serviceaccount:understage-system:understage-provisioner',
  '--as-group=system:masters',
];

/** A team's namespace as its Tenant would have it made, with room for what tests do. */
export function namespaceYaml(name: string, deployer = true): string {
  const namespace = `
apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels: { understage.dev/tenant: retail, pod-security.kubernetes.io/enforce: restricted }
  annotations:
    understage.dev/domains: example.com,covered.io
    understage.dev/storage-classes: '*'
    understage.dev/grants: internet
`;
  return deployer ? `${namespace}---\n${deployerYaml(name)}` : namespace;
}

/** The account that everything in a namespace is written as, and its rights. */
export function deployerYaml(
  namespace: string,
  role = 'understage-deployer',
): string {
  return `
apiVersion: v1
kind: ServiceAccount
metadata: { name: understage-deployer, namespace: ${namespace} }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: understage-deployer, namespace: ${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ kind: ServiceAccount, name: understage-deployer, namespace: ${namespace} }]
`;
}

/** Nothing of ours: the cluster puts these into every namespace. */
const everywhere = new Set([
  'ServiceAccount/default',
  'ServiceAccount/understage-deployer',
  'ConfigMap/kube-root-ca.crt',
]);

async function serveAll() {
  const good = await serveCharts({
    directory: repositoryFile('examples/charts'),
  });
  const bad = await serveCharts({
    directory: repositoryFile('examples/charts-bad'),
  });
  return {
    repositories: { bitnami: { url: good.url }, bad: { url: bad.url } },
    stop: async () => {
      await good.stop();
      await bad.stop();
    },
  };
}

/** The policies, and the moment that the API server takes to compile them. */
async function installAdmission({ kubectl }: Playground): Promise<void> {
  const file = repositoryFile('deploy/admission.yaml');
  await kubectl(['apply', '--server-side', '-f', file]);
  await waitFor('the admission policies to be active', async () => {
    const canary = ['create', '--dry-run=server', '-f', '-'];
    const refusal = await kubectl(canary, namespaceYaml('canary', false)).then(
      () => '',
      String,
    );
    return refusal.includes('ValidatingAdmissionPolicy') ? true : undefined;
  });
}

/** Starts the world; everything in it is gone after `stop`. */
export async function createOperatorWorld(
  options: OperatorWorldOptions = {},
): Promise<OperatorWorld> {
  const { helm } = await ensureBinaries({ only: ['helm'] });
  const directory = await mkdtemp(path.join(tmpdir(), 'operator-'));
  const charts = await serveAll();
  const playground = await startPlayground({
    nodes: 3,
    components: options.components,
  });
  const kubectl = (...args: readonly string[]) => playground.kubectl(args);
  await options.beforeDefinitions?.(playground);
  for (const manifest of manifests) {
    await kubectl('apply', '--server-side', '-f', repositoryFile(manifest));
  }
  await kubectl(
    'wait',
    '--for=condition=Established',
    'crd/applications.paas.understage.dev',
    'crd/tenants.paas.understage.dev',
  );
  const provision: OperatorWorld['provision'] = (args, stdin) =>
    playground.kubectl([...args, ...asProvisioner], stdin);
  if (options.admission ?? true) await installAdmission(playground);
  const admin = await connectCluster({
    name: 'admin',
    kubeconfig: playground.kubeconfig,
  });
  const account = await playground.serviceAccountKubeconfig({
    namespace: 'understage-system',
    name: 'understage-operator',
  });
  const person = admin.writer({ fieldManager: 'kubectl' });
  const config = readPlatformConfig({
    images: { convention: 'registry.example.com/{tenant}/{component}:1' },
    chartRepositories: charts.repositories,
  });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const platform = platformSettings(config.value);
  let started = 0;

  const world: OperatorWorld = {
    playground,
    admin,
    async prepareNamespace(name, deployer) {
      await provision(['apply', '-f', '-'], namespaceYaml(name, deployer));
    },
    provision,
    async startOperator({ through, kubeconfig, ...more } = {}) {
      started += 1;
      const cluster = await connectCluster({
        name: 'playground',
        kubeconfig: kubeconfig ?? account.kubeconfig,
        userAgent: 'understage-operator',
      });
      const log: string[] = [];
      const operator = await startOperator({
        cluster: through ? through(cluster) : cluster,
        charts: createHelmChartRenderer({
          helm,
          repositories: config.value.chartRepositories,
          cacheDirectory: directory,
        }),
        platform,
        releaseHistory: 10,
        identity: `operator-${started}`,
        leaderElectionNamespace: 'understage-system',
        concurrency: 8,
        http: { host: '127.0.0.1', port: 0 },
        retryRefusedMs: 1_000,
        lease: { leaseMs: 4_000, renewDeadlineMs: 3_000, retryMs: 200 },
        log: (level, message, keys) =>
          log.push(`${level} ${message} ${JSON.stringify(keys)}`),
        ...more,
      });
      return {
        operator,
        cluster,
        log,
        writes: () =>
          cluster.statistics
            .counts()
            .filter(({ method }) =>
              ['PATCH', 'POST', 'DELETE'].includes(method),
            )
            .reduce((sum, { count }) => sum + count, 0),
        async leading() {
          await operator.ready();
          await waitFor(`${log.join('\n')}\nthe operator to lead`, () =>
            operator.isLeader() ? true : undefined,
          );
        },
        async stop() {
          await operator.stop();
          await cluster.close();
        },
      };
    },
    async apply(namespace, yaml) {
      const [read] = readApplications(yaml);
      if (!read?.checked.ok) throw new Error(JSON.stringify(read));
      const { metadata, ...rest } = read.checked.value;
      const outcome = await person.apply(
        { ...rest, metadata: { ...metadata, namespace } },
        { type: applicationType, force: true },
      );
      if (outcome.kind !== 'written') throw new Error(outcome.message);
    },
    async status(namespace, name) {
      const object = await admin.get(applicationType, { namespace, name });
      return readStatus(object?.status);
    },
    async waitForStatus({ namespace, name }, what, holds) {
      let last: unknown;
      return waitFor(
        `${namespace}/${name} to be ${what}`,
        async () => {
          const object = await admin.get(applicationType, { namespace, name });
          last = object?.status;
          const status = readStatus(object?.status);
          const current =
            status?.observedGeneration === object?.metadata.generation;
          return status && current && holds(status) ? status : undefined;
        },
        90_000,
      ).catch(error => {
        throw new Error(`${error}; last ${JSON.stringify(last)}`);
      });
    },
    async children(namespace) {
      const found = new Map<string, string>();
      for (const type of [...allowedKinds, releaseKind]) {
        if (type.optional) continue;
        const { items } = await admin.list(type, { namespace });
        for (const { metadata } of items) {
          const key = `${type.kind}/${metadata.name}`;
          if (!everywhere.has(key)) found.set(key, metadata.uid ?? '');
        }
      }
      return found;
    },
    async dropLease() {
      const key = {
        namespace: 'understage-system',
        name: 'understage-operator',
      };
      const lease = await admin.get(leaseType, key);
      if (!lease) return;
      await person.delete(leaseType, key, { uid: lease.metadata.uid ?? '' });
    },
    async stop() {
      await admin.close();
      await playground.stop();
      await charts.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return world;
}
