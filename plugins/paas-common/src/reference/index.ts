export { generatedFiles } from './generatedFiles';
export type { Examples } from './generatedFiles';
