import {
  connectCluster,
  createReflector,
  KubeCluster,
  KubeObject,
  KubeWriter,
  Reflector,
} from '@understage/kube';
import { startOperator } from '@understage/operator';
import {
  checkTenant,
  LABEL_TENANT,
  platformSettings,
  readPlatformConfig,
  renderTenant,
  Tenant,
  TENANT_API_VERSION,
} from '@understage/plugin-paas-common';
import {
  bundleResource,
  clusterBundleKinds,
  createHelmChartRenderer,
  namespacedBundleKinds,
  namespaceType,
  tenantType,
} from '@understage/plugin-paas-node';
import { ControlPlane } from '../stack/controlPlane';
import { accountKubeconfig, installAdmission } from '../stack/install';
import { startOperatorProcess } from '../stack/operatorProcess';
import { waitFor } from '../stack/waitFor';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import { applyAll, inParallel } from './fleet';

const CONCURRENCY = 16;
const PROVISIONER =
  'system:serviceaccount:understage-system:understage-provisioner';

/** Like tenants with three environments each. */
export function describeTenants(
  prefix: string,
  count: number,
): readonly Tenant[] {
  return Array.from({ length: count }, (_, index) => {
    const group = `group:default/${prefix}-${index}`;
    const checked = checkTenant({
      apiVersion: TENANT_API_VERSION,
      kind: 'Tenant',
      metadata: { name: `${prefix}-${index}` },
      spec: {
        owner: group,
        members: ['admin', 'developer', 'viewer'].map(role => ({
          group: `${group}-${role}s`,
          role,
        })),
        environments: ['dev', 'staging', 'prod'].map(name => ({ name })),
        quota: { cpu: '20', memory: '40Gi', pods: 100, storage: '1Ti' },
        network: {
          allowFrom: ['ingress-nginx'],
          domains: [`${prefix}-${index}.example.com`],
        },
      },
    });
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    return checked.value;
  });
}

/** What a tenant consists of: the objects that both sides write. */
function bundleOf(tenant: Tenant): readonly KubeObject[] {
  const known = {
    ...tenant,
    metadata: { ...tenant.metadata, uid: tenant.metadata.name },
  };
  return renderTenant(known, { retainedVolumes: [] }).objects;
}

/** Counts the objects of all bundles as the API server tells of them. */
class Counter {
  readonly #reflectors: readonly Reflector[];
  readonly #abort = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(cluster: KubeCluster) {
    this.#reflectors = [
      namespaceType,
      ...namespacedBundleKinds,
      ...clusterBundleKinds,
    ].map(type =>
      createReflector({
        reader: cluster,
        type,
        labelSelector: `understage.dev/bundle=tenant`,
        indexers: {
          side: ({ metadata }) => [
            (metadata.labels?.[LABEL_TENANT] ?? '').split('-')[0],
          ],
        },
      }),
    );
    this.#running = Promise.all(
      this.#reflectors.map(reflector => reflector.run(this.#abort.signal)),
    );
  }

  async ready(): Promise<void> {
    await Promise.all(
      this.#reflectors.map(reflector => reflector.waitForSync()),
    );
  }

  count(side: string): number {
    return this.#reflectors.reduce(
      (sum, { store }) => sum + store.byIndex('side', side).length,
      0,
    );
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }
}

const seconds = (since: number) => (performance.now() - since) / 1000;

async function until(what: string, reached: () => boolean): Promise<void> {
  await waitFor(async () => (reached() ? true : undefined), {
    what,
    timeoutMs: 600_000,
    intervalMs: 5,
  });
}

const applied = (tenants: readonly Tenant[]) =>
  tenants.map(tenant => ({ object: { ...tenant }, type: tenantType }));

async function measureOurs(
  plane: ControlPlane,
  tenants: readonly Tenant[],
  counter: Counter,
): Promise<number> {
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: plane.kubeconfig,
  });
  const operator = await startOperatorProcess(plane, {
    onUnexpectedExit: sentence => process.stderr.write(`${sentence}\n`),
    concurrency: CONCURRENCY,
  });
  try {
    const [first, ...rest] = tenants;
    // One first, to have the lease and all connections warm.
    await applyAll(cluster, applied([first]), 1);
    const each = bundleOf(first).length;
    await until('the first tenant', () => counter.count('ours') >= each);
    const started = performance.now();
    await applyAll(cluster, applied(rest), CONCURRENCY);
    await until(
      'all bundles',
      () => counter.count('ours') >= each * tenants.length,
    );
    return seconds(started);
  } finally {
    await operator.process.stop();
    await cluster.close();
  }
}

async function writeAll(
  writer: KubeWriter,
  objects: readonly KubeObject[],
): Promise<void> {
  await inParallel(objects, CONCURRENCY, async object => {
    const type = bundleResource(object.apiVersion, object.kind);
    if (!type) throw new Error(`bundles hold no ${object.kind}`);
    const outcome = await writer.apply(object, { type });
    if (outcome.kind !== 'written')
      throw new Error(
        `raw apply of ${object.kind} ${object.metadata.name}: ${outcome.message}`,
      );
  });
}

/** Whatever else needs: namespaces, and roles that are bound. */
const isFirst = ({ kind }: KubeObject) =>
  kind === 'Namespace' || kind === 'ClusterRole';

/** The same, without anybody who thinks: what others need goes first, so that nothing has to wait for anything. */
async function measureRaw(
  plane: ControlPlane,
  tenants: readonly Tenant[],
  counter: Counter,
): Promise<number> {
  const objects = tenants.flatMap(bundleOf);
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: plane.kubeconfig,
  });
  const writer = cluster.writer({
    fieldManager: 'understage',
    impersonate: { user: PROVISIONER },
  });
  try {
    const [warm, ...rest] = tenants;
    await applyAll(cluster, applied([warm]), 1);
    await writeAll(writer, bundleOf(warm).filter(isFirst));
    const begun = new Set(bundleOf(warm).filter(isFirst).map(nameOf));
    const started = performance.now();
    await applyAll(cluster, applied(rest), CONCURRENCY);
    const open = objects.filter(object => !begun.has(nameOf(object)));
    await writeAll(writer, open.filter(isFirst));
    await writeAll(
      writer,
      open.filter(object => !isFirst(object)),
    );
    await until('all bundles', () => counter.count('raw') >= objects.length);
    const taken = seconds(started);
    // Nobody looks after these: gone before somebody does.
    await plane.kubectl([
      ...['delete', 'tenants', '--wait=false'],
      ...tenants.map(({ metadata }) => metadata.name),
    ]);
    return taken;
  } finally {
    await cluster.close();
  }
}

const nameOf = ({ kind, metadata }: KubeObject) =>
  `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;

/**
 * Counts what is really written: dry runs change nothing, what is refused neither, and the lease is renewed all the time.
 */
function countingWrites(
  cluster: KubeCluster,
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
      if (options.dryRun) return inner;
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

/** Writes of an operator that starts and looks at everything, and of another such look. */
async function lookAgain(
  plane: ControlPlane,
  identity: string,
): Promise<{ readonly restart: number; readonly resync: number }> {
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: await accountKubeconfig(plane, 'understage-operator'),
  });
  const config = readPlatformConfig({});
  if (!config.ok) throw new Error('the empty configuration has problems');
  let writes = 0;
  const operator = await startOperator({
    cluster: countingWrites(cluster, () => {
      writes += 1;
    }),
    charts: createHelmChartRenderer({
      helm: plane.helm,
      repositories: {},
      cacheDirectory: plane.directory,
    }),
    platform: platformSettings(config.value),
    releaseHistory: config.value.releases.history,
    identity,
    leaderElectionNamespace: 'understage-system',
    concurrency: CONCURRENCY,
    http: { host: '127.0.0.1', port: 0 },
    log: () => {},
  });
  try {
    await operator.ready();
    await until('the operator to lead', () => operator.isLeader());
    await operator.resync();
    const restart = writes;
    await operator.resync();
    return { restart, resync: writes - restart };
  } finally {
    await operator.stop();
    await cluster.close();
  }
}

async function run({
  progress,
  scale,
  emptyPlane,
}: BenchContext): Promise<readonly Measurement[]> {
  const count = Math.max(3, Math.round(100 * scale));
  const plane = await emptyPlane(1);
  try {
    await installAdmission(plane);
    const ours = describeTenants('ours', count);
    const raw = describeTenants('raw', count);
    const objects = ours.flatMap(bundleOf).length;
    const observer = await connectCluster({
      name: 'bench',
      kubeconfig: plane.kubeconfig,
    });
    const counter = new Counter(observer);
    await counter.ready();
    const oursSeconds = await progress.step(
      `${count} tenants with ${objects} objects, by the operator`,
      () => measureOurs(plane, ours, counter),
    );
    const rawSeconds = await progress.step(`the same objects, raw`, () =>
      measureRaw(plane, raw, counter),
    );
    await counter.stop();
    await observer.close();
    const writes = await progress.step(
      `restart and resync of ${count} unchanged tenants`,
      async () => {
        // What is still to be found out is, before it counts.
        await lookAgain(plane, 'bench-1');
        return lookAgain(plane, 'bench-2');
      },
    );
    return [
      {
        bench: 'tenants',
        value: rawSeconds / oursSeconds,
        unit: 'raw / ours',
        goal: { atLeast: 0.8 },
        details: { tenants: count, objects, oursSeconds, rawSeconds },
      },
      {
        bench: 'tenants-idle-writes',
        value: writes.restart + writes.resync,
        unit: 'writes',
        goal: { atMost: 0 },
        details: { tenants: count, ...writes },
      },
    ];
  } finally {
    await plane.stop();
  }
}

export const tenantsBenchmark: Benchmark = {
  name: 'tenants',
  about:
    'Tenants with three environments provisioned, against raw server-side apply of the same objects; writes when nothing changed',
  run,
};
