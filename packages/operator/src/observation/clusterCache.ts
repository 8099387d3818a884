import {
  KubeError,
  KubeObject,
  ObjectKey,
  ResourceType,
} from '@understage/kube';
import { rivalKeys, routeKinds } from '@understage/plugin-paas-common';
import {
  applicationType,
  ClaimQuery,
  claimsAny,
  ClusterView,
  ViewQuery,
} from '@understage/plugin-paas-node';
import { ReadYourWrites } from '../execution/readYourWrites';
import { applicationLabelOf } from './applicationIndex';

/** What the cache needs of a kind's reflector. */
export interface CachedKind {
  readonly type: ResourceType;
  /** True once the first full list arrived, or when the server does not serve an optional kind. */
  readonly synced: boolean;
  /** True when every object of the kind is in the cache: what is not, does not exist. */
  readonly complete: boolean;
  /** Why there is nothing to read yet, for the sentence in a status. */
  readonly trouble: string | undefined;
  list(): readonly KubeObject[];
  get(key: ObjectKey): KubeObject | undefined;
  /** `tenant` is known of what lives in no namespace only. */
  byIndex(
    index: 'application' | 'namespace' | 'host' | 'tenant',
    value: string,
  ): readonly KubeObject[];
}

function typeKey({ group, kind }: ResourceType): string {
  return `${group}/${kind}`;
}

/**
 * The operator's picture of the cluster: watch caches, with our own writes laid over them until the watch brings them
 * back. Kinds that are not watched (secrets) are read through `live`, as the namespace's deployer.
 */
export class ClusterCache implements ClusterView {
  readonly #kinds: ReadonlyMap<string, CachedKind>;
  readonly #writes: ReadYourWrites;
  readonly #live: (namespace: string) => ClusterView;

  /** Version of the cluster, for charts. */
  readonly kubeVersion: ClusterView['kubeVersion'];

  constructor(options: {
    readonly kinds: readonly CachedKind[];
    readonly writes: ReadYourWrites;
    readonly kubeVersion: ClusterView['kubeVersion'];
    readonly live: (namespace: string) => ClusterView;
  }) {
    this.#kinds = new Map(
      options.kinds.map(kind => [typeKey(kind.type), kind]),
    );
    this.#writes = options.writes;
    this.kubeVersion = options.kubeVersion;
    this.#live = options.live;
  }

  async list(
    type: ResourceType,
    query: ViewQuery,
  ): Promise<readonly KubeObject[]> {
    const kind = this.#kinds.get(typeKey(type));
    if (!kind) return this.#live(query.namespace).list(type, query);
    this.#requireSynced(kind);
    const { namespace, application } = query;
    const cached =
      application === undefined
        ? kind.byIndex('namespace', namespace)
        : kind.byIndex('application', `${namespace}/${application}`);
    return this.#writes.overlay(
      cached,
      object =>
        object.kind === type.kind &&
        object.metadata.namespace === namespace &&
        (application === undefined ||
          applicationLabelOf(object) === application),
    );
  }

  async get(
    type: ResourceType,
    key: ObjectKey,
  ): Promise<KubeObject | undefined> {
    const kind = this.#kinds.get(typeKey(type));
    if (!kind) return this.#live(key.namespace ?? '').get(type, key);
    this.#requireSynced(kind);
    const cached = kind.get(key);
    const [found] = this.#writes.overlay(
      cached ? [cached] : [],
      object =>
        object.kind === type.kind &&
        object.metadata.name === key.name &&
        object.metadata.namespace === key.namespace,
    );
    if (found || kind.complete) return found;
    return this.#live(key.namespace ?? '').get(type, key);
  }

  async claimants(
    type: ResourceType,
    { hosts }: ClaimQuery,
  ): Promise<readonly KubeObject[]> {
    const kind = this.#kinds.get(typeKey(type));
    if (!kind) {
      throw new Error(`${type.plural} claim hosts and are not watched`);
    }
    this.#requireSynced(kind);
    return this.#writes
      .overlay(
        claimantsIn(kind, hosts),
        object => object.kind === type.kind && claimsAny(object, hosts),
      )
      .filter(object => claimsAny(object, hosts));
  }

  /** Everything cached that claims a host which overlaps with one of these. */
  claimantsOf(hosts: readonly string[]): readonly KubeObject[] {
    return routeKinds.flatMap(type => {
      const kind = this.#kinds.get(typeKey(type));
      return kind ? claimantsIn(kind, hosts) : [];
    });
  }

  /** The Application as the cluster has it, with the status that we wrote last. */
  application(namespace: string, name: string): KubeObject | undefined {
    const found = this.#kinds
      .get(typeKey(applicationType))
      ?.get({ namespace, name });
    return found && this.#writes.overlay([found], () => false)[0];
  }

  /** An object by kind, whatever its group, as Kubernetes Events name them. */
  find(ref: {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  }): KubeObject | undefined {
    for (const { type, get } of this.#kinds.values()) {
      if (type.kind === ref.kind) return get(ref);
    }
    return undefined;
  }

  applicationsIn(namespace: string): readonly string[] {
    const applications = this.#kinds.get(typeKey(applicationType));
    return (applications?.byIndex('namespace', namespace) ?? []).map(
      ({ metadata }) => metadata.name,
    );
  }

  applications(): readonly KubeObject[] {
    return this.#kinds.get(typeKey(applicationType))?.list() ?? [];
  }

  /** Pods, replica sets and everything rendered that carries the application's label. */
  related(namespace: string, application: string): readonly KubeObject[] {
    const objects = [...this.#kinds.values()].flatMap(kind =>
      kind.byIndex('application', `${namespace}/${application}`),
    );
    return this.#writes.overlay(
      objects,
      object =>
        object.metadata.namespace === namespace &&
        applicationLabelOf(object) === application,
    );
  }

  /** Warnings of the namespace about any of these objects. */
  warnings(
    namespace: string,
    about: readonly KubeObject[],
  ): readonly KubeObject[] {
    const uids = new Set<unknown>(about.map(object => object.metadata.uid));
    return (
      this.#kinds
        .get('/Event')
        ?.byIndex('namespace', namespace)
        .filter(event => uids.has(involvedUid(event))) ?? []
    );
  }

  #requireSynced(kind: CachedKind): void {
    if (!kind.synced) {
      throw new KubeError(
        `the cache of ${kind.type.plural} is not filled yet${
          kind.trouble ? `: ${kind.trouble}` : ''
        }`,
      );
    }
  }
}

function claimantsIn(
  kind: CachedKind,
  hosts: readonly string[],
): readonly KubeObject[] {
  const keys = new Set(hosts.flatMap(rivalKeys));
  const found = [...keys].flatMap(key => kind.byIndex('host', key));
  return [...new Set(found)];
}

function involvedUid(event: KubeObject): unknown {
  const involved = event.involvedObject;
  return typeof involved === 'object' && involved !== null && 'uid' in involved
    ? involved.uid
    : undefined;
}
