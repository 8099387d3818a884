import { ResourceType } from '@understage/kube';
import { splitApiVersion } from '@understage/plugin-paas-common';

/** The resource that tenants are. */
export const tenantType: ResourceType = {
  group: 'paas.understage.dev',
  version: 'v1',
  kind: 'Tenant',
  plural: 'tenants',
  namespaced: false,
};

function kind(
  apiVersion: string,
  name: string,
  options: { readonly namespaced?: boolean; readonly plural?: string } = {},
): ResourceType {
  return {
    ...splitApiVersion(apiVersion),
    kind: name,
    plural: options.plural ?? `${name.toLowerCase()}s`,
    namespaced: options.namespaced ?? true,
  };
}

export const namespaceType = kind('v1', 'Namespace', { namespaced: false });
export const volumeType = kind('v1', 'PersistentVolume', { namespaced: false });

const rbac = 'rbac.authorization.k8s.io/v1';

/** What stands in the namespaces of a tenant that its bundle consists of. */
export const namespacedBundleKinds: readonly ResourceType[] = [
  kind('v1', 'ResourceQuota'),
  kind('v1', 'LimitRange'),
  kind('networking.k8s.io/v1', 'NetworkPolicy', { plural: 'networkpolicies' }),
  kind('v1', 'ServiceAccount'),
  kind(rbac, 'RoleBinding'),
];

/** What a tenant has once for the whole cluster, beside its namespaces. */
export const clusterBundleKinds: readonly ResourceType[] = [
  kind(rbac, 'ClusterRole', { namespaced: false }),
  kind(rbac, 'ClusterRoleBinding', { namespaced: false }),
];

const writable = [
  namespaceType,
  ...namespacedBundleKinds,
  ...clusterBundleKinds,
  volumeType,
];

/** The resource of what a tenant's plan may write; undefined for everything else. */
export function bundleResource(
  apiVersion: string,
  name: string,
): ResourceType | undefined {
  const { group, version } = splitApiVersion(apiVersion);
  return writable.find(
    each =>
      each.kind === name && each.group === group && each.version === version,
  );
}
