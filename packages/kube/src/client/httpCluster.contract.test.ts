import { Playground, startPlayground } from '@understage/playground';
import { KubeObject, ResourceType } from '../objects';
import { written } from '../testing/contract/contractWorld';
import { eventually } from '../testing/eventually';
import { kubeContract } from '../testing/kubeContract';
import { at, configMaps, namespaces, resourceQuotas } from '../testing/objects';
import { connectCluster } from './connectCluster';

jest.setTimeout(180_000);

const rbac = (kind: string, plural: string): ResourceType => ({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind,
  plural,
  namespaced: true,
});
const roles = rbac('Role', 'roles');
const roleBindings = rbac('RoleBinding', 'rolebindings');
const API_GROUP = 'rbac.authorization.k8s.io';

kubeContract('the real API server', async () => {
  const playground: Playground = await startPlayground({
    components: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  });
  const cluster = await connectCluster({
    name: 'playground',
    kubeconfig: playground.kubeconfig,
  });
  const admin = cluster.writer({ fieldManager: 'set-up' });
  const make = async (object: KubeObject, type: ResourceType) => {
    written(await admin.create(object, { type }));
  };
  let count = 0;
  return {
    cluster,
    namespace: async () => {
      count += 1;
      const name = `contract-${count}`;
      const object = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      };
      await make(object, namespaces);
      // The controller manager puts this into every namespace; after that it is quiet.
      const key = { namespace: name, name: 'kube-root-ca.crt' };
      await eventually('the namespace is furnished', async () =>
        Boolean(await cluster.get(configMaps, key)),
      );
      return name;
    },
    readerOf: async namespace => {
      const metadata = { name: 'reader', namespace };
      const apiVersion = `${API_GROUP}/v1`;
      const rules = [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
      ];
      await make({ apiVersion, kind: 'Role', metadata, rules }, roles);
      const group = `readers-${namespace}`;
      await make(
        {
          apiVersion,
          kind: 'RoleBinding',
          metadata,
          roleRef: { apiGroup: API_GROUP, kind: 'Role', name: 'reader' },
          subjects: [{ kind: 'Group', name: group, apiGroup: API_GROUP }],
        },
        roleBindings,
      );
      const identity = { user: 'ada', groups: [group] };
      await eventually('the role is in force', () =>
        cluster
          .as(identity)
          .list(configMaps, { namespace })
          .then(
            () => true,
            () => false,
          ),
      );
      return identity;
    },
    limitConfigMaps: async (namespace, limit) => {
      const metadata = { name: 'limit', namespace };
      const quota = {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata,
        spec: { hard: { 'count/configmaps': String(limit) } },
      };
      await make(quota, resourceQuotas);
      await eventually('the quota is in force', async () => {
        const current = await cluster.get(resourceQuotas, metadata);
        return at(current, 'status', 'used', 'count/configmaps') !== undefined;
      });
    },
    // Its watch cache begins at what it finds.
    forgetHistory: () => playground.restart('kube-apiserver'),
    close: async () => {
      await cluster.close();
      await playground.stop();
    },
  };
});
