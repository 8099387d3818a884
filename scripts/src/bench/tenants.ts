import { KubeCluster, KubeObject, KubeWriter } from '@understage/kube';
import {
  checkTenant,
  LABEL_BUNDLE,
  LABEL_TENANT,
  renderTenant,
  Tenant,
  TENANT_API_VERSION,
} from '@understage/plugin-paas-common';
import {
  bundleResource,
  clusterBundleKinds,
  namespacedBundleKinds,
  namespaceType,
  tenantType,
} from '@understage/plugin-paas-node';
import { ControlPlane } from '../stack/controlPlane';
import { installAdmission } from '../stack/install';
import { Benchmark, BenchContext, Measurement } from './Benchmark';
import {
  CONCURRENCY,
  connected,
  seconds,
  until,
  withOperator,
} from './comparison';
import { applyAll, inParallel } from './fleet';
import { ObjectCounter } from './ObjectCounter';
import { lookTwice } from './operatorHere';

const PROVISIONER =
  'system:serviceaccount:understage-system:understage-provisioner';

/** Like tenants with three environments each. */
export function describeTenants(
  prefix: string,
  count: number,
): readonly Tenant[] {
  return Array.from({ length: count }, (_, index) => {
    const group = `group:default/${prefix}-${index}`;
    const checked = checkTenant({
      apiVersion: TENANT_API_VERSION,
      kind: 'Tenant',
      metadata: { name: `${prefix}-${index}` },
      spec: {
        owner: group,
        members: ['admin', 'developer', 'viewer'].map(role => ({
          group: `${group}-${role}s`,
          role,
        })),
        environments: ['dev', 'staging', 'prod'].map(name => ({ name })),
        quota: { cpu: '20', memory: '40Gi', pods: 100, storage: '1Ti' },
        network: {
          allowFrom: ['ingress-nginx'],
          domains: [`${prefix}-${index}.example.com`],
        },
      },
    });
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    return checked.value;
  });
}

/** What a tenant consists of: the objects that both sides write. */
function bundleOf(tenant: Tenant): readonly KubeObject[] {
  const known = {
    ...tenant,
    metadata: { ...tenant.metadata, uid: tenant.metadata.name },
  };
  return renderTenant(known, { retainedVolumes: [] }).objects;
}

/** Counts the objects of all bundles. */
const countBundles = (cluster: KubeCluster) =>
  new ObjectCounter(cluster, {
    types: [namespaceType, ...namespacedBundleKinds, ...clusterBundleKinds],
    labelSelector: `${LABEL_BUNDLE}=tenant`,
    sideOf: ({ metadata }) => metadata.labels?.[LABEL_TENANT],
  });

const applied = (tenants: readonly Tenant[]) =>
  tenants.map(tenant => ({ object: { ...tenant }, type: tenantType }));

function measureOurs(
  plane: ControlPlane,
  tenants: readonly Tenant[],
  counter: ObjectCounter,
): Promise<number> {
  return withOperator(plane, async cluster => {
    const [first, ...rest] = tenants;
    // One first, to have the lease and all connections warm.
    await applyAll(cluster, applied([first]), 1);
    const each = bundleOf(first).length;
    await until('the first tenant', () => counter.count('ours') >= each);
    const started = performance.now();
    await applyAll(cluster, applied(rest), CONCURRENCY);
    await until(
      'all bundles',
      () => counter.count('ours') >= each * tenants.length,
    );
    return seconds(started);
  });
}

async function writeAll(
  writer: KubeWriter,
  objects: readonly KubeObject[],
): Promise<void> {
  await inParallel(objects, CONCURRENCY, async object => {
    const type = bundleResource(object.apiVersion, object.kind);
    if (!type) throw new Error(`bundles hold no ${object.kind}`);
    const outcome = await writer.apply(object, { type });
    if (outcome.kind !== 'written')
      throw new Error(
        `raw apply of ${object.kind} ${object.metadata.name}: ${outcome.message}`,
      );
  });
}

/** Whatever else needs: namespaces, and roles that are bound. */
const isFirst = ({ kind }: KubeObject) =>
  kind === 'Namespace' || kind === 'ClusterRole';

/** The same, without anybody who thinks: what others need goes first, so that nothing has to wait for anything. */
async function measureRaw(
  plane: ControlPlane,
  tenants: readonly Tenant[],
  counter: ObjectCounter,
): Promise<number> {
  const objects = tenants.flatMap(bundleOf);
  const taken = await connected(plane, async cluster => {
    const writer = cluster.writer({
      fieldManager: 'understage',
      impersonate: { user: PROVISIONER },
    });
    const [warm, ...rest] = tenants;
    await applyAll(cluster, applied([warm]), 1);
    await writeAll(writer, bundleOf(warm).filter(isFirst));
    const begun = new Set(bundleOf(warm).filter(isFirst).map(nameOf));
    const started = performance.now();
    await applyAll(cluster, applied(rest), CONCURRENCY);
    const open = objects.filter(object => !begun.has(nameOf(object)));
    await writeAll(writer, open.filter(isFirst));
    await writeAll(
      writer,
      open.filter(object => !isFirst(object)),
    );
    await until('all bundles', () => counter.count('raw') >= objects.length);
    return seconds(started);
  });
  // Nobody looks after these: gone before somebody does.
  await plane.kubectl([
    ...['delete', 'tenants', '--wait=false'],
    ...tenants.map(({ metadata }) => metadata.name),
  ]);
  return taken;
}

const nameOf = ({ kind, metadata }: KubeObject) =>
  `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;

async function run({
  progress,
  scale,
  emptyPlane,
}: BenchContext): Promise<readonly Measurement[]> {
  const count = Math.max(3, Math.round(100 * scale));
  const plane = await emptyPlane(1);
  try {
    await installAdmission(plane);
    const ours = describeTenants('ours', count);
    const raw = describeTenants('raw', count);
    const objects = ours.flatMap(bundleOf).length;
    const times = await connected(plane, async observer => {
      const counter = countBundles(observer);
      await counter.ready();
      const oursSeconds = await progress.step(
        `${count} tenants with ${objects} objects, by the operator`,
        () => measureOurs(plane, ours, counter),
      );
      const rawSeconds = await progress.step(`the same objects, raw`, () =>
        measureRaw(plane, raw, counter),
      );
      await counter.stop();
      return { oursSeconds, rawSeconds };
    });
    const writes = await progress.step(
      `restart and resync of ${count} unchanged tenants`,
      async () => {
        // What is still to be found out is, before it counts.
        const dryRuns = false;
        await lookTwice(plane, { identity: 'bench-1', dryRuns });
        return lookTwice(plane, { identity: 'bench-2', dryRuns });
      },
    );
    return [
      {
        bench: 'tenants',
        value: times.rawSeconds / times.oursSeconds,
        unit: 'raw / ours',
        goal: { atLeast: 0.8 },
        details: { tenants: count, objects, ...times },
      },
      {
        bench: 'tenants-idle-writes',
        value: writes.restart + writes.resync,
        unit: 'writes',
        goal: { atMost: 0 },
        details: { tenants: count, ...writes },
      },
    ];
  } finally {
    await plane.stop();
  }
}

export const tenantsBenchmark: Benchmark = {
  name: 'tenants',
  about:
    'Tenants with three environments provisioned, against raw server-side apply of the same objects; writes when nothing changed',
  run,
};
