export * from './objects';
export * from './ports';
export * from './errors';
