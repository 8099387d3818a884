import { KubeError, KubeObject, ResourceType } from '@understage/kube';
import {
  LABEL_APPLICATION,
  splitApiVersion,
} from '@understage/plugin-paas-common';
import { claimsAny, ClusterView } from './ClusterView';

/** A view over objects in memory, for tests of whoever plans. */
export interface ClusterViewDouble extends ClusterView {
  /** Puts an object there, or in the place of its namesake. */
  put(...objects: readonly KubeObject[]): void;
  remove(object: KubeObject): void;
  objects(): readonly KubeObject[];
  /** Makes the cluster one of this version; before, it tells none. */
  serveVersion(version: string): void;
  /** Makes a kind unreadable, with the server's sentence; without one, readable again. */
  forbid(kind: string, message?: string): void;
}

function isOf(object: KubeObject, type: ResourceType): boolean {
  const { group } = splitApiVersion(object.apiVersion);
  return object.kind === type.kind && group === type.group;
}

function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  const { group } = splitApiVersion(apiVersion);
  return [group, kind, metadata.namespace ?? '', metadata.name].join('/');
}

export function createClusterViewDouble(
  ...initial: readonly KubeObject[]
): ClusterViewDouble {
  const objects = new Map(initial.map(object => [keyOf(object), object]));
  const forbidden = new Map<string, string>();
  let version: string | undefined;
  function check(type: ResourceType): void {
    const message = forbidden.get(type.kind);
    if (message !== undefined) {
      throw new KubeError(message, { status: 403, reason: 'Forbidden' });
    }
  }
  return {
    async list(type, { namespace, application, signal }) {
      signal?.throwIfAborted();
      check(type);
      return [...objects.values()].filter(
        object =>
          isOf(object, type) &&
          object.metadata.namespace === namespace &&
          (application === undefined ||
            object.metadata.labels?.[LABEL_APPLICATION] === application),
      );
    },
    async get(type, { namespace, name }, options) {
      options?.signal?.throwIfAborted();
      check(type);
      return [...objects.values()].find(
        object =>
          isOf(object, type) &&
          object.metadata.name === name &&
          (!type.namespaced || object.metadata.namespace === namespace),
      );
    },
    kubeVersion: async () => version,
    serveVersion(next) {
      version = next;
    },
    async claimants(type, { hosts, signal }) {
      signal?.throwIfAborted();
      check(type);
      return [...objects.values()].filter(
        object => isOf(object, type) && claimsAny(object, hosts),
      );
    },
    put(...added) {
      for (const object of added) objects.set(keyOf(object), object);
    },
    remove(object) {
      objects.delete(keyOf(object));
    },
    objects: () => [...objects.values()],
    forbid(kind, message) {
      if (message === undefined) forbidden.delete(kind);
      else forbidden.set(kind, message);
    },
  };
}
