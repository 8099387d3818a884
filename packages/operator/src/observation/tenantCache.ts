import { KubeError, KubeObject, ResourceType } from '@understage/kube';
import { LABEL_TENANT, refKey, refOf } from '@understage/plugin-paas-common';
import {
  applicationType,
  BundleQuery,
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
  SeenObjects,
  TenantView,
  tenantType,
  together,
  unlessUnreadable,
  volumeType,
} from '@understage/plugin-paas-node';
import { ReadYourWrites } from '../execution/readYourWrites';
import { CachedKind } from './clusterCache';

const typeKey = ({ group, kind }: ResourceType) => `${group}/${kind}`;

/**
 * The operator's picture of tenants and their bundles: watch caches that know every object of their kinds, with our own
 * writes laid over them until the watch brings them back. Nothing is read from the server.
 */
export class TenantCache implements TenantView {
  readonly #kinds: ReadonlyMap<string, CachedKind>;
  readonly #writes: ReadYourWrites;

  constructor(options: {
    readonly kinds: readonly CachedKind[];
    readonly writes: ReadYourWrites;
  }) {
    this.#kinds = new Map(
      options.kinds.map(kind => [typeKey(kind.type), kind]),
    );
    this.#writes = options.writes;
  }

  /** The Tenant as the cluster has it, with the status and the finalizer that we wrote last. */
  tenant(name: string): KubeObject | undefined {
    const found = this.#kinds.get(typeKey(tenantType))?.get({ name });
    return found && this.#writes.overlay([found], () => false)[0];
  }

  list(): readonly KubeObject[] {
    return this.#kinds.get(typeKey(tenantType))?.list() ?? [];
  }

  /** The tenant whose namespace it is, by the namespace's label. */
  tenantOf(namespace: string): string | undefined {
    return this.#kinds.get(typeKey(namespaceType))?.get({ name: namespace })
      ?.metadata.labels?.[LABEL_TENANT];
  }

  tenants(): Promise<SeenObjects> {
    return this.#all(tenantType);
  }

  namespaces(): Promise<SeenObjects> {
    return this.#all(namespaceType);
  }

  volumes(): Promise<SeenObjects> {
    return this.#all(volumeType);
  }

  applications(namespaces: readonly string[]): Promise<SeenObjects> {
    return this.#read(applicationType, kind =>
      namespaces.flatMap(namespace => kind.byIndex('namespace', namespace)),
    );
  }

  async bundle(query: BundleQuery): Promise<SeenObjects> {
    const { tenant } = query;
    const namespaces = new Set(query.namespaces);
    const named = new Set(query.named.map(refKey));
    const seen = await together([
      ...namespacedBundleKinds.map(type =>
        this.#read(type, kind =>
          query.namespaces.flatMap(namespace =>
            kind.byIndex('namespace', namespace),
          ),
        ),
      ),
      ...clusterBundleKinds.map(type =>
        this.#read(type, kind => ofCluster(kind, query)),
      ),
    ]);
    // One pass over what is on its way, not one for each kind and namespace.
    const objects = this.#writes.overlay(seen.objects, object => {
      const { namespace, labels } = object.metadata;
      if (!bundleKeys.has(kindKey(object))) return false;
      return namespace === undefined
        ? labels?.[LABEL_TENANT] === tenant || named.has(refKey(refOf(object)))
        : namespaces.has(namespace);
    });
    return { objects, missing: seen.missing };
  }

  async #all(type: ResourceType): Promise<SeenObjects> {
    const seen = await this.#read(type, kind => kind.list());
    const objects = this.#writes.overlay(
      seen.objects,
      object => kindKey(object) === typeKey(type),
    );
    return { objects, missing: seen.missing };
  }

  #read(
    type: ResourceType,
    select: (kind: CachedKind) => readonly KubeObject[],
  ): Promise<SeenObjects> {
    return unlessUnreadable(
      type.plural,
      async () => {
        const kind = this.#kinds.get(typeKey(type));
        if (!kind) throw new Error(`${type.plural} are not watched`);
        if (kind.synced) return select(kind);
        const why = kind.trouble ? `: ${kind.trouble}` : '';
        throw new KubeError(
          `the cache of ${type.plural} is not filled yet${why}`,
        );
      },
      undefined,
    );
  }
}

function kindKey({ apiVersion, kind }: KubeObject): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}

const bundleKeys = new Set(
  [...namespacedBundleKinds, ...clusterBundleKinds].map(typeKey),
);

function ofCluster(
  kind: CachedKind,
  { tenant, named }: BundleQuery,
): readonly KubeObject[] {
  const byName = named
    .filter(ref => ref.kind === kind.type.kind)
    .map(({ name }) => kind.get({ name }))
    .filter(object => object !== undefined);
  return [...new Set([...kind.byIndex('tenant', tenant), ...byName])];
}
