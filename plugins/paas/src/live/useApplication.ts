import { useApi } from '@backstage/frontend-plugin-api';
import {
  ApplicationDetail,
  ApplicationRef,
  Freshness,
  applicationTopic,
} from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { Heard, LiveReading, useLiveReading } from './useLiveReading';

/** What is known of one application. `gone` keeps the last state of one that was deleted while it was on screen. */
export interface LiveApplication {
  readonly detail: ApplicationDetail;
  readonly gone: boolean;
}

function withFreshness(held: LiveApplication, freshness: Freshness) {
  return { ...held, detail: { ...held.detail, freshness } };
}

function reduceApplication(cluster: string) {
  return (
    held: LiveApplication | undefined,
    { message }: Heard,
  ): LiveApplication | undefined => {
    if (message.type === 'application') {
      if (message.detail) return { detail: message.detail, gone: false };
      return held && { ...held, gone: true };
    }
    if (message.type === 'freshness' && message.cluster === cluster) {
      return held && withFreshness(held, message.freshness);
    }
    return held;
  };
}

/** One application, live. */
export function useApplication(
  ref: ApplicationRef,
): LiveReading<LiveApplication> {
  const api = useApi(paasApiRef);
  return useLiveReading<LiveApplication>({
    topic: applicationTopic(ref),
    read: async signal => ({
      detail: await api.getApplication(ref, { signal }),
      gone: false,
    }),
    reduce: reduceApplication(ref.cluster),
  });
}
