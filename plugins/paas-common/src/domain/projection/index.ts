export { createProjection, projectObject } from './projectObject';
