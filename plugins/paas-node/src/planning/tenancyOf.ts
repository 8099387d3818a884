import { ResourceType } from '@understage/kube';
import { namespaceTenancy } from '../clusters/namespaceTenancy';
import { NamespaceTenancy } from '../clusters/PaasClusters';
import { ClusterView } from './ClusterView';

const namespaces: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

/** Whose a namespace is: its tenant by its label, else its own name; its owner by its annotation. */
export async function tenancyOf(options: {
  readonly view: ClusterView;
  readonly namespace: string;
  readonly signal?: AbortSignal;
}): Promise<NamespaceTenancy> {
  const { view, namespace, signal } = options;
  const found = await view.get(namespaces, { name: namespace }, { signal });
  return found ? namespaceTenancy(found) : { tenant: namespace };
}
