import { realTiming, StoreEvent } from '@understage/kube';
import {
  MANAGER,
  PROVISIONER,
  sameJson,
  TenantStatus,
} from '@understage/plugin-paas-common';
import { bundleResource, tenantType } from '@understage/plugin-paas-node';
import { countOutcomes } from './applicationController';
import { createController } from './controller';
import { Executor } from './execution/executePlan';
import { concernedTenants, KnownTenants } from './observation/concernedTenants';
import { TenantCache } from './observation/tenantCache';
import { reconcileTenant, TenantReconciler } from './reconcileTenant';
import { processTimers } from './reporting/processTimers';
import { StatusWriter } from './reporting/statusWriter';
import {
  ControllerContext,
  RunningController,
  statesOf,
} from './RunningController';
import { VerificationLog } from './verification/VerificationLog';
import { verifyTenant } from './verification/verifyTenant';

/** Probes tell how things are; they do not have to tell it at once. */
const VERIFICATION_CONCURRENCY = 2;
/** While tenants are provisioned, probes let them go first, but not for longer than this. */
const LET_PASS_MS = 30_000;
/**
 * What was not refused, though it must be, is tried again: soon, because the server takes a moment to see a new namespace
 * or policy, then ever later.
 */
const VERIFY_AGAIN = { firstMs: 1_000, factor: 3, mostMs: 60_000 };
/** The usage of a quota changes with every pod. */
const USAGE_MS = 500;

const PROVISIONER_USER = `system:serviceaccount:understage-system:${PROVISIONER}`;

function provisioner({ cluster, writes, fence }: ControllerContext): Executor {
  return {
    writer: cluster.writer({
      fieldManager: MANAGER,
      impersonate: { user: PROVISIONER_USER },
    }),
    resourceType: bundleResource,
    onWritten: object => writes.remember(object),
    onDeleted: ({ ref, uid }) => writes.rememberDeleted(ref, uid),
    fence,
  };
}

/** Only what is used of a quota has changed. */
function isUsage(event: StoreEvent): boolean {
  return (
    event.type === 'updated' &&
    event.object.kind === 'ResourceQuota' &&
    sameJson(
      [event.object.spec, event.object.metadata.labels],
      [event.previous.spec, event.previous.metadata.labels],
    ) &&
    sameJson(
      event.object.metadata.annotations,
      event.previous.metadata.annotations,
    )
  );
}

/** Resolves when the work is done, or when it takes too long. */
async function atMost(milliseconds: number, work: Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Reconciles Tenants for as long as it may, and tries what their members must not do. */
export function startTenantController(
  context: ControllerContext,
): RunningController {
  const { running, writes, telemetry, log, fence } = context;
  const waiting = new Set<string>();
  /** How long until a tenant with something not enforced is tried again. */
  const doubts = new Map<string, number>();
  const verification = new VerificationLog();
  const cache = new TenantCache({ kinds: running.kinds, writes });
  const remember: ReturnType<typeof provisioner>['onWritten'] = object =>
    writes.remember(object);
  const statuses = new StatusWriter<TenantStatus>({
    writer: context.ownWriter,
    type: tenantType,
    timers: processTimers,
    monotonic: realTiming.monotonic,
    fence,
    onWritten: tenant => {
      writes.remember(tenant);
      telemetry.statusWrites.inc();
    },
    onError: (tenant, error) =>
      log('warn', 'status not written', { tenant, error: String(error) }),
  });
  const known: KnownTenants = {
    tenantOf: namespace => cache.tenantOf(namespace),
    waiting: () => [...waiting],
  };
  const reconciler: TenantReconciler = {
    cache,
    now: realTiming.now,
    retryRefusedMs: context.retryRefusedMs,
    executor: provisioner(context),
    finalizers: { writer: context.ownWriter, fence, onWritten: remember },
    pendingStatus: name => statuses.pending({ name }),
    submit: (tenant, { status, transitions }) => {
      const { name, uid = '' } = tenant.metadata;
      statuses.submit({ name, uid }, status);
      context.events.tell(tenant, transitions);
    },
    verification,
    verify: name => verifying.add(name),
    onWaiting: (name, waits) => {
      if (waits) waiting.add(name);
      else waiting.delete(name);
    },
    onPass: pass => countOutcomes(pass, telemetry),
  };
  const keys = () => cache.list().map(({ metadata }) => metadata.name);
  const controller = createController({
    what: 'tenant',
    concurrency: context.concurrency,
    mayWork: context.mayWork,
    keys,
    reconcile: name => reconcileTenant(name, reconciler),
    onResult: result => telemetry.tenantReconciles.inc({ result }),
    log,
  });
  const verifying = createController({
    what: 'tenant',
    concurrency: VERIFICATION_CONCURRENCY,
    mayWork: context.mayWork,
    // Nothing is tried for its own sake: reconciling asks for it.
    keys: () => [],
    reconcile: async name => {
      await atMost(LET_PASS_MS, controller.idle());
      const enforced = await verifyTenant(name, {
        cache,
        cluster: context.cluster,
        now: realTiming.now,
        verification,
        onAnswer: result => telemetry.probes.inc({ result }),
      });
      controller.add(name);
      if (enforced) {
        doubts.delete(name);
        return { kind: 'done' };
      }
      const pause = doubts.get(name) ?? VERIFY_AGAIN.firstMs;
      const longer = Math.min(pause * VERIFY_AGAIN.factor, VERIFY_AGAIN.mostMs);
      doubts.set(name, longer);
      return {
        kind: 'requeueAfter',
        milliseconds: pause,
        why: 'something is not enforced',
      };
    },
    log,
  });
  return {
    onChange(event) {
      const { kind, metadata } = event.object;
      if (kind === 'Tenant' && event.type === 'deleted') {
        statuses.forget({ name: metadata.name });
        verification.forget(metadata.uid ?? '');
        doubts.delete(metadata.name);
      }
      const delay = isUsage(event) ? USAGE_MS : 0;
      for (const name of concernedTenants(event, known)) {
        if (delay > 0) controller.addAfter(name, delay);
        else controller.add(name);
      }
    },
    queueAll() {
      verification.expireAll();
      controller.queueAll();
    },
    unpark() {
      controller.unpark();
    },
    waiting: () => controller.stats().waiting,
    async settled() {
      await controller.idle();
      await verifying.idle();
      await controller.idle();
      await statuses.drained();
    },
    async stop() {
      await controller.shutDown();
      await verifying.shutDown();
      await statuses.drained();
    },
    refresh() {
      telemetry.tenants.reset();
      for (const [state, count] of statesOf(cache.list()))
        telemetry.tenants.set({ state }, count);
    },
  };
}
