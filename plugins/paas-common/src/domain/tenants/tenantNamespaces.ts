import { Tenant } from '../../schema/Tenant';
import { TenantNamespace } from './TenantDesired';

/**
 * The namespace of each environment: the one that is adopted, `<tenant>` when there is exactly one environment, else
 * `<tenant>-<environment>`.
 */
export function tenantNamespaces({
  metadata,
  spec,
}: Pick<Tenant, 'metadata' | 'spec'>): readonly TenantNamespace[] {
  const isOnly = spec.environments.length === 1;
  return spec.environments.map(({ name, adopt }) => ({
    environment: name,
    namespace: adopt ?? (isOnly ? metadata.name : `${metadata.name}-${name}`),
    adopted: adopt !== undefined,
  }));
}
