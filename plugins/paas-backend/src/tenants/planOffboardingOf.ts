import { NotFoundError } from '@backstage/errors';
import { Impersonation } from '@understage/kube';
import {
  ANNOTATION_CONFIRM_DELETE,
  asWritten,
  KubeObject,
  offboardedVolumes,
  OffboardingPlan,
  summarisePlan,
} from '@understage/plugin-paas-common';
import {
  liveTenantView,
  PaasClusters,
  planTenantFor,
  TenantRecord,
} from '@understage/plugin-paas-node';
import { stringify } from 'yaml';
import { withCluster } from '../changes/explainOutcome';

export interface OffboardingOptions {
  readonly clusters: PaasClusters;
  /** The cluster is looked at as the person who asks. */
  readonly identity: Impersonation;
  readonly now: () => Date;
}

const TIMEOUT_MS = 60_000;

function exportOf(objects: readonly KubeObject[]): string {
  return objects
    .map(object => `---\n${stringify(asWritten(object), { lineWidth: 0 })}`)
    .join('');
}

/** What goes and what stays when a tenant goes: applications, volumes, the plan, and everything as one file. */
export async function planOffboardingOf(
  { ref, tenant, uid, object }: TenantRecord,
  { clusters, identity, now }: OffboardingOptions,
): Promise<OffboardingPlan> {
  const cluster = clusters.cluster(ref.cluster);
  if (!cluster || !tenant) {
    throw new NotFoundError(`Tenant ${ref.name} can not be read.`);
  }
  const { name } = ref;
  const annotations = {
    ...tenant.metadata.annotations,
    [ANNOTATION_CONFIRM_DELETE]: name,
  };
  const { plan, observed } = await withCluster(ref.cluster, () =>
    planTenantFor({
      view: liveTenantView(cluster.as(identity)),
      // As it will be once it was confirmed: that is what is asked about.
      tenant: { ...tenant, metadata: { ...tenant.metadata, uid, annotations } },
      offboard: true,
      now,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }),
  );
  const applications = [...clusters.records().values()].filter(
    record => record.ref.cluster === ref.cluster && record.tenant === ref.name,
  );
  return {
    ref,
    uid,
    policy: tenant.spec.deletionPolicy,
    applications: applications.map(record => ({
      namespace: record.ref.namespace,
      name: record.ref.name,
    })),
    volumes: offboardedVolumes(tenant, observed),
    actions: plan.actions,
    summary: summarisePlan(plan),
    export: exportOf([object, ...applications.map(each => each.application)]),
    confirm: name,
  };
}
