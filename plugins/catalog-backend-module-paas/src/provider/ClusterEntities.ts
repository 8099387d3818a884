import { Entity } from '@backstage/catalog-model';
import { Component } from '@understage/plugin-paas-common';
import {
  ApplicationRecord,
  PaasClusters,
  readLiveApplication,
} from '@understage/plugin-paas-node';
import {
  applicationEntities,
  chooseOwner,
} from '../mapping/applicationEntities';
import { EntityPlace } from '../mapping/entityNames';
import { clusterEntity, tenantEntity } from '../mapping/surroundings';

export interface CatalogSettings {
  /** Owner of what nobody owns. */
  readonly defaultOwner: string;
  /** Where people find the portal; without it Domains have no links to their pages. */
  readonly portal?: string;
}

/** Makes the entities of one cluster from the cache. */
export class ClusterEntities {
  constructor(
    private readonly clusters: PaasClusters,
    private readonly cluster: string,
    private readonly settings: CatalogSettings,
  ) {}

  /** What the entities of an application depend on: equal texts, equal entities. Status is no part of it. */
  fingerprint({ uid, tenant, owner, application }: ApplicationRecord): string {
    const { generation } = application.metadata;
    return JSON.stringify([uid, generation, tenant, owner]);
  }

  ofApplication(record: ApplicationRecord): Entity[] {
    const { application } = readLiveApplication(record.application);
    if (!application) return [];
    const { namespace } = record.ref;
    const place = this.place(namespace);
    return applicationEntities({
      application,
      place,
      ref: record.key,
      tenant: record.tenant,
      cluster: this.cluster,
      owner: chooseOwner(undefined, record.owner, this.settings.defaultOwner),
      location: sourceOf(record.key),
      foreignType: (name, component) =>
        this.componentType(`${this.cluster}/${namespace}/${name}`, component),
    });
  }

  /** The Domains of this cluster by tenant: of each Tenant, and of what is called one where there is no Tenant. */
  ofTenants(): Map<string, Entity> {
    const domains = new Map<string, Entity>();
    for (const { tenant, ref } of this.clusters.records().values()) {
      if (ref.cluster !== this.cluster || domains.has(tenant)) continue;
      const { owner } =
        this.clusters.namespace(ref.cluster, ref.namespace) ?? {};
      domains.set(tenant, this.domain({ tenant, owner }));
    }
    for (const { ref, owner, tenant } of this.clusters.tenants().values()) {
      if (ref.cluster !== this.cluster) continue;
      const { description } = tenant?.spec ?? {};
      const { portal } = this.settings;
      const page =
        portal && `${portal}/paas/tenants/${ref.cluster}/${ref.name}`;
      const about = { tenant: ref.name, owner, description, page };
      domains.set(ref.name, this.domain(about));
    }
    return domains;
  }

  private domain(about: {
    readonly tenant: string;
    readonly owner: string | undefined;
    readonly description?: string;
    readonly page?: string;
  }): Entity {
    const { defaultOwner } = this.settings;
    return tenantEntity({
      ...about,
      cluster: this.cluster,
      place: this.place('default'),
      owner: chooseOwner(undefined, about.owner, defaultOwner),
    });
  }

  ofCluster(): Entity {
    return clusterEntity(
      this.cluster,
      chooseOwner(undefined, undefined, this.settings.defaultOwner),
    );
  }

  private place(namespace: string): EntityPlace {
    const [first] = this.clusters.names;
    return this.cluster === first
      ? { namespace }
      : { namespace, cluster: this.cluster };
  }

  private componentType(
    key: string,
    component: string,
  ): Component['type'] | undefined {
    const record = this.clusters.records().get(key);
    const live = record && readLiveApplication(record.application);
    return live?.application?.spec.components.find(
      ({ name }) => name === component,
    )?.type;
  }
}

/** Location of what came from an application of a cluster: the key that the catalog tells owners of an entity apart by. */
export function sourceOf(key: string): string {
  return `understage:${key}`;
}
