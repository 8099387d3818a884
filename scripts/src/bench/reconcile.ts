import { KubeCluster, KubeObject } from '@understage/kube';
import {
  allowedKinds,
  AllowedKind,
  kindOf,
  LABEL_APPLICATION,
  releaseKind,
} from '@understage/plugin-paas-common';
import { applicationType } from '@understage/plugin-paas-node';
import { ControlPlane } from '../stack/controlPlane';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import {
  CONCURRENCY,
  connected,
  seconds,
  until,
  withOperator,
} from './comparison';
import {
  applyAll,
  describeFleet,
  Fleet,
  inParallel,
  prepareNamespaces,
} from './fleet';
import { ObjectCounter } from './ObjectCounter';

const NAMESPACES = 20;

/** Counts what applications consist of. */
const countChildren = (cluster: KubeCluster) =>
  new ObjectCounter(cluster, {
    types: [...allowedKinds, releaseKind].filter(
      kind => kind.watched && !kind.optional,
    ),
    labelSelector: LABEL_APPLICATION,
    sideOf: ({ metadata }) => metadata.namespace,
  });

const readyDeployments = (counter: ObjectCounter, side: string) =>
  counter.objects(side).filter(isReadyDeployment).length;

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

function measureOurs(
  plane: ControlPlane,
  fleet: Fleet,
  counter: ObjectCounter,
): Promise<Times> {
  return withOperator(plane, async cluster => {
    // One first, to see what an application consists of, and to have the lease and all connections warm.
    const [first, ...rest] = fleet.applications;
    await applyAll(cluster, [{ object: first, type: applicationType }], 1);
    await until(
      'the first application',
      () => readyDeployments(counter, 'ours') === 1,
    );
    const perApplication = counter.count('ours');
    const started = performance.now();
    await applyAll(
      cluster,
      rest.map(object => ({ object, type: applicationType })),
      CONCURRENCY,
    );
    await until(
      'all children',
      () => counter.count('ours') >= perApplication * fleet.applications.length,
    );
    const applied = seconds(started);
    await until(
      'all to be ready',
      () => readyDeployments(counter, 'ours') >= fleet.applications.length,
    );
    return { applied, ready: seconds(started) };
  });
}

function measureRaw(
  plane: ControlPlane,
  fleet: Fleet,
  counter: ObjectCounter,
): Promise<Times> {
  const children = byApplication(counter.objects('ours')).map(object =>
    asSent(object, 'ours-', 'raw-'),
  );
  return connected(plane, async cluster => {
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
      () => readyDeployments(counter, 'raw') >= fleet.applications.length,
    );
    return { applied, ready: seconds(started) };
  });
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
    const { oursTimes, rawTimes, children } = await connected(
      plane,
      async observer => {
        const counter = countChildren(observer);
        await counter.ready();
        const byUs = await progress.step(
          `${applications} applications, by the operator`,
          () => measureOurs(plane, ours, counter),
        );
        const seen = counter.objects('ours').length;
        const byHand = await progress.step(
          `the same ${seen} objects, raw`,
          () => measureRaw(plane, raw, counter),
        );
        await counter.stop();
        return { oursTimes: byUs, rawTimes: byHand, children: seen };
      },
    );
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
