import { PaasClient, PaasClientOptions } from '@understage/plugin-paas-common';
import { TenantsApi } from './TenantsApi';

/** Tenants over the platform's HTTP API. */
export function createTenantsApi(options: PaasClientOptions): TenantsApi {
  const client = new PaasClient(options);
  return {
    listTenants: (query, call) => client.listTenants(query, call),
    getTenant: (ref, call) => client.getTenant(ref, call),
    planTenant: ({ cluster, yaml }) =>
      client.planTenant({ cluster, tenant: yaml }),
    applyTenant: ({ cluster, yaml }, { force = false } = {}) =>
      client.applyTenant({ cluster, tenant: yaml, ...(force && { force }) }),
    planOffboarding: (ref, call) => client.planOffboarding(ref, call),
    listAudit: (query, call) => client.listAudit(query, call),
    offboard: async (ref, confirmed) => {
      await client.deleteTenant(ref, confirmed);
    },
  };
}
