/** An object of the cluster and where it is written. */
export interface PlacedObject {
  readonly path: string;
  readonly object: object;
}

const RBAC = 'rbac.authorization.k8s.io';

function clusterRoleBinding(
  name: string,
  role: string,
  subject: { kind: 'User' | 'Group'; name: string },
): PlacedObject {
  return {
    path: `/apis/${RBAC}/v1/clusterrolebindings/${name}`,
    object: {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup: RBAC, ...subject }],
    },
  };
}

const READ = ['get', 'list', 'watch'];
const CHANGE = ['update', 'patch'];

/** What kwok may do: play the kubelets of its nodes. */
const kwokRole: PlacedObject = {
  path: `/apis/${RBAC}/v1/clusterroles/playground-kwok`,
  object: {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'playground-kwok' },
    rules: [
      { apiGroups: [''], resources: ['nodes'], verbs: READ },
      {
        apiGroups: [''],
        resources: ['nodes/status', 'pods/status'],
        verbs: CHANGE,
      },
      // A pod that is being deleted goes away when its kubelet says so.
      {
        apiGroups: [''],
        resources: ['pods'],
        verbs: [...READ, ...CHANGE, 'delete'],
      },
      { apiGroups: [''], resources: ['events'], verbs: ['create', ...CHANGE] },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        verbs: [...READ, ...CHANGE, 'create'],
      },
    ],
  },
};

/** What the API server may do on its nodes: fetch logs, open streams. */
const kubeletClient = clusterRoleBinding(
  'playground-kubelet-client',
  'system:kubelet-api-admin',
  { kind: 'User', name: 'kube-apiserver-kubelet-client' },
);

const defaultStorageClass: PlacedObject = {
  path: '/apis/storage.k8s.io/v1/storageclasses/standard',
  object: {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'standard',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'kubernetes.io/host-path',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
};

/** What every playground holds before anybody else writes to it: who may administer it, who plays the nodes, where volumes come from. */
export const firstObjects: readonly PlacedObject[] = [
  // Not system:masters: its requests would be exempt from priority and fairness, and measurements would flatter.
  clusterRoleBinding('playground-admins', 'cluster-admin', {
    kind: 'Group',
    name: 'playground:admins',
  }),
  kwokRole,
  clusterRoleBinding('playground-kwok', 'playground-kwok', {
    kind: 'User',
    name: 'playground-kwok',
  }),
  kubeletClient,
  defaultStorageClass,
];
