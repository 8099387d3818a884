import { apiRoutes, auditReadPermission } from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import { AuditStore } from '../audit/AuditStore';
import { AuditTrail } from '../audit/AuditTrail';
import {
  TenantAuthorizer,
  TenantDecision,
} from '../authorization/TenantAuthorizer';
import { RegisterContext, registerRoute } from '../http/registerRoute';

const SETTLE_MS = 1_000;

export interface AuditRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly tenantAuthorizer: TenantAuthorizer;
  readonly auditStore: AuditStore;
  readonly trail: AuditTrail;
}

/** The audit trail. Conditions become part of the question to the database: pages hold what may be seen, and are full. */
export function addAuditRoutes(options: AuditRoutesOptions): void {
  const { clusters, tenantAuthorizer, auditStore, trail } = options;

  registerRoute(
    options,
    apiRoutes.listAudit,
    async ({ query, credentials }) => {
      const decision = await tenantAuthorizer.decide(
        credentials,
        auditReadPermission,
      );
      // Whoever was refused a moment ago finds the line of it.
      await trail.settled(SETTLE_MS);
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
