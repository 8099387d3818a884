export { planApplication } from './planApplication';
export type { PlanInput } from './PlanInput';
export { describeOwner } from './ownership';
export type { Owner } from './ownership';
export { maskSecrets } from './maskSecrets';
export { contentHash, sameJson } from './contentHash';
export { isWrite } from './describeAction';
export { formatPlan, refText, summarisePlan, valueText } from './formatPlan';
export type { FormatPlanOptions, PlanLine, PlanTone } from './formatPlan';
