export { applicationCrd, applicationNames } from './applicationCrd';
export { generatedFiles } from './generatedFiles';
export type { Examples } from './generatedFiles';
