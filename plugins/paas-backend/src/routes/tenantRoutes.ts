import { UserInfoService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  apiRoutes,
  auditReadPermission,
  summarisePlan,
  tenantCreatePermission,
  tenantDeletePermission,
  tenantReadPermission,
  tenantUpdatePermission,
} from '@understage/plugin-paas-common';
import {
  liveTenantView,
  PaasClusters,
  planTenantFor,
  TenantRecord,
} from '@understage/plugin-paas-node';
import { TenantAuthorizer } from '../authorization/TenantAuthorizer';
import { withCluster } from '../changes/explainOutcome';
import { userIdentity } from '../changes/UserIdentity';
import { Directory } from '../people/Directory';
import { warnAboutPeople } from '../people/unknownPeople';
import { RegisterContext, registerRoute } from '../http/registerRoute';
import { planOffboardingOf } from '../tenants/planOffboardingOf';
import { readerOf } from '../tenants/readerOf';
import { readTenantTarget } from '../tenants/readTenantTarget';
import { tenantDetail } from '../tenants/tenantDetail';
import { listTenants } from '../tenants/TenantLister';
import { TenantWriter } from '../tenants/TenantWriter';

export interface TenantRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly tenantAuthorizer: TenantAuthorizer;
  readonly userInfo: UserInfoService;
  readonly directory: Directory;
  readonly now: () => Date;
}

const PLAN_TIMEOUT_MS = 60_000;

/** Tenants: reading from the cache, planning and changing as the signed-in user. */
export function addTenantRoutes(options: TenantRoutesOptions): void {
  addReading(options);
  addChanging(options);
}

function addReading(options: TenantRoutesOptions): void {
  const { clusters, tenantAuthorizer, userInfo, access } = options;

  registerRoute(options, apiRoutes.listTenants, async call => {
    const { query, credentials } = call;
    const decision = await tenantAuthorizer.decide(
      credentials,
      tenantReadPermission,
    );
    const [create, audit, reader] = await Promise.all([
      access.isGiven(credentials, tenantCreatePermission),
      access.isGiven(credentials, auditReadPermission),
      readerOf(credentials, userInfo),
    ]);
    const may = { create, audit };
    return listTenants(query, { clusters, decision, may, reader });
  });

  registerRoute(options, apiRoutes.getTenant, async call => {
    const { credentials, params } = call;
    const record = await access.visibleTenant(credentials, params);
    const covers = (
      permission: Parameters<typeof access.coversTenant>[1],
    ): Promise<boolean> => access.coversTenant(credentials, permission, record);
    const [update, remove, audit, people] = await Promise.all([
      covers(tenantUpdatePermission),
      covers(tenantDeletePermission),
      covers(auditReadPermission),
      options.directory.read(),
    ]);
    const may = { update, delete: remove, audit };
    const reader = await readerOf(credentials, userInfo);
    return tenantDetail(record, { clusters, may, reader, people });
  });

  registerRoute(options, apiRoutes.planOffboarding, async call => {
    const record = await access.visibleTenant(call.credentials, call.params);
    const { now } = options;
    const identity = await userIdentity(call.credentials, userInfo);
    return planOffboardingOf(record, { clusters, identity, now });
  });
}

function addChanging(options: TenantRoutesOptions): void {
  const { clusters, userInfo, access, now } = options;

  registerRoute(options, apiRoutes.planTenant, async ({ body, ...call }) => {
    const target = await readTenantTarget({ ...options, ...call, body });
    if (target.kind === 'invalid') return target;
    const { tenant, cluster, record, warnings } = target;
    const identity = await userIdentity(call.credentials, userInfo);
    const aboutPeople = warnAboutPeople(tenant, options.directory);
    const { plan, problems } = await withCluster(cluster.name, () =>
      planTenantFor({
        view: liveTenantView(cluster.as(identity)),
        tenant: {
          ...tenant,
          metadata: { ...tenant.metadata, ...identityOf(record) },
        },
        now,
        signal: AbortSignal.timeout(PLAN_TIMEOUT_MS),
      }),
    );
    return {
      kind: 'planned' as const,
      actions: plan.actions,
      summary: summarisePlan(plan),
      warnings: [
        ...warnings,
        ...problems.map(message => ({ path: '', message })),
        ...(await aboutPeople),
      ],
    };
  });

  registerRoute(options, apiRoutes.applyTenant, async ({ body, ...call }) => {
    const target = await readTenantTarget({ ...options, ...call, body });
    if (target.kind === 'invalid') return target;
    const { tenant, ref, cluster, record, warnings } = target;
    call.note({ ...ref });
    const identity = await userIdentity(call.credentials, userInfo);
    const applied = await new TenantWriter(cluster, identity).apply(tenant, {
      before: record?.object,
      force: body.force ?? false,
    });
    if (applied.kind === 'invalid') {
      const problems = [{ path: '', message: applied.message }];
      return { kind: 'invalid' as const, problems };
    }
    if (applied.kind === 'conflict') {
      call.note({ refused: applied.message });
      return applied;
    }
    const { changed, uid: tenantUid } = applied;
    if (tenantUid) call.note({ tenantUid });
    const aboutPeople = await warnAboutPeople(tenant, options.directory);
    return {
      kind: 'applied' as const,
      ref,
      changed,
      warnings: [...warnings, ...aboutPeople],
    };
  });

  registerRoute(options, apiRoutes.deleteTenant, async call => {
    const record = await access.visibleTenant(call.credentials, call.params);
    const { confirm, uid = record.uid } = call.query;
    const { cluster, name } = record.ref;
    if (confirm !== name) {
      throw new InputError(
        `The tenant is ${name}, and "${confirm}" was typed: nothing was done.`,
      );
    }
    // By uid: while it goes, another of its name may come.
    call.note({ tenantUid: record.uid });
    const kube = clusters.cluster(cluster);
    if (!kube) throw new Error(`${cluster} is configured and has no client`);
    const identity = await userIdentity(call.credentials, userInfo);
    const writer = new TenantWriter(kube, identity);
    return { changed: await writer.delete(record, uid) };
  });
}

/** What the cluster knows the tenant by: uids decide which objects are its own. */
function identityOf(record: TenantRecord | undefined): object {
  if (!record) return {};
  const { uid, generation, creationTimestamp } = record.object.metadata;
  return { uid, generation, creationTimestamp };
}
