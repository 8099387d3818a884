import { Application, ownerRef, Refusal } from '@understage/plugin-paas-common';
import { NamespaceTenancy } from '../clusters/PaasClusters';

/**
 * Said when an application names another owner than its namespace has. It runs all the same: the field decides nothing
 * but the catalog's owner, and there the namespace counts, or anybody could put a team's name on what is not theirs.
 */
export function ownerWarning(
  { spec }: Application,
  { owner }: NamespaceTenancy,
): readonly Refusal[] {
  if (spec.owner === undefined || owner === undefined) return [];
  const declared = ownerRef(spec.owner);
  if (declared === owner) return [];
  return [
    {
      reason: 'OwnerOverruled',
      message: `spec.owner names ${declared}, but this namespace belongs to ${owner}, which counts. Take the field away, or have the platform team change the namespace's annotation understage.dev/owner.`,
    },
  ];
}
