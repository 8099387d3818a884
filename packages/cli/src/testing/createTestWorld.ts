import {
  InMemoryKube,
  KubeCluster,
  KubeObject,
  PodLogQuery,
  ResourceType,
} from '@understage/kube';
import {
  allowedKinds,
  releaseKind,
  splitApiVersion,
} from '@understage/plugin-paas-common';
import {
  ChartRenderer,
  createChartRendererDouble,
} from '@understage/plugin-paas-node';
import { CliWorld, Connection } from '../CliWorld';
import {
  applications,
  customResourceDefinitions,
  events,
  leases,
  namespaces,
  pods,
  replicaSets,
  roleBindings,
  serviceAccounts,
} from '../cluster/resourceTypes';
import { ExitCode, Interrupted } from '../exitCodes';
import { runCli } from '../runCli';

/** What one run of the CLI came to. */
export interface Run {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface TestWorldOptions {
  readonly cluster?: KubeCluster;
  readonly charts?: ChartRenderer;
  /** False: there is no helm on the machine. */
  readonly helm?: boolean;
  /** Files by path below the working directory are not there; this is standard input. */
  readonly stdin?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Both streams and standard input are a terminal. */
  readonly terminal?: boolean;
  /** What a person types when asked. */
  readonly answer?: string;
  /** Lines by `pod/container`. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
  readonly connect?: CliWorld['connect'];
  readonly now?: () => Date;
  /** Width of the terminal; 120 when absent. */
  readonly columns?: number;
}

const everyType: readonly ResourceType[] = [
  ...allowedKinds,
  releaseKind,
  applications,
  customResourceDefinitions,
  events,
  leases,
  namespaces,
  pods,
  replicaSets,
  roleBindings,
  serviceAccounts,
];

/** The resource of an object, for seeding a double. */
export function typeOf(object: KubeObject): ResourceType {
  const { group } = splitApiVersion(object.apiVersion);
  const found = everyType.find(
    type => type.kind === object.kind && type.group === group,
  );
  if (!found) throw new Error(`no type for ${object.kind}`);
  return found;
}

/** A process for the CLI, in memory: a cluster, charts, streams that remember. */
export function createTestWorld(options: TestWorldOptions = {}) {
  const cluster = options.cluster ?? new InMemoryKube();
  const interrupt = new AbortController();
  const text = { out: '', err: '' };
  const questions: string[] = [];
  const logQueries: PodLogQuery[] = [];
  const isTTY = options.terminal === true;
  const output = (name: keyof typeof text) => ({
    isTTY,
    columns: options.columns ?? 120,
    write: (written: string) => {
      text[name] += written;
    },
  });
  const connection: Connection = {
    cluster,
    namespace: 'shop',
    context: 'test',
    logs: {
      async *lines(query) {
        logQueries.push(query);
        yield* options.logs?.[`${query.pod}/${query.container}`] ?? [];
      },
    },
    serves: async () => true,
    close: async () => {},
  };
  const world: CliWorld = {
    stdout: output('out'),
    stderr: output('err'),
    stdin: {
      isTTY,
      read: async () => options.stdin ?? '',
      ask: async question => {
        questions.push(question);
        return options.answer ?? '';
      },
    },
    env: options.env ?? {},
    cwd: options.cwd ?? '/nowhere',
    now: options.now ?? (() => new Date('2026-11-23T10:00:00Z')),
    signal: interrupt.signal,
    program: 'paas',
    connect: options.connect ?? (async () => connection),
    helm: options.helm === false ? undefined : '/usr/bin/helm',
    createCharts: () =>
      options.charts ?? createChartRendererDouble({ bitnami: {} }),
  };
  return {
    world,
    cluster,
    questions,
    logQueries,
    interrupt: () => interrupt.abort(new Interrupted('interrupted')),
    /** What was written so far, while the CLI still runs. */
    text,
    async run(...args: string[]): Promise<Run> {
      text.out = '';
      text.err = '';
      const code = await runCli(args, world);
      return { code, ...text };
    },
  };
}

/** An InMemoryKube with these objects. */
export function clusterWith(...objects: readonly KubeObject[]): InMemoryKube {
  const cluster = new InMemoryKube({
    now: () => new Date('2026-11-23T09:00:00Z'),
  });
  for (const object of objects) cluster.seed(typeOf(object), object);
  return cluster;
}
