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
