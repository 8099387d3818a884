export * from './charts';
export * from './planning';
export * from './clusters';
export * from './permissions/applicationRules';
export * from './permissions/entityRules';
export type { Owned, OwnedFilter } from './permissions/ownedRules';
export * from './permissions/tenantRules';
export * from './platform';
