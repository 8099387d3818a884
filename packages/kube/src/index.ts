export * from './objects';
export * from './ports';
export * from './errors';
export {
  connectCluster,
  type ConnectOptions,
  type HttpCluster,
} from './client/connectCluster';
export { type CredentialsOptions } from './client/credentials';
export { type BodyLimits } from './client/readBody';
export { type TransportLimits } from './client/transport';
export {
  latencyBuckets,
  type RequestCount,
  RequestStatistics,
  type RequestStats,
  type RequestVerb,
  type VerbCount,
} from './client/requestStatistics';
export {
  type Indexer,
  ObjectStore,
  type StoreEvent,
  storeKey,
} from './reflector/objectStore';
export {
  type BackoffLimits,
  jitteredBackoff,
  realTiming,
  type Timing,
} from './reflector/timing';
export {
  createReflector,
  type Reflector,
  type ReflectorOptions,
  type ReflectorStats,
} from './reflector/createReflector';
export {
  createWorkQueue,
  type WorkQueue,
  type WorkQueueOptions,
  type WorkQueueStats,
} from './queue/workQueue';
export {
  createLeaseElection,
  type LeaseElection,
  type LeaseElectionOptions,
  leaseType,
} from './election/leaseElection';
export { InMemoryKube, type InMemoryKubeOptions } from './memory/inMemoryKube';
export { type RequestInfo, type Verb } from './memory/requests';
export {
  createFaultProxy,
  type FaultProxy,
  type FaultProxyOptions,
} from './testing/faults/createFaultProxy';
export {
  type Cut,
  type Corruption,
  type FaultAction,
  type FaultRule,
  type FaultVerb,
  seededRandom,
} from './testing/faults/faultRule';
export { ManualTiming } from './testing/manualTiming';
