import { KubeObject, KubeWriter } from '@understage/kube';
import { FINALIZER_OFFBOARDING } from '@understage/plugin-paas-common';
import { tenantType } from '@understage/plugin-paas-node';
import { Fence, withinTerm } from './execution/fence';

/** What changing a finalizer needs. */
export interface FinalizerOptions {
  /** Writes as the operator itself. */
  readonly writer: KubeWriter;
  readonly fence: Fence;
  readonly onWritten: (object: KubeObject) => void;
}

async function write(
  tenant: KubeObject,
  finalizers: readonly string[],
  { writer, fence, onWritten }: FinalizerOptions,
): Promise<void> {
  const { name } = tenant.metadata;
  const outcome = await withinTerm(
    fence,
    `changing the finalizers of Tenant ${name}`,
    signal =>
      // All of it at the version that was looked at: whoever put other finalizers there keeps them.
      writer.update(
        { ...tenant, metadata: { ...tenant.metadata, finalizers } },
        { type: tenantType, signal },
      ),
  );
  if (outcome.kind === 'written') return onWritten(outcome.object);
  if (outcome.kind === 'missing') return undefined;
  throw new Error(
    `the finalizers of Tenant ${name} could not be changed: ${outcome.message}`,
  );
}

export function isHeld({ metadata }: KubeObject): boolean {
  return metadata.finalizers?.includes(FINALIZER_OFFBOARDING) ?? false;
}

/** Holds a Tenant until it is offboarded. Throws when that fails: nothing is made for a Tenant that could vanish. */
export function holdTenant(
  tenant: KubeObject,
  options: FinalizerOptions,
): Promise<void> {
  const { finalizers = [] } = tenant.metadata;
  return write(tenant, [...finalizers, FINALIZER_OFFBOARDING], options);
}

/** Lets an offboarded Tenant go. */
export function releaseTenant(
  tenant: KubeObject,
  options: FinalizerOptions,
): Promise<void> {
  const { finalizers = [] } = tenant.metadata;
  return write(
    tenant,
    finalizers.filter(each => each !== FINALIZER_OFFBOARDING),
    options,
  );
}
