import { LABEL_TENANT } from '@understage/plugin-paas-common';
import { ResourceType } from '@understage/kube';
import { ClusterView } from './ClusterView';

const namespaces: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

/** Tenant of a namespace: its label, else the namespace's own name. */
export async function tenantOf(options: {
  readonly view: ClusterView;
  readonly namespace: string;
  readonly signal?: AbortSignal;
}): Promise<string> {
  const { view, namespace, signal } = options;
  const found = await view.get(namespaces, { name: namespace }, { signal });
  return found?.metadata.labels?.[LABEL_TENANT] ?? namespace;
}
