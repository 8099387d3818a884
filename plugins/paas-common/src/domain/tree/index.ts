export { objectTree } from './objectTree';
export type { TreeInput } from './objectTree';
