import { KubeCluster, KubeObject } from '@understage/kube';
import {
  assessProbes,
  checkTenant,
  LABEL_TENANT,
  ObjectRef,
  observedItems,
  ProbeAnswer,
  provenChecks,
  refKey,
  refOf,
  Tenant,
  TenantCheck,
  TenantNamespace,
  TenantProbe,
  tenantProbes,
} from '@understage/plugin-paas-common';
import { PlannedTenant, planTenantFor } from '@understage/plugin-paas-node';
import { TenantCache } from '../observation/tenantCache';
import { admissionCheck, admissionTrouble } from './admissionTrouble';
import { tryProbe } from './tryProbe';
import { VerificationLog } from './VerificationLog';

/** What verifying needs of the outside. */
export interface VerifyOptions {
  readonly cache: TenantCache;
  readonly cluster: KubeCluster;
  readonly now: () => Date;
  readonly verification: VerificationLog;
  readonly onAnswer?: (result: TenantCheck['result']) => void;
}

function readTenant(name: string, cache: TenantCache): Tenant | undefined {
  const object = cache.tenant(name);
  if (!object || object.metadata.deletionTimestamp) return undefined;
  const checked = checkTenant(object);
  return checked.ok ? checked.value : undefined;
}

/** Environments of which nothing has to be written: what is tried before that proves nothing. */
function completePlaces({
  desired,
  plan,
}: PlannedTenant): readonly TenantNamespace[] {
  const open = new Set(
    plan.actions
      .filter(({ kind }) => kind !== 'none' && kind !== 'keep')
      .map(({ ref }) => (ref.kind === 'Namespace' ? ref.name : ref.namespace)),
  );
  return desired.namespaces.filter(({ namespace }) => !open.has(namespace));
}

/** A namespace of another tenant; the same one for as long as it is there, so that equal answers stay equal. */
function neighbourOf(
  tenant: Tenant,
  { observed }: PlannedTenant,
): string | undefined {
  const others = [...observed.namespaces.values()].filter(({ metadata }) => {
    const owner = metadata.labels?.[LABEL_TENANT];
    return owner !== undefined && owner !== tenant.metadata.name;
  });
  return others.map(({ metadata }) => metadata.name).sort()[0];
}

/** Answers come one after the other: probing is never in a hurry. */
async function tryAll(
  probes: readonly TenantProbe[],
  place: TenantNamespace,
  { cluster, uidOf }: Pick<VerifyOptions, 'cluster'> & UidOf,
): Promise<ReadonlyMap<string, ProbeAnswer>> {
  const answers = new Map<string, ProbeAnswer>();
  for (const probe of probes) {
    const { namespace } = place;
    answers.set(probe.id, await tryProbe(probe, { cluster, namespace, uidOf }));
  }
  return answers;
}

interface UidOf {
  readonly uidOf: (ref: ObjectRef) => string | undefined;
}

/** Of what only an admission policy could have refused, it is said why none did. */
function withTrouble(
  checks: readonly TenantCheck[],
  probes: readonly TenantProbe[],
  trouble: string | undefined,
): readonly TenantCheck[] {
  if (trouble === undefined) return checks;
  const byPolicy = new Set(
    probes
      .filter(({ refusedBy }) => refusedBy.includes('admissionPolicy'))
      .map(({ id }) => id),
  );
  return checks.map(check =>
    check.result === 'notEnforced' && byPolicy.has(check.id)
      ? { ...check, evidence: `${check.evidence} ${trouble}` }
      : check,
  );
}

const isPolicyOf = (namespace: string) => (object: KubeObject) =>
  object.kind === 'NetworkPolicy' && object.metadata.namespace === namespace;

/**
 * Tries what must be refused in each environment of a tenant that stands, as its own accounts, and records what came of
 * it. Writes nothing: everything is a dry run. True when everything is enforced.
 */
export async function verifyTenant(
  name: string,
  options: VerifyOptions,
): Promise<boolean> {
  const { cache, cluster, now, verification } = options;
  const tenant = readTenant(name, cache);
  if (!tenant) return true;
  const planned = await planTenantFor({ view: cache, tenant, now });
  const objects = observedItems(planned.observed.snapshot);
  const uids = new Map(
    objects.map(object => [refKey(refOf(object)), object.metadata.uid]),
  );
  const trouble = await admissionTrouble(cluster);
  const results = new Map<string, readonly TenantCheck[]>();
  for (const place of completePlaces(planned)) {
    const { environment, namespace } = place;
    const live = planned.observed.namespaces.get(namespace);
    if (!live) continue;
    const probes = tenantProbes({
      tenant,
      namespace,
      neighbour: neighbourOf(tenant, planned),
    });
    const answers = await tryAll(probes, place, {
      cluster,
      uidOf: ref => uids.get(refKey(ref)),
    });
    results.set(environment, [
      ...withTrouble(assessProbes(probes, answers), probes, trouble),
      admissionCheck(trouble),
      ...provenChecks({
        tenant,
        environment,
        namespace: live,
        policies: objects.filter(isPolicyOf(namespace)),
      }),
    ]);
  }
  verification.record(tenant.metadata.uid ?? '', results);
  const found = [...results.values()].flat();
  found.forEach(({ result }) => options.onAnswer?.(result));
  return found.every(({ result }) => result === 'enforced');
}
