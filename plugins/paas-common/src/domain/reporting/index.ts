export { reportStatus, statusEquals } from './reportStatus';
export type { Report, ReportInput } from './reportStatus';
export { planFindings } from './planFindings';
export type { PassResult } from './planFindings';
export { classifyRefusal } from './classifyRefusal';
export type { RefusedWrite } from './classifyRefusal';
export type { Transition } from './transitions';
