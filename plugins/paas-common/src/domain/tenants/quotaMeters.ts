import { QuotaMeter } from '../../api/tenantTypes';
import { recordAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { parseQuantity } from '../planning/quantity';

/** Four digits are more than a meter shows. */
const PRECISION = 10_000n;

function shareOf(used: string, hard: string): number | undefined {
  const all = parseQuantity(hard);
  const some = parseQuantity(used);
  if (all === undefined || some === undefined || all === 0n) return undefined;
  return Number((some * PRECISION) / all) / Number(PRECISION);
}

/**
 * A ResourceQuota as meters, sorted by name. `share` is used / hard by exact arithmetic, cut to four digits; absent where
 * nothing may be used at all. Empty while the cluster has not counted yet.
 */
export function quotaMeters(quota: KubeObject): readonly QuotaMeter[] {
  const hard = recordAt(quota, 'status', 'hard');
  const used = recordAt(quota, 'status', 'used');
  return Object.keys(hard)
    .sort()
    .flatMap((resource): QuotaMeter[] => {
      const limit = hard[resource];
      const amount = used[resource] ?? '0';
      if (typeof limit !== 'string' || typeof amount !== 'string') return [];
      const share = shareOf(amount, limit);
      return [
        {
          resource,
          used: amount,
          hard: limit,
          ...(share !== undefined && { share }),
        },
      ];
    });
}
