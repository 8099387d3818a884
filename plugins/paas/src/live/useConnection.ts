import { useCallback, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import { Connection, liveUpdatesApiRef } from '../api/LiveUpdates';

/** Whether this tab hears of changes. */
export function useConnection(): Connection {
  const live = useApi(liveUpdatesApiRef);
  return useSyncExternalStore(
    useCallback(callback => live.onConnection(callback), [live]),
    useCallback(() => live.connection(), [live]),
  );
}
