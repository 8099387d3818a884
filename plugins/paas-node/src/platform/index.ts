export { type Environment, readPlatformFile } from './readPlatformFile';
