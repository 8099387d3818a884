import { TenantStatus } from '../../../schema/TenantStatus';
import { ObjectRef } from '../../kubernetes';
import { Reason } from '../../reasons';
import { quotasBelowUse } from '../quotasBelowUse';
import { TenantReportInput } from './TenantReportInput';

type Notice = NonNullable<TenantStatus['notices']>[number];

/** A status is read by people and stored in etcd: more than this is no longer read. */
const LIMIT = 20;

function noticeOf(
  { apiVersion, kind, namespace, name }: ObjectRef,
  reason: Reason,
  message: string,
): Notice {
  return {
    ref: { apiVersion, kind, ...(namespace && { namespace }), name },
    reason,
    message,
  };
}

/** Objects that were refused, left alone or kept, and quotas that are too low. */
export function noticesOf({
  planned,
  outcomes = [],
}: TenantReportInput): readonly Notice[] {
  if (!planned) return [];
  const ofPlan = planned.plan.actions.flatMap((action): Notice[] => {
    switch (action.kind) {
      case 'refuse':
        return [noticeOf(action.ref, action.reason, action.message)];
      case 'wait':
        return action.reason === 'Deleting'
          ? []
          : [noticeOf(action.ref, action.reason, action.message)];
      case 'keep':
        return [noticeOf(action.ref, 'ObservationIncomplete', action.why)];
      default:
        return [];
    }
  });
  const refused = outcomes.flatMap((outcome): Notice[] =>
    outcome.kind === 'refused' && outcome.action.kind !== 'refuse'
      ? [noticeOf(outcome.action.ref, outcome.reason, outcome.message)]
      : [],
  );
  const quotas = quotasBelowUse(planned).map(({ ref, message }) =>
    noticeOf(ref, 'QuotaBelowUse', message),
  );
  return [...ofPlan, ...refused, ...quotas].slice(0, LIMIT);
}
