import { Tenant } from '../../schema/Tenant';
import { KubeObject } from '../kubernetes';
import { identities, ownTenantRoles } from './bundle/identities';
import { BundlePlace } from './bundle/marks';
import { namespaceObject } from './bundle/namespaceObject';
import { networkPolicies } from './bundle/networkPolicies';
import { limitRange, resourceQuota } from './bundle/quotaObjects';
import { TenantDesired } from './TenantDesired';
import { tenantNamespaces } from './tenantNamespaces';

/** What the world outside the specification contributes to a bundle. */
export interface TenantRenderContext {
  /** Volumes that were kept for the tenant and are bound to nobody: claims of its namespaces may name them. */
  readonly retainedVolumes: readonly string[];
}

function environmentObjects(
  place: BundlePlace,
  { retainedVolumes }: TenantRenderContext,
): readonly KubeObject[] {
  const limits = limitRange(place);
  return [
    namespaceObject(place, retainedVolumes),
    // Walls first: whoever is let in finds them standing.
    ...networkPolicies(place),
    resourceQuota(place),
    ...(limits ? [limits] : []),
    ...identities(place),
  ];
}

/** Every object that a tenant consists of, in the order of application. The same tenant gives the same objects. */
export function renderTenant(
  tenant: Tenant,
  context: TenantRenderContext,
): TenantDesired {
  const namespaces = tenantNamespaces(tenant);
  return {
    tenant,
    namespaces,
    objects: [
      ...ownTenantRoles(tenant),
      ...namespaces.flatMap(({ environment, namespace }) =>
        environmentObjects({ tenant, environment, namespace }, context),
      ),
    ],
  };
}
