import { kubeContract } from '../testing/kubeContract';
import { namespaces } from '../testing/objects';
import { InMemoryKube } from './inMemoryKube';

kubeContract('InMemoryKube', async () => {
  const readers = new Map<string, string>();
  const limits = new Map<string, number>();
  let count = 0;
  const cluster: InMemoryKube = new InMemoryKube({
    allow: ({ identity, verb, type, namespace = '' }) =>
      identity === undefined ||
      (identity.groups?.includes(readers.get(namespace) ?? '?') === true &&
        type.plural === 'configmaps' &&
        (verb === 'get' || verb === 'list')),
    admit: ({ verb, namespace = '' }) =>
      verb === 'create' && limits.get(namespace) === 0
        ? 'configmaps is forbidden: exceeded quota'
        : undefined,
  });
  return {
    cluster,
    namespace: async () => {
      count += 1;
      const name = `contract-${count}`;
      cluster.seed(namespaces, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
      return name;
    },
    readerOf: async namespace => {
      readers.set(namespace, `readers-${namespace}`);
      return { user: 'ada', groups: [`readers-${namespace}`] };
    },
    limitConfigMaps: async (namespace, limit) => {
      limits.set(namespace, limit);
    },
    forgetHistory: async () => cluster.compact(),
    close: async () => {},
  };
});
