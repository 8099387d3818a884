export { parsePlatformFile, readPlatformFile } from './readPlatformFile';
