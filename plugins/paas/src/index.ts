export { paasPlugin as default } from './plugin';
export { paasApiRef } from './api/PaasApi';
export type { ApplicationFile, CallOptions, PaasApi } from './api/PaasApi';
export { tenantsApiRef } from './api/TenantsApi';
export type { TenantFile, TenantsApi } from './api/TenantsApi';
export { liveUpdatesApiRef } from './api/LiveUpdates';
export type { Connection, LiveListener, LiveUpdates } from './api/LiveUpdates';
export { rootRouteRef } from './routes';
export type { FormFieldName, Made, PaasExtensions } from './extensionTypes';
