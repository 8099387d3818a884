export * from './PaasClusters';
export { type TenantChange, type TenantRecord } from './TenantRecord';
export { paasClustersServiceRef } from './paasClustersServiceRef';
export {
  createPaasClusters,
  type PaasClustersOptions,
  type RunningPaasClusters,
} from './createPaasClusters';
export {
  createClustersDouble,
  type ClustersDouble,
  type ClustersDoubleOptions,
} from './createClustersDouble';
export { objectYaml } from './describeApplication';
export {
  startReflectorWatches,
  type ReflectorWatchOptions,
} from './reflectorWatch';
export {
  type KindWatch,
  type StartWatch,
  type StartWatchOptions,
  type WatchHealth,
} from './KindWatch';
export {
  applicationType,
  watchedKinds,
  type WatchedKind,
} from './watchedKinds';
export {
  readLiveApplication,
  type LiveApplication,
} from './readLiveApplication';
export {
  clusterApplication,
  clusterDeployment,
  clusterNamespace,
  clusterObject,
  clusterTenant,
  type ObjectSketch,
} from './testing/clusterObjects';
