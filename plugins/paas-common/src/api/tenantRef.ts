import { isSegment } from './applicationRef';
import { TenantRef } from './tenantTypes';

/** Text form of a reference, `cluster/name`: key of maps, of topics and of permission resources. */
export function formatTenantRef({ cluster, name }: TenantRef): string {
  return `${cluster}/${name}`;
}

/** Reads `cluster/name`; `undefined` when the text is anything else. */
export function parseTenantRef(text: string): TenantRef | undefined {
  const [cluster, name, ...rest] = text.split('/');
  if (rest.length > 0 || ![cluster, name].every(isSegment)) return undefined;
  return { cluster, name };
}
