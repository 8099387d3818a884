import { StreamChange } from './StreamChange';

/** Keys of the tenants whose pages a change could change: an application counts where it belongs. */
export function tenantKeysOf(change: StreamChange): readonly string[] {
  if (change.kind === 'tenant') return [change.key];
  return [change.before, change.after].flatMap(record =>
    record ? [`${record.ref.cluster}/${record.tenant}`] : [],
  );
}
