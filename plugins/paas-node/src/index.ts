export * from './charts';
export * from './planning';
