import { useApi } from '@backstage/frontend-plugin-api';
import {
  TenantDetail,
  TenantRef,
  tenantTopic,
} from '@understage/plugin-paas-common';
import { tenantsApiRef } from '../api/TenantsApi';
import { Heard, LiveReading, useLiveReading } from './useLiveReading';

/** What is known of one tenant. `gone` keeps the last state of one that was offboarded while it was on screen. */
export interface LiveTenant {
  readonly detail: TenantDetail;
  readonly gone: boolean;
}

function reduceTenant(cluster: string) {
  return (
    held: LiveTenant | undefined,
    { message }: Heard,
  ): LiveTenant | undefined => {
    if (message.type === 'tenant') {
      if (message.detail) return { detail: message.detail, gone: false };
      return held && { ...held, gone: true };
    }
    if (message.type === 'freshness' && message.cluster === cluster) {
      const { freshness } = message;
      return held && { ...held, detail: { ...held.detail, freshness } };
    }
    return held;
  };
}

/** One tenant, live. */
export function useTenant(ref: TenantRef): LiveReading<LiveTenant> {
  const api = useApi(tenantsApiRef);
  return useLiveReading<LiveTenant>({
    topic: tenantTopic(ref),
    read: async signal => ({
      detail: await api.getTenant(ref, { signal }),
      gone: false,
    }),
    reduce: reduceTenant(ref.cluster),
  });
}
