import { KubeObject, ResourceType } from '@understage/kube';
import {
  LABEL_TENANT,
  refKey,
  refOf,
  splitApiVersion,
} from '@understage/plugin-paas-common';
import { applicationType } from '../clusters/watchedKinds';
import {
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
  tenantType,
  volumeType,
} from './bundleKinds';
import { SeenObjects, TenantView } from './TenantView';

/** A view over objects in memory, for tests of whoever plans tenants. */
export interface TenantViewDouble extends TenantView {
  /** Puts an object there, or in the place of its namesake. */
  put(...objects: readonly KubeObject[]): void;
  remove(object: KubeObject): void;
  objects(): readonly KubeObject[];
  /** Makes a kind unreadable, with a sentence; without one, readable again. */
  forbid(kind: string, sentence?: string): void;
}

function isOf(object: KubeObject, type: ResourceType): boolean {
  const { group } = splitApiVersion(object.apiVersion);
  return object.kind === type.kind && group === type.group;
}

export function createTenantViewDouble(
  ...initial: readonly KubeObject[]
): TenantViewDouble {
  const objects = new Map(
    initial.map(object => [refKey(refOf(object)), object]),
  );
  const forbidden = new Map<string, string>();
  const select = (
    types: readonly ResourceType[],
    belongs: (object: KubeObject) => boolean = () => true,
  ): SeenObjects => {
    const readable = types.filter(({ kind }) => !forbidden.has(kind));
    return {
      objects: [...objects.values()].filter(
        object => readable.some(type => isOf(object, type)) && belongs(object),
      ),
      missing: types.flatMap(({ kind }) => forbidden.get(kind) ?? []),
    };
  };
  return {
    tenants: async () => select([tenantType]),
    namespaces: async () => select([namespaceType]),
    volumes: async () => select([volumeType]),
    bundle: async ({ tenant, namespaces, named }) => {
      const names = new Set(named.map(refKey));
      return select(
        [...namespacedBundleKinds, ...clusterBundleKinds],
        object => {
          const { namespace, labels } = object.metadata;
          return namespace === undefined
            ? labels?.[LABEL_TENANT] === tenant ||
                names.has(refKey(refOf(object)))
            : namespaces.includes(namespace);
        },
      );
    },
    applications: async namespaces =>
      select([applicationType], ({ metadata }) =>
        namespaces.includes(metadata.namespace ?? ''),
      ),
    put(...added) {
      for (const object of added) objects.set(refKey(refOf(object)), object);
    },
    remove(object) {
      objects.delete(refKey(refOf(object)));
    },
    objects: () => [...objects.values()],
    forbid(kind, sentence) {
      if (sentence === undefined) forbidden.delete(kind);
      else forbidden.set(kind, sentence);
    },
  };
}
