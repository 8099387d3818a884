export { planApplication } from './planApplication';
export type { PlanInput } from './PlanInput';
export type { Owner } from './ownership';
export { diffObject } from './diffObject';
export { removedFields } from './removedFields';
export { maskSecrets, HIDDEN } from './maskSecrets';
export { contentHash, sameJson } from './contentHash';
export { isWrite } from './describeAction';
export {
  formatPlan,
  planText,
  refText,
  summarisePlan,
  valueText,
} from './formatPlan';
export type { FormatPlanOptions, PlanLine, PlanTone } from './formatPlan';
export {
  ownershipOf,
  isOwnedBy,
  isRetainedFor,
  describeOwner,
} from './ownership';
export type { Ownership } from './ownership';
export { parseQuantity, sameQuantity } from './quantity';
