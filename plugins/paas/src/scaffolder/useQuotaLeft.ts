import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { QuotaMeter } from '@understage/plugin-paas-common';
import { tenantsApiRef, TenantsApi } from '../api/TenantsApi';

async function metersOf(
  api: TenantsApi,
  place: { readonly cluster?: string; readonly namespace: string },
  signal: AbortSignal,
): Promise<readonly QuotaMeter[]> {
  const { cluster, namespace } = place;
  const query = cluster ? { cluster } : {};
  const { items } = await api.listTenants(query, { signal });
  const tenant = items.find(each => each.namespaces.includes(namespace));
  if (!tenant) return [];
  const { environments } = await api.getTenant(
    { cluster: tenant.cluster, name: tenant.name },
    { signal },
  );
  const environment = environments.find(each => each.namespace === namespace);
  return environment?.quota ?? [];
}

/** `Used there: cpu 9 of 10, pods 3 of 50.`; `undefined` until it is known, and where nothing is limited. */
export function useQuotaLeft(
  cluster: string | undefined,
  namespace: string | undefined,
): string | undefined {
  const api = useApi(tenantsApiRef);
  const key = `${cluster ?? ''}/${namespace ?? ''}`;
  const [found, setFound] = useState<{ key: string; text: string }>();
  useEffect(() => {
    if (!namespace) return () => {};
    const abort = new AbortController();
    const { signal } = abort;
    metersOf(api, { cluster, namespace }, signal).then(
      meters => {
        if (signal.aborted || meters.length === 0) return;
        const parts = meters
          .filter(({ share }) => share !== undefined)
          .map(({ resource, used, hard }) => `${resource} ${used} of ${hard}`);
        setFound({ key, text: `Used there: ${parts.join(', ')}.` });
      },
      // It is an extra: whoever may not see the quota is told when it is full.
      () => {},
    );
    return () => abort.abort();
  }, [api, cluster, namespace, key]);
  return found?.key === key ? found.text : undefined;
}
