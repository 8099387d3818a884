export * from './charts';
export * from './planning';
export * from './clusters';
export * from './permissions/applicationRules';
export * from './permissions/entityRules';
export * from './permissions/tenantRules';
export * from './platform';
