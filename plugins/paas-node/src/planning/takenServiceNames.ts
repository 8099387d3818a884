import { ResourceType } from '@understage/kube';
import { LABEL_APPLICATION } from '@understage/plugin-paas-common';
import { ClusterView } from './ClusterView';

const services: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  namespaced: true,
};

/**
 * Service names of the namespace that belong to somebody else, with the owner as a person would say it:
 * `application shop`, or `someone else`.
 */
export async function takenServiceNames(options: {
  readonly view: ClusterView;
  readonly namespace: string;
  readonly application: string;
  readonly signal?: AbortSignal;
}): Promise<Readonly<Record<string, string>>> {
  const { view, namespace, application, signal } = options;
  const all = await view.list(services, { namespace, signal });
  return Object.fromEntries(
    all.flatMap(({ metadata }) => {
      const owner = metadata.labels?.[LABEL_APPLICATION];
      if (owner === application) return [];
      return [
        [
          metadata.name,
          owner === undefined ? 'someone else' : `application ${owner}`,
        ],
      ];
    }),
  );
}
