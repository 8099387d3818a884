import { KubeObject, ResourceType } from '@understage/kube';

export const applications: ResourceType = {
  group: 'paas.understage.dev',
  version: 'v1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
};

function core(kind: string, plural: string, namespaced = true): ResourceType {
  return { group: '', version: 'v1', kind, plural, namespaced };
}

export const pods = core('Pod', 'pods');
export const events = core('Event', 'events');
export const resourceQuotas = core('ResourceQuota', 'resourcequotas');
export const namespaces = core('Namespace', 'namespaces', false);
export const serviceAccounts = core('ServiceAccount', 'serviceaccounts');
export const replicaSets: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  namespaced: true,
};
export const roleBindings: ResourceType = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  namespaced: true,
};
export const leases: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};
export const customResourceDefinitions: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** `namespace/name` of a namespaced object. */
export function placeOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
