import { useApi } from '@backstage/frontend-plugin-api';
import {
  compareTenants,
  formatTenantRef,
  Freshness,
  TenantList,
  TenantSummary,
  TENANTS_TOPIC,
} from '@understage/plugin-paas-common';
import { tenantsApiRef } from '../api/TenantsApi';
import { useClock } from './clock';
import { Heard, LiveReading, useLiveReading } from './useLiveReading';

/** Every tenant that the reader may see, and how fresh that is. */
export interface LiveTenants {
  /** Those that need somebody first. */
  readonly items: readonly TenantSummary[];
  /** Of the first read, for all clusters. */
  readonly freshness: Freshness;
  readonly may: TenantList['may'];
  /** By cluster, as the stream has named them since. */
  readonly clusters: Readonly<Record<string, Freshness>>;
}

// Until a read has said what they may.
const nothing = { create: false, audit: false };

function changed(
  items: readonly TenantSummary[],
  upserts: readonly TenantSummary[],
  removed: readonly string[],
): readonly TenantSummary[] {
  const touched = new Set([...removed, ...upserts.map(formatTenantRef)]);
  return [
    ...items.filter(item => !touched.has(formatTenantRef(item))),
    ...upserts,
  ].sort(compareTenants);
}

function reduceTenants(now: () => string) {
  return (
    held: LiveTenants | undefined,
    { message, complete }: Heard,
  ): LiveTenants | undefined => {
    if (message.type === 'freshness') {
      const { cluster, freshness } = message;
      return (
        held && {
          ...held,
          clusters: { ...held.clusters, [cluster]: freshness },
        }
      );
    }
    if (message.type !== 'tenants') return held;
    const { upserts, removed } = message;
    if (!complete) {
      return held && { ...held, items: changed(held.items, upserts, removed) };
    }
    const freshness: Freshness = held?.freshness ?? { kind: 'live', at: now() };
    return {
      clusters: {},
      may: nothing,
      ...held,
      freshness,
      items: [...upserts].sort(compareTenants),
    };
  };
}

/** The tenants, live. Few by nature, a few hundred at most: all are held, so that narrowing them waits for nothing. */
export function useTenants(): LiveReading<LiveTenants> {
  const api = useApi(tenantsApiRef);
  const clock = useClock();
  return useLiveReading<LiveTenants>({
    topic: TENANTS_TOPIC,
    read: async signal => {
      const list = await api.listTenants({}, { signal });
      const { items, freshness, may } = list;
      return { items, freshness, may, clusters: {} };
    },
    reduce: reduceTenants(() => clock.now().toISOString()),
  });
}
