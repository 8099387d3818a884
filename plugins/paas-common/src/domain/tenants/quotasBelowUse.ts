import { recordAt } from '../jsonValue';
import { ObjectRef, refKey, refOf } from '../kubernetes';
import { parseQuantity } from '../planning/quantity';
import { observedItems } from '../snapshot';
import { TenantDesired, TenantObserved } from './TenantDesired';

/** A quota that is lower than what is used already. */
export interface QuotaBelowUse {
  readonly ref: ObjectRef;
  readonly message: string;
}

/** Quotas of a tenant that are lower than what the cluster counts: nothing is stopped by that, and nothing new starts. */
export function quotasBelowUse({
  desired,
  observed,
}: {
  readonly desired: TenantDesired;
  readonly observed: TenantObserved;
}): readonly QuotaBelowUse[] {
  const live = new Map(
    observedItems(observed.snapshot).map(object => [
      refKey(refOf(object)),
      object,
    ]),
  );
  return desired.objects
    .filter(({ kind }) => kind === 'ResourceQuota')
    .flatMap(object => {
      const ref = refOf(object);
      const used = recordAt(live.get(refKey(ref)), 'status', 'used');
      const hard = recordAt(object, 'spec', 'hard');
      const over = Object.keys(hard)
        .sort()
        .filter(
          resource =>
            (parseQuantity(used[resource]) ?? 0n) >
            (parseQuantity(hard[resource]) ?? 0n),
        )
        .map(
          resource =>
            `${resource} ${String(used[resource])} of ${String(
              hard[resource],
            )}`,
        );
      return over.length === 0
        ? []
        : [
            {
              ref,
              message: `More is used in ${
                ref.namespace
              } than the quota allows: ${over.join(
                ', ',
              )}. What runs goes on, nothing new starts. Make room, or raise the quota.`,
            },
          ];
    });
}
