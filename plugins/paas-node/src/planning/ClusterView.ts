import {
  KubeError,
  KubeObject,
  KubeReader,
  ObjectKey,
  ResourceType,
} from '@understage/kube';
import { LABEL_APPLICATION } from '@understage/plugin-paas-common';

/** Which objects of one kind; without `application` all of the namespace. */
export interface ViewQuery {
  readonly namespace: string;
  /** Only objects labelled as this application's. */
  readonly application?: string;
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
}

/** True when the server does not serve the kind at all: then there can be no object of it. */
function isUnknownKind(error: unknown): boolean {
  return error instanceof KubeError && error.status === 404;
}

/** A view by requests to the API server, as whoever the reader is. Kinds that the cluster does not serve are empty. */
export function liveClusterView(reader: KubeReader): ClusterView {
  return {
    async list(type, { namespace, application, signal }) {
      try {
        const { items } = await reader.list(type, {
          namespace,
          signal,
          ...(application === undefined
            ? {}
            : { labelSelector: `${LABEL_APPLICATION}=${application}` }),
        });
        return items;
      } catch (error) {
        if (isUnknownKind(error)) return [];
        throw error;
      }
    },
    async get(type, key, options) {
      try {
        return await reader.get(type, key, options);
      } catch (error) {
        if (isUnknownKind(error)) return undefined;
        throw error;
      }
    },
  };
}
