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

  /** The tenants that have applications here. A tenant of several clusters comes from the first of them. */
  ofTenants(records: Iterable<ApplicationRecord>): Map<string, Entity> {
    const tenants = new Map<string, Entity>();
    for (const { tenant, ref } of records) {
      if (tenants.has(tenant) || this.isElsewhere(tenant)) continue;
      const namespace = this.clusters.namespace(ref.cluster, ref.namespace);
      const owner = chooseOwner(
        undefined,
        namespace?.owner,
        this.settings.defaultOwner,
      );
      tenants.set(tenant, tenantEntity(tenant, owner, this.cluster));
    }
    return tenants;
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

  private isElsewhere(tenant: string): boolean {
    const { names } = this.clusters;
    const earlier = new Set(names.slice(0, names.indexOf(this.cluster)));
    if (earlier.size === 0) return false;
    for (const record of this.clusters.records().values()) {
      if (record.tenant === tenant && earlier.has(record.ref.cluster)) {
        return true;
      }
    }
    return false;
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
