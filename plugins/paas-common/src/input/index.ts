export { checkApplication } from './checkApplication';
export { specModel } from './checkSpec';
export { describeLimits } from './describeField';
export type { FieldPath } from './fieldPath';
export type { Locate, Position } from './finding';
export { nearestName } from './nearestName';
export { readApplications } from './readApplications';
export type { ReadApplication } from './readApplications';
export { platformSettings, readPlatformConfig } from './readPlatformConfig';
