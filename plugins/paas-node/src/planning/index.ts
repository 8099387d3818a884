export {
  claimsAny,
  liveClusterView,
  type ClaimQuery,
  type ClusterView,
  type ServesKind,
  type ViewQuery,
} from './ClusterView';
export {
  createClusterViewDouble,
  type ClusterViewDouble,
} from './createClusterViewDouble';
export { observeApplication, type ObserveOptions } from './observeApplication';
export {
  planFor,
  type PlanForOptions,
  type PlannedApplication,
} from './planFor';
export { type ReleaseCandidate } from './candidateRelease';
export { resolveCharts } from './resolveCharts';
export {
  bundleResource,
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
  tenantType,
  volumeType,
} from './bundleKinds';
export {
  type BundleQuery,
  liveTenantView,
  type SeenObjects,
  type TenantView,
  type TenantViewOptions,
  together,
  unlessUnreadable,
} from './TenantView';
export {
  createTenantViewDouble,
  type TenantViewDouble,
} from './createTenantViewDouble';
export {
  planTenantFor,
  type PlannedTenant,
  type PlanTenantOptions,
} from './planTenantFor';
