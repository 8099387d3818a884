export * from './PaasClusters';
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
  type ObjectSketch,
} from './testing/clusterObjects';
