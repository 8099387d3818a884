export { applyFindings } from './applyFindings';
export type { AssessedApplication } from './applyFindings';
export { assessHealth, availableComponents } from './assessHealth';
export type { HealthInput } from './assessHealth';
export { componentsInForce } from './componentsInForce';
export type {
  ApplicationHealth,
  ComponentHealth,
  ObjectHealth,
  Replicas,
} from './Health';
export { compareStates, worstOf } from './Health';
export type { Refused } from './explainRefusal';
export { findingsOf } from './findings';
export type { Finding } from './findings';
export { readEvent, warnedUid } from './readEvent';
export type { EventReading } from './readEvent';
export { nodeReadiness } from './pod/podState';
