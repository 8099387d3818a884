import {
  ApplicationChange,
  ClustersChange,
  TenantChange,
} from '@understage/plugin-paas-node';

/** What became of one thing that streams tell of. */
export type StreamChange =
  | ({ readonly kind: 'application' } & ApplicationChange)
  | ({ readonly kind: 'tenant' } & TenantChange);

/** Changes by kind and key: the state before the first and after the last of them. */
export type PendingChanges = Map<string, StreamChange>;

/** The changes of one tick, in order. */
export function streamChanges({
  applications,
  tenants,
}: ClustersChange): readonly StreamChange[] {
  return [
    ...applications.map(each => ({ kind: 'application' as const, ...each })),
    ...tenants.map(each => ({ kind: 'tenant' as const, ...each })),
  ];
}

/** Adds a change to others of the same thing, so that all are told as one. */
export function mergeChange(
  pending: PendingChanges,
  change: StreamChange,
): void {
  const id = `${change.kind} ${change.key}`;
  pending.set(id, joined(pending.get(id), change));
}

function joined(
  earlier: StreamChange | undefined,
  later: StreamChange,
): StreamChange {
  if (earlier?.kind === 'application' && later.kind === 'application') {
    return { ...later, before: earlier.before };
  }
  if (earlier?.kind === 'tenant' && later.kind === 'tenant') {
    return { ...later, before: earlier.before };
  }
  return later;
}
