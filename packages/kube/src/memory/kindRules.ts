/** Kinds whose objects change as one: the server counts no generation for them. */
const withoutGeneration = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'ControllerRevision',
  'Endpoints',
  'Event',
  'HorizontalPodAutoscaler',
  'Lease',
  'LimitRange',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StorageClass',
]);

/** Kinds that have no `status`, or no subresource for it. Of all others it can be written through the subresource only. */
const withoutStatus = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'ControllerRevision',
  'Endpoints',
  'Event',
  'Lease',
  'LimitRange',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
  'Secret',
  'ServiceAccount',
  'StorageClass',
]);

/** Whether the server counts changes of what is wanted in `metadata.generation`. */
export function hasGeneration(kind: string): boolean {
  return !withoutGeneration.has(kind);
}

/** Whether `status` is a subresource of its own. Custom resources count as having one. */
export function hasStatus(kind: string): boolean {
  return !withoutStatus.has(kind);
}
