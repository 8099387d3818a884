import {
  connectCluster,
  createReflector,
  HttpCluster,
  KubeObject,
  Reflector,
} from '@understage/kube';
import {
  allowedKinds,
  AllowedKind,
  kindOf,
  LABEL_APPLICATION,
  releaseKind,
} from '@understage/plugin-paas-common';
import { applicationType } from '@understage/plugin-paas-node';
import { ControlPlane } from '../stack/controlPlane';
import { startOperatorProcess } from '../stack/operatorProcess';
import { waitFor } from '../stack/waitFor';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import {
  applyAll,
  describeFleet,
  Fleet,
  inParallel,
  prepareNamespaces,
} from './fleet';

const CONCURRENCY = 16;
const NAMESPACES = 20;

/** Counts the objects of a namespace prefix as the API server tells of them. */
class Counter {
  readonly #reflectors: readonly Reflector[];
  readonly #abort = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(cluster: HttpCluster) {
    this.#reflectors = [...allowedKinds, releaseKind]
      .filter(kind => kind.watched && !kind.optional)
      .map(type =>
        createReflector({
          reader: cluster,
          type,
          labelSelector: LABEL_APPLICATION,
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

  objects(prefix: string): readonly KubeObject[] {
    return this.#reflectors.flatMap(reflector =>
      reflector.store
        .list()
        .filter(object => object.metadata.namespace?.startsWith(`${prefix}-`)),
    );
  }

  /** Of all prefixes: cheap enough to be asked every few milliseconds while something is measured. */
  count(): number {
    return this.#reflectors.reduce(
      (sum, reflector) => sum + reflector.store.size,
      0,
    );
  }

  readyDeployments(prefix: string): number {
    return this.objects(prefix).filter(isReadyDeployment).length;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }
}

function isReadyDeployment(object: KubeObject): boolean {
  const status = object.status;
  const spec = object.spec;
  if (
    object.kind !== 'Deployment' ||
    typeof status !== 'object' ||
    typeof spec !== 'object' ||
    !status ||
    !spec
  )
    return false;
  return Reflect.get(status, 'readyReplicas') === Reflect.get(spec, 'replicas');
}

const seconds = (since: number) => (performance.now() - since) / 1000;

async function until(what: string, reached: () => boolean): Promise<void> {
  await waitFor(async () => (reached() ? true : undefined), {
    what,
    timeoutMs: 600_000,
    intervalMs: 5,
  });
}

/** One application after the other, as files are applied and as the operator works: pods start meanwhile for both. */
function byApplication(objects: readonly KubeObject[]): readonly KubeObject[] {
  const application = ({ metadata }: KubeObject) =>
    metadata.labels?.[LABEL_APPLICATION] ?? '';
  return [...objects].sort((one, other) =>
    application(one).localeCompare(application(other)),
  );
}

/** The object as it would be sent: without what the server and other managers added. */
function asSent(
  object: KubeObject,
  from: string,
  to: string,
): { object: KubeObject; type: AllowedKind } {
  const { status: _status, metadata, ...rest } = object;
  const { name, namespace = '', labels, annotations } = metadata;
  const spec =
    object.kind === 'Service' ? withoutAddress(object.spec) : object.spec;
  const type = kindOf(object.apiVersion, object.kind);
  if (!type) throw new Error(`${object.kind} is no kind of ours`);
  return {
    type,
    object: {
      ...rest,
      ...(spec === undefined ? {} : { spec }),
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: {
        name,
        namespace: namespace.replace(from, to),
        labels,
        annotations,
      },
    },
  };
}

/** A Service's addresses are the server's to give. */
function withoutAddress(spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null) return spec;
  const {
    clusterIP: _ip,
    clusterIPs: _ips,
    ...rest
  } = { ...spec } as Readonly<Record<string, unknown>>;
  return rest;
}

interface Times {
  readonly applied: number;
  readonly ready: number;
}

async function measureOurs(
  plane: ControlPlane,
  fleet: Fleet,
  counter: Counter,
): Promise<Times> {
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: plane.kubeconfig,
  });
  const operator = await startOperatorProcess(plane, {
    onUnexpectedExit: sentence => process.stderr.write(`${sentence}\n`),
    concurrency: CONCURRENCY,
  });
  try {
    const before = counter.count();
    // One first, to see what an application consists of, and to have the lease and all connections warm.
    const [first, ...rest] = fleet.applications;
    await applyAll(cluster, [{ object: first, type: applicationType }], 1);
    await until(
      'the first application',
      () => counter.readyDeployments('ours') === 1,
    );
    const perApplication = counter.count() - before;
    const started = performance.now();
    await applyAll(
      cluster,
      rest.map(object => ({ object, type: applicationType })),
      CONCURRENCY,
    );
    await until(
      'all children',
      () =>
        counter.count() - before >= perApplication * fleet.applications.length,
    );
    const applied = seconds(started);
    await until(
      'all to be ready',
      () => counter.readyDeployments('ours') >= fleet.applications.length,
    );
    return { applied, ready: seconds(started) };
  } finally {
    await operator.process.stop();
    await cluster.close();
  }
}

async function measureRaw(
  plane: ControlPlane,
  fleet: Fleet,
  counter: Counter,
): Promise<Times> {
  const children = byApplication(counter.objects('ours')).map(object =>
    asSent(object, 'ours-', 'raw-'),
  );
  const cluster = await connectCluster({
    name: 'bench',
    kubeconfig: plane.kubeconfig,
  });
  try {
    const writers = new Map(
      fleet.namespaces.map(namespace => [
        namespace,
        cluster.writer({
          fieldManager: 'understage',
          impersonate: {
            user: `system:serviceaccount:${namespace}:understage-deployer`,
          },
        }),
      ]),
    );
    const started = performance.now();
    await applyAll(
      cluster,
      fleet.applications.map(object => ({ object, type: applicationType })),
      CONCURRENCY,
    );
    await inParallel(children, CONCURRENCY, async ({ object, type }) => {
      const outcome = await writers
        .get(object.metadata.namespace ?? '')
        ?.apply(object, { type });
      if (outcome?.kind !== 'written')
        throw new Error(
          `raw apply of ${object.kind} ${object.metadata.name}: ${outcome?.message}`,
        );
    });
    const applied = seconds(started);
    await until(
      'all to be ready',
      () => counter.readyDeployments('raw') >= fleet.applications.length,
    );
    return { applied, ready: seconds(started) };
  } finally {
    await cluster.close();
  }
}

async function run({
  progress,
  scale,
  emptyPlane,
}: BenchContext): Promise<readonly Measurement[]> {
  const applications = Math.max(10, Math.round(1000 * scale));
  const plane = await emptyPlane(
    Math.max(4, Math.ceil((applications * 4) / 100)),
  );
  try {
    const shape = { applications, namespaces: NAMESPACES, replicas: 2 };
    const ours = describeFleet({ ...shape, prefix: 'ours' });
    const raw = describeFleet({ ...shape, prefix: 'raw' });
    await prepareNamespaces(plane, ours);
    await prepareNamespaces(plane, raw);
    const observer = await connectCluster({
      name: 'bench',
      kubeconfig: plane.kubeconfig,
    });
    const counter = new Counter(observer);
    await counter.ready();
    const oursTimes = await progress.step(
      `${applications} applications, by the operator`,
      () => measureOurs(plane, ours, counter),
    );
    const children = counter.objects('ours').length;
    const rawTimes = await progress.step(
      `the same ${children} objects, raw`,
      () => measureRaw(plane, raw, counter),
    );
    await counter.stop();
    await observer.close();
    const details = {
      applications,
      children,
      oursSeconds: oursTimes.applied,
      rawSeconds: rawTimes.applied,
    };
    return [
      {
        bench: 'reconcile',
        value: rawTimes.applied / oursTimes.applied,
        unit: 'raw / ours',
        goal: { atLeast: 0.8 },
        details,
      },
      {
        bench: 'reconcile-ready',
        value: rawTimes.ready / oursTimes.ready,
        unit: 'raw / ours',
        details: { oursSeconds: oursTimes.ready, rawSeconds: rawTimes.ready },
      },
      {
        bench: 'reconcile-rate',
        value: applications / oursTimes.applied,
        unit: 'applications/s',
      },
    ];
  } finally {
    await plane.stop();
  }
}

export const reconcileBenchmark: Benchmark = {
  name: 'reconcile',
  about:
    'Applications created until all children are applied, against raw server-side apply of the same objects',
  run,
};
