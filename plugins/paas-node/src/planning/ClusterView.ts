import {
  KubeError,
  KubeObject,
  KubeReader,
  ObjectKey,
  ResourceType,
} from '@understage/kube';
import {
  hostsOf,
  LABEL_APPLICATION,
  overlapOf,
} from '@understage/plugin-paas-common';

/** Which objects of one kind; without `application` all of the namespace. */
export interface ViewQuery {
  readonly namespace: string;
  /** Only objects labelled as this application's. */
  readonly application?: string;
  readonly signal?: AbortSignal;
}

/** Whose claims, in all namespaces. */
export interface ClaimQuery {
  /** Claims that overlap with any of these. */
  readonly hosts: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * What planning has to know of a cluster. The CLI reads it live, operator and portal answer it from their watch caches.
 * A view says everything or throws: an empty list means that there is nothing.
 */
export interface ClusterView {
  list(type: ResourceType, query: ViewQuery): Promise<readonly KubeObject[]>;
  get(
    type: ResourceType,
    key: ObjectKey,
    options?: { readonly signal?: AbortSignal },
  ): Promise<KubeObject | undefined>;
  /** Ingresses or HTTPRoutes of the whole cluster that claim such hosts; of each at least its metadata and its hosts. */
  claimants(
    type: ResourceType,
    query: ClaimQuery,
  ): Promise<readonly KubeObject[]>;
  /** Version of the cluster (`v1.36.3`), which charts are rendered for; undefined when it is not told. */
  kubeVersion(options?: {
    readonly signal?: AbortSignal;
  }): Promise<string | undefined>;
}

/** True for objects that claim a host which overlaps with one of these. */
export function claimsAny(
  object: KubeObject,
  hosts: readonly string[],
): boolean {
  const claimed = hostsOf(object);
  return hosts.some(host => overlapOf(host, claimed) !== undefined);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof KubeError ? error.status : undefined;
}

/** Asked of a kind that may not be read: is it there at all? */
export type ServesKind = (
  type: ResourceType,
  options: { readonly signal?: AbortSignal },
) => Promise<boolean>;

/**
 * A view by requests to the API server, as whoever the reader is. Kinds that the cluster does not serve are empty. To
 * somebody without rights on their group the server answers "forbidden" for those as well; `serves` tells the two apart.
 */
export function liveClusterView(
  reader: KubeReader,
  options: { readonly serves?: ServesKind } = {},
): ClusterView {
  async function unlessUnknown<T>(
    type: ResourceType,
    signal: AbortSignal | undefined,
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      const status = statusOf(error);
      if (status === 404) return undefined;
      if (status !== 403 || !options.serves) throw error;
      if (await options.serves(type, { signal })) throw error;
      return undefined;
    }
  }
  return {
    async list(type, { namespace, application, signal }) {
      const answer = await unlessUnknown(type, signal, () =>
        reader.list(type, {
          namespace,
          signal,
          ...(application === undefined
            ? {}
            : { labelSelector: `${LABEL_APPLICATION}=${application}` }),
        }),
      );
      return answer?.items ?? [];
    },
    get: (type, key, { signal } = {}) =>
      unlessUnknown(type, signal, () => reader.get(type, key, { signal })),
    kubeVersion: async ({ signal } = {}) => reader.version?.({ signal }),
    async claimants(type, { hosts, signal }) {
      const answer = await unlessUnknown(type, signal, () =>
        reader.list(type, { signal }),
      );
      return (answer?.items ?? []).filter(object => claimsAny(object, hosts));
    },
  };
}
