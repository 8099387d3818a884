import {
  InMemoryKube,
  InMemoryKubeOptions,
  KubeObject,
  RequestInfo,
  ResourceType,
} from '@understage/kube';
import {
  allowedKinds,
  ApplicationStatus,
  DEPLOYER,
  MANAGER,
  readStatus,
  releaseKind,
} from '@understage/plugin-paas-common';
import {
  applicationType,
  ChartRendererDouble,
  createChartRendererDouble,
  DoubleCharts,
  liveClusterView,
} from '@understage/plugin-paas-node';
import { ReadYourWrites } from '../execution/readYourWrites';
import { ClusterCache } from '../observation/clusterCache';
import { startCache } from '../observation/startCache';
import { WaitingList } from '../observation/waitingList';
import { ReconcileResult } from '../controller';
import {
  reconcileApplication,
  Reconciler,
  renderedResource,
} from '../reconcileApplication';
import { StatusWriter } from '../reporting/statusWriter';
import { createManualTimers, settle } from './manualTimers';
import { redisChart } from './redisChart';

const NAMESPACE = 'shop';

export const namespaceType: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

/** Everything that may be rendered, and releases. */
const kinds = [...allowedKinds, releaseKind];

/** The resource of a kind that is rendered. */
export function typeOf(kind: string): ResourceType {
  const found = kinds.find(each => each.kind === kind);
  if (!found) throw new Error(`no kind ${kind} is rendered`);
  return found;
}

export const frontend = { name: 'frontend', type: 'Deployment', replicas: 3 };
export const redis = {
  name: 'redis',
  type: 'HelmChart',
  chart: 'bitnami/redis',
};
/** The seed's file. */
export const seed = {
  components: [frontend, redis],
  dependencies: ['frontend -> redis:6379'],
};

export interface WorldOptions
  extends Pick<InMemoryKubeOptions, 'allow' | 'admit' | 'fault'> {
  readonly charts?: DoubleCharts;
  readonly releaseHistory?: number;
}

/** What one look at an application did. */
export interface Pass {
  readonly result: ReconcileResult;
  /** Writes that changed something, as `verb Kind/name` (`verb Kind/name/status`). */
  readonly writes: readonly string[];
}

/** A cluster in memory, watched and reconciled as the operator does it, one look at a time. */
export interface World {
  readonly kube: InMemoryKube;
  readonly charts: ChartRendererDouble;
  readonly cache: ClusterCache;
  /** Ends the term, and what is under way with it. */
  depose(): void;
  /** Writes an Application as its user. */
  apply(spec: Record<string, unknown>, name?: string): Promise<void>;
  reconcile(name?: string): Promise<Pass>;
  /** Looks again until nothing is written any more; says everything that was. */
  converge(name?: string): Promise<readonly string[]>;
  status(name?: string): Promise<ApplicationStatus>;
  list(kind: string): Promise<readonly KubeObject[]>;
  find(kind: string, name: string): Promise<KubeObject | undefined>;
  /** Writes as somebody else: a field manager, and fields. */
  edit(
    kind: string,
    object: Record<string, unknown> & { metadata: object },
  ): Promise<void>;
  remove(kind: string, name: string): Promise<void>;
  /** Applies until everything that can be there is there and ready. */
  untilReady(spec: Record<string, unknown>): Promise<void>;
  /** Makes all workloads of a kind report that every replica is there. */
  makeAvailable(kind: string): Promise<void>;
  stop(): Promise<void>;
}

const text = ({ verb, type, name, subresource }: RequestInfo) =>
  `${verb} ${type.kind}/${name}${subresource ? `/${subresource}` : ''}`;

/** Starts a world with the namespace `shop`, prepared for deployments. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const kube = new InMemoryKube(options);
  kube.seed(namespaceType, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: NAMESPACE,
      labels: { 'understage.dev/tenant': 'retail' },
    },
  });
  const charts = createChartRendererDouble(
    options.charts ?? {
      bitnami: { redis: { '18.0.0': redisChart('18.0.0') } },
    },
  );
  const timers = createManualTimers();
  const writes = new ReadYourWrites({ monotonic: timers.monotonic });
  const watching = new AbortController();
  const running = startCache({
    reader: kube,
    signal: watching.signal,
    onChange: event => {
      if (event.type === 'deleted') writes.seenDeleted(event.object);
    },
    onError: () => {},
  });
  await running.waitForSync();
  const deployer = {
    user: `system:serviceaccount:${NAMESPACE}:${DEPLOYER}`,
  };
  const cache = new ClusterCache({
    kinds: running.kinds,
    writes,
    kubeVersion: async () => 'v1.36.3',
    live: () => liveClusterView(kube.as(deployer)),
  });
  const term = new AbortController();
  const fence = () => (term.signal.aborted ? undefined : term.signal);
  const statuses = new StatusWriter<ApplicationStatus>({
    writer: kube.writer({ fieldManager: MANAGER }),
    type: applicationType,
    timers,
    monotonic: timers.monotonic,
    fence,
    onWritten: object => writes.remember(object),
  });
  const reconciler: Reconciler = {
    cache,
    charts,
    platform: {
      expose: { kind: 'Ingress' },
      imageConvention: 'registry.example.com/{tenant}/{component}:1',
    },
    releaseHistory: options.releaseHistory ?? 10,
    waiting: new WaitingList(),
    now: () => new Date('2026-11-23T10:00:00Z'),
    executorFor: () => ({
      writer: kube.writer({ fieldManager: MANAGER, impersonate: deployer }),
      resourceType: renderedResource,
      onWritten: object => writes.remember(object),
      onDeleted: ({ ref, uid }) => writes.rememberDeleted(ref, uid),
      fence,
    }),
    pendingStatus: (namespace, name) => statuses.pending({ namespace, name }),
    submit: (application, { status }) => {
      const { namespace = '', name, uid = '' } = application.metadata;
      statuses.submit({ namespace, name, uid }, status);
    },
  };
  const person = kube.writer({ fieldManager: 'kubectl' });

  /** Waits until the caches hold what the server holds. */
  async function caughtUp(): Promise<void> {
    for (const kind of running.kinds) {
      for (;;) {
        const { items } = await kube.list(kind.type, {});
        const wanted = kind.complete ? items.length : kind.list().length;
        const current = items.every(({ metadata }) => {
          const known = kind.get(metadata);
          return (
            !known ||
            known.metadata.resourceVersion === metadata.resourceVersion
          );
        });
        if (current && kind.list().length === wanted) break;
        await settle();
      }
    }
  }

  const world: World = {
    kube,
    charts,
    cache,
    depose: () => term.abort(new Error('the lease is lost')),
    async apply(spec, name = 'user-service') {
      await person.apply(
        {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          metadata: { name, namespace: NAMESPACE },
          spec,
        },
        { type: applicationType, force: true },
      );
    },
    async reconcile(name = 'user-service') {
      await caughtUp();
      const before = kube.writes.length;
      const key = { namespace: NAMESPACE, name };
      const result = await reconcileApplication(key, reconciler).finally(() =>
        timers.pass(1000),
      );
      await statuses.drained();
      return { result, writes: kube.writes.slice(before).map(text) };
    },
    async converge(name) {
      const all: string[] = [];
      for (let look = 0; look < 10; look += 1) {
        const { writes: written } = await world.reconcile(name);
        if (written.length === 0) return all;
        all.push(...written);
      }
      throw new Error(`it goes on writing: ${all.slice(-10).join(', ')}`);
    },
    async status(name = 'user-service') {
      const object = await kube.get(applicationType, {
        namespace: NAMESPACE,
        name,
      });
      const status = readStatus(object?.status);
      if (status) return status;
      throw new Error(`${name} has no status that can be read`);
    },
    async list(kind) {
      const { items } = await kube.list(typeOf(kind), { namespace: NAMESPACE });
      return items;
    },
    find: (kind, name) =>
      kube.get(typeOf(kind), { namespace: NAMESPACE, name }),
    async edit(kind, object) {
      const type = typeOf(kind);
      const { group, version } = type;
      const apiVersion = group ? `${group}/${version}` : version;
      const { name, ...metadata } = { name: '', ...object.metadata };
      await person.apply(
        {
          ...object,
          apiVersion,
          kind,
          metadata: { ...metadata, name, namespace: NAMESPACE },
        },
        { type, force: true },
      );
    },
    async remove(kind, name) {
      const object = await world.find(kind, name);
      await person.delete(
        typeOf(kind),
        { namespace: NAMESPACE, name },
        { uid: object?.metadata.uid ?? '' },
      );
    },
    async makeAvailable(kind) {
      const kubelet = kube.writer({ fieldManager: 'kubelet' });
      for (const { apiVersion, metadata, spec } of await world.list(kind)) {
        const asked: unknown =
          typeof spec === 'object' && spec !== null && 'replicas' in spec
            ? spec.replicas
            : 1;
        const { name } = metadata;
        await kubelet.apply(
          {
            apiVersion,
            kind,
            metadata: { name, namespace: NAMESPACE },
            status: {
              observedGeneration: metadata.generation,
              replicas: asked,
              readyReplicas: asked,
              updatedReplicas: asked,
              availableReplicas: asked,
              currentReplicas: asked,
            },
          },
          { type: typeOf(kind), subresource: 'status', force: true },
        );
      }
    },
    async untilReady(spec) {
      await world.apply(spec);
      await world.converge();
      await world.makeAvailable('StatefulSet');
      await world.converge();
      await world.makeAvailable('Deployment');
      await world.converge();
    },
    async stop() {
      watching.abort();
      await running.ended;
    },
  };
  return world;
}
