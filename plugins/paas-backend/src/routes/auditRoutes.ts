import { apiRoutes, auditReadPermission } from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import { AuditStore } from '../audit/AuditStore';
import {
  TenantAuthorizer,
  TenantDecision,
} from '../authorization/TenantAuthorizer';
import { RegisterContext, registerRoute } from '../http/registerRoute';

export interface AuditRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly tenantAuthorizer: TenantAuthorizer;
  readonly auditStore: AuditStore;
}

/** The audit trail. Conditions become part of the question to the database: pages hold what may be seen, and are full. */
export function addAuditRoutes(options: AuditRoutesOptions): void {
  const { clusters, tenantAuthorizer, auditStore } = options;

  registerRoute(
    options,
    apiRoutes.listAudit,
    async ({ query, credentials }) => {
      const decision = await tenantAuthorizer.decide(
        credentials,
        auditReadPermission,
      );
      return auditStore.list(query, visibleUids(clusters, decision));
    },
  );
}

/** By uid: who takes over a tenant's name takes over none of its past. */
function visibleUids(
  clusters: PaasClusters,
  decision: TenantDecision,
): readonly string[] | undefined {
  if (decision.unconditional) return undefined;
  return [...clusters.tenants().values()]
    .filter(record => decision.allows(record))
    .map(({ uid }) => uid);
}
