import { useEffect, useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { ClusterSummary } from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';

/** The clusters, read once; empty until they are known and when the user may not see them. */
export function useClusters(): readonly ClusterSummary[] {
  const api = useApi(paasApiRef);
  const [clusters, setClusters] = useState<readonly ClusterSummary[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    api.listClusters({ signal: abort.signal }).then(
      found => !abort.signal.aborted && setClusters(found),
      // Everything that they add is optional; the lists say themselves when a cluster is not reachable.
      () => {},
    );
    return () => abort.abort();
  }, [api]);
  return clusters;
}
