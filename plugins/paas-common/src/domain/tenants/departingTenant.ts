import { Tenant, TENANT_API_VERSION } from '../../schema/Tenant';
import { textAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';

/**
 * A Tenant that is going, read for that alone: what it asks for does not matter any more, so nothing in it can be wrong. What
 * it has is known by its uid, not by its specification. Whoever can not say `Delete` keeps what they have, and one that says
 * it still has to confirm it.
 */
export function departingTenant(object: KubeObject): Tenant {
  const text = (field: string) => textAt(object, 'spec', field);
  return {
    apiVersion: TENANT_API_VERSION,
    kind: 'Tenant',
    metadata: object.metadata,
    spec: {
      owner: text('owner') ?? '',
      contacts: [],
      members: [],
      environments: [],
      quota: {},
      limits: {},
      network: {
        allowFrom: [],
        egress: { internet: false, cidrs: [], tenants: [] },
        allowTenants: [],
        domains: [],
      },
      storage: { classes: [] },
      podSecurity:
        text('podSecurity') === 'baseline' ? 'baseline' : 'restricted',
      deletionPolicy: text('deletionPolicy') === 'Delete' ? 'Delete' : 'Retain',
    },
  };
}
