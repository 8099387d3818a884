import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { ANNOTATION_ENTITY_CLUSTER } from '@understage/plugin-paas-node';
import { tenancyAnnotations } from './applicationEntities';
import { domainName, EntityPlace } from './entityNames';

/** A tenant, and what the catalog has to know of its surroundings. */
export interface TenantSource {
  readonly tenant: string;
  readonly cluster: string;
  /** Absent for the first cluster that is configured: part of the Domain's name in all others. */
  readonly place: Pick<EntityPlace, 'cluster'>;
  /** Whole entity reference. */
  readonly owner: string;
  readonly description?: string;
  /** Address of the tenant's page; absent where there is no Tenant to show. */
  readonly page?: string;
}

/** The Domain of a tenant. */
export function tenantEntity(source: TenantSource): Entity {
  const { tenant, cluster, place, owner, description, page } = source;
  const location = `understage:${cluster}/${tenant}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: {
      name: domainName(tenant, place),
      namespace: 'default',
      description: description || `Applications of the tenant ${tenant}`,
      ...(page && { links: [{ url: page, title: 'Tenant' }] }),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        ...tenancyAnnotations(cluster, tenant),
      },
    },
    spec: { owner },
  };
}

/** The Resource of a cluster. */
export function clusterEntity(cluster: string, owner: string): Entity {
  const location = `understage:${cluster}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: cluster,
      namespace: 'default',
      description: `Kubernetes cluster ${cluster}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_ENTITY_CLUSTER]: cluster,
      },
    },
    spec: { type: 'kubernetes-cluster', owner },
  };
}
