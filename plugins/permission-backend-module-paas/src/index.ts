export { permissionModulePaas as default } from './module';
export { PaasPolicy, type PaasPolicyOptions } from './policy/PaasPolicy';
export type {
  KnownCluster,
  KnownTenant,
  TenantDirectory,
} from './policy/TenantDirectory';
