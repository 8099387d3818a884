import { ResourceType } from '../objects';
import {
  Impersonation,
  KubeCluster,
  KubeReader,
  KubeWriter,
  PodLogReader,
} from '../ports';
import { createAwaitReturn, readinessProbe } from './awaitReturn';
import { CredentialsOptions, loadCredentials } from './credentials';
import { discoverResourceTypes } from './discoverResourceTypes';
import { impersonationHeaders } from './impersonation';
import { HttpReader } from './reads';
import { RequestStatistics } from './requestStatistics';
import { servesResource } from './servesResource';
import { TransportLimits, createTransport } from './transport';
import { HttpWriter } from './writes';

export interface ConnectOptions extends CredentialsOptions {
  /** What we call the cluster, in messages and references. */
  readonly name: string;
  /** Default `understage`. */
  readonly userAgent?: string;
  /** Time-outs and sizes that differ from the defaults. */
  readonly limits?: Partial<TransportLimits>;
}

/** A cluster over HTTP. `close` ends its connections, streams included. */
export interface HttpCluster extends KubeCluster {
  readonly server: string;
  /** The kubeconfig's context that is in use, and its namespace (`default` when it names none). */
  readonly context: { readonly name: string; readonly namespace: string };
  /** Whether the cluster serves a resource at all, whoever may read it. */
  serves(
    type: ResourceType,
    options?: { readonly signal?: AbortSignal },
  ): Promise<boolean>;
  /** Every kind that the cluster serves, each in its preferred version. */
  resourceTypes(options?: {
    readonly signal?: AbortSignal;
  }): Promise<readonly ResourceType[]>;
  /** Logs of containers, as ourselves. */
  readonly logs: PodLogReader;
  readonly statistics: RequestStatistics;
  close(): Promise<void>;
}

/** Connects to a cluster; no request is made before the first call. Throws `KubeError` when the kubeconfig is no use. */
export async function connectCluster(
  options: ConnectOptions,
): Promise<HttpCluster> {
  const credentials = await loadCredentials(options);
  const statistics = new RequestStatistics();
  const transport = createTransport(credentials, {
    userAgent: options.userAgent ?? 'understage',
    statistics,
    limits: options.limits,
  });
  const reader = new HttpReader(transport);
  const awaitReturn = createAwaitReturn({ probe: readinessProbe(transport) });
  return {
    name: options.name,
    server: credentials.server,
    context: { name: credentials.context, namespace: credentials.namespace },
    serves: (type, { signal } = {}) => servesResource(transport, type, signal),
    resourceTypes: ({ signal } = {}) =>
      discoverResourceTypes(transport, signal),
    logs: reader.logs,
    statistics,
    awaitReturn,
    version: reader.version.bind(reader),
    get: reader.get.bind(reader),
    list: reader.list.bind(reader),
    listPage: reader.listPage.bind(reader),
    watch: reader.watch.bind(reader),
    as: (identity: Impersonation): KubeReader =>
      new HttpReader(transport, impersonationHeaders(identity)),
    writer: ({ fieldManager, impersonate, dryRun }): KubeWriter =>
      new HttpWriter(transport, {
        fieldManager,
        headers: impersonationHeaders(impersonate),
        dryRun: dryRun ?? false,
      }),
    close: () => transport.close(),
  };
}
