import { Quantities, WorkloadComponent } from '../../../schema/Component';
import { canonicalQuantity } from '../canonicalQuantity';

function quantitiesOf(
  amounts: Quantities = {},
): Record<string, string> | undefined {
  const entries = Object.entries<string | undefined>({ ...amounts }).flatMap(
    ([name, amount]) =>
      amount === undefined ? [] : [[name, canonicalQuantity(amount)] as const],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Requests and limits of a container; `undefined` when none are set. */
export function renderResources(
  resources: WorkloadComponent['resources'],
): object | undefined {
  const requests = quantitiesOf(resources?.requests);
  const limits = quantitiesOf(resources?.limits);
  return requests === undefined && limits === undefined
    ? undefined
    : { requests, limits };
}
