import { TenantRef } from '@understage/plugin-paas-common';
import { useRootPath } from '../routes';

/** Where the Tenants pages are: below the plugin's root. */
export function useTenantsPath(): string {
  return `${useRootPath()}/tenants`;
}

/** Path of one tenant's page below the Tenants pages, each part encoded. */
export function tenantPath({ cluster, name }: TenantRef): string {
  return [cluster, name].map(encodeURIComponent).join('/');
}
