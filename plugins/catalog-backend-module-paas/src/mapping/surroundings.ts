import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { ANNOTATION_ENTITY_CLUSTER } from '@understage/plugin-paas-node';
import { tenancyAnnotations } from './applicationEntities';

/** The Domain of a tenant. */
export function tenantEntity(
  tenant: string,
  owner: string,
  cluster: string,
): Entity {
  const location = `understage:${cluster}/${tenant}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Domain',
    metadata: {
      name: tenant,
      namespace: 'default',
      description: `Applications of the tenant ${tenant}`,
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
