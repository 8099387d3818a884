import { TenantState, TenantStatus } from '../../../schema/TenantStatus';
import { Transition } from '../../reporting/transitions';

const troubled = new Set<TenantState>(['Failed', 'Degraded', 'Unknown']);

/** What changed between two statuses, for Kubernetes Events; the same thing is said once. */
export function transitionsBetween(
  before: TenantStatus | undefined,
  after: TenantStatus,
): readonly Transition[] {
  const known = new Set(
    before?.notices?.map(({ reason, message }) => `${reason} ${message}`),
  );
  const notices = (after.notices ?? [])
    .filter(({ reason, message }) => !known.has(`${reason} ${message}`))
    .map(
      ({ reason, message }): Transition => ({
        type: 'Warning',
        reason,
        message,
      }),
    );
  const reasonIn = (status: TenantStatus | undefined) =>
    status?.conditions.find(({ type }) => type === 'Ready')?.reason;
  const reason = reasonIn(after) ?? 'Ready';
  const isSame = before?.state === after.state && reasonIn(before) === reason;
  const isSaid = notices.some(({ message }) => after.message.endsWith(message));
  if (isSame || isSaid) return notices;
  return [
    ...notices,
    {
      type: troubled.has(after.state) ? 'Warning' : 'Normal',
      reason,
      message: after.message,
    },
  ];
}
