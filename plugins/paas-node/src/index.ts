export * from './charts';
export * from './planning';
export * from './clusters';
export * from './permissions/applicationRules';
export * from './platform';
