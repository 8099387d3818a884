import { KubeError } from '../errors';
import { ResourceType } from '../objects';
import { Impersonation, KubeCluster, KubeReader, KubeWriter } from '../ports';
import { CredentialsOptions, loadCredentials } from './credentials';
import { createPodLogReader, PodLogReader } from './podLogs';
import { HttpReader } from './reads';
import { RequestStatistics } from './requestStatistics';
import { servesResource } from './servesResource';
import { RequestHeaders, createTransport } from './transport';
import { HttpWriter } from './writes';

export interface ConnectOptions extends CredentialsOptions {
  /** What we call the cluster, in messages and references. */
  readonly name: string;
  /** Default `understage`. */
  readonly userAgent?: string;
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
  /** Logs of containers, as ourselves. */
  readonly logs: PodLogReader;
  readonly statistics: RequestStatistics;
  close(): Promise<void>;
}

/** Impersonation as headers. A name with a line break would be a header of its own, so it is refused. */
export function impersonationHeaders(
  identity: Impersonation,
): Readonly<Record<string, string>> {
  const unsafe = [identity.user, ...(identity.groups ?? [])].find(
    text => text === '' || /[^\x20-\x7e]/.test(text),
  );
  if (unsafe !== undefined) {
    throw new KubeError(
      `can not act as ${JSON.stringify(
        unsafe,
      )}: a user or group is printable ASCII and not empty`,
    );
  }
  return { 'impersonate-user': identity.user };
}

function headersOf(identity: Impersonation | undefined): RequestHeaders {
  if (!identity) return {};
  const user = impersonationHeaders(identity);
  return identity.groups && identity.groups.length > 0
    ? { ...user, 'impersonate-group': [...identity.groups] }
    : user;
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
  });
  const reader = new HttpReader(transport);
  return {
    name: options.name,
    server: credentials.server,
    context: { name: credentials.context, namespace: credentials.namespace },
    serves: (type, { signal } = {}) => servesResource(transport, type, signal),
    logs: createPodLogReader(transport),
    statistics,
    get: reader.get.bind(reader),
    list: reader.list.bind(reader),
    listPage: reader.listPage.bind(reader),
    watch: reader.watch.bind(reader),
    as: (identity: Impersonation): KubeReader =>
      new HttpReader(transport, headersOf(identity)),
    writer: ({ fieldManager, impersonate, dryRun }): KubeWriter =>
      new HttpWriter(transport, {
        fieldManager,
        headers: headersOf(impersonate),
        parameters: dryRun ? { dryRun: 'All' } : {},
      }),
    close: () => transport.close(),
  };
}
