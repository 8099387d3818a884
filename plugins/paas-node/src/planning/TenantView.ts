import { KubeObject, KubeReader, ResourceType } from '@understage/kube';
import { LABEL_TENANT, ObjectRef } from '@understage/plugin-paas-common';
import { plainLine } from '../charts/plainText';
import { applicationType } from '../clusters/watchedKinds';
import {
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
  tenantType,
  volumeType,
} from './bundleKinds';

/** Which objects of bundles. */
export interface BundleQuery {
  readonly tenant: string;
  /** Namespaces that are the tenant's, or are to be. */
  readonly namespaces: readonly string[];
  /** Further objects by name, whatever labels they carry: those without a namespace that are to be there. */
  readonly named: readonly ObjectRef[];
  readonly signal?: AbortSignal;
}

/** What was read, and a sentence for everything that could not be. */
export interface SeenObjects {
  readonly objects: readonly KubeObject[];
  readonly missing: readonly string[];
}

/** How to ask. */
export interface TenantViewOptions {
  readonly signal?: AbortSignal;
}

/**
 * What planning a tenant has to know of a cluster. The CLI reads it live, the operator answers it from its watch caches.
 * Everything is told with what could not be read: an empty `missing` means that there is no more.
 */
export interface TenantView {
  /** Every Tenant. */
  tenants(options?: TenantViewOptions): Promise<SeenObjects>;
  /** Every namespace. */
  namespaces(options?: TenantViewOptions): Promise<SeenObjects>;
  /** Objects of the bundle's kinds, ours or not: all of the namespaces, and what says that it is the tenant's. */
  bundle(query: BundleQuery): Promise<SeenObjects>;
  /** The Applications of these namespaces. */
  applications(
    namespaces: readonly string[],
    options?: TenantViewOptions,
  ): Promise<SeenObjects>;
  /** Every volume. */
  volumes(options?: TenantViewOptions): Promise<SeenObjects>;
}

/** Puts what several questions answered into one. */
export async function together(
  answers: readonly Promise<SeenObjects>[],
): Promise<SeenObjects> {
  const all = await Promise.all(answers);
  return {
    objects: all.flatMap(({ objects }) => objects),
    missing: all.flatMap(({ missing }) => missing),
  };
}

/** Reads one kind; why it could not be read becomes a sentence. */
export async function unlessUnreadable(
  what: string,
  read: () => Promise<readonly KubeObject[]>,
  signal: AbortSignal | undefined,
): Promise<SeenObjects> {
  try {
    return { objects: await read(), missing: [] };
  } catch (error) {
    signal?.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return {
      objects: [],
      missing: [`${what} can not be read: ${plainLine(why, 200)}`],
    };
  }
}

function once(
  lists: readonly (readonly KubeObject[])[],
): readonly KubeObject[] {
  const found = new Map<string, KubeObject>();
  for (const object of lists.flat()) {
    found.set(object.metadata.uid ?? object.metadata.name, object);
  }
  return [...found.values()];
}

/** A view by requests to the API server, as whoever the reader is. */
export function liveTenantView(reader: KubeReader): TenantView {
  const all = (type: ResourceType, signal?: AbortSignal) =>
    unlessUnreadable(
      type.plural,
      async () => (await reader.list(type, { signal })).items,
      signal,
    );
  const inNamespace = (
    type: ResourceType,
    namespace: string,
    signal?: AbortSignal,
  ) =>
    unlessUnreadable(
      `${type.plural} in ${namespace}`,
      async () => (await reader.list(type, { namespace, signal })).items,
      signal,
    );
  const ofCluster = (
    type: ResourceType,
    { tenant, named, signal }: BundleQuery,
  ) =>
    unlessUnreadable(
      `${type.plural} of tenant ${tenant}`,
      async () => {
        const labelSelector = `${LABEL_TENANT}=${tenant}`;
        const { items } = await reader.list(type, { labelSelector, signal });
        const refs = named.filter(({ kind }) => kind === type.kind);
        const byName = await Promise.all(
          refs.map(({ name }) => reader.get(type, { name }, { signal })),
        );
        return once([items, byName.filter(object => object !== undefined)]);
      },
      signal,
    );
  return {
    tenants: ({ signal } = {}) => all(tenantType, signal),
    namespaces: ({ signal } = {}) => all(namespaceType, signal),
    volumes: ({ signal } = {}) => all(volumeType, signal),
    bundle: query =>
      together([
        ...query.namespaces.flatMap(namespace =>
          namespacedBundleKinds.map(type =>
            inNamespace(type, namespace, query.signal),
          ),
        ),
        ...clusterBundleKinds.map(type => ofCluster(type, query)),
      ]),
    applications: (namespaces, { signal } = {}) =>
      together(
        namespaces.map(namespace =>
          inNamespace(applicationType, namespace, signal),
        ),
      ),
  };
}
