import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { formatTenantRef, TenantRef } from '@understage/plugin-paas-common';
import { tenantsApiRef } from '../api/TenantsApi';

/** True once it is known that a tenant is there and the reader may open its page: a namespace may be nobody's. */
export function useVisibleTenant(ref: TenantRef): boolean {
  const api = useApi(tenantsApiRef);
  const { cluster, name } = ref;
  const [seen, setSeen] = useState<string>();
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    api.getTenant({ cluster, name }, { signal }).then(
      ({ summary }) => !signal.aborted && setSeen(formatTenantRef(summary)),
      // The link is an extra; without it nothing is missing.
      () => {},
    );
    return () => abort.abort();
  }, [api, cluster, name]);
  return seen === formatTenantRef(ref);
}
