import { Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { Freshness } from '@understage/plugin-paas-common';
import { liveUpdatesApiRef } from '../api/LiveUpdates';
import { useNow } from '../live/clock';
import { useConnection } from '../live/useConnection';
import { age } from '../model/relativeTime';
import { plainReason, ViewProblem } from '../model/problemOf';
import { Notice } from './ViewStates';

/** With a full stop at its end, and only one. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function StaleNotice(props: { of: string; freshness: Freshness }) {
  const now = useNow();
  const { freshness, of } = props;
  if (freshness.kind === 'live') return null;
  return (
    <Notice tone="warning" role="status">
      {freshness.kind === 'stale'
        ? `${of}: what you see is ${age(freshness.since, now)} old. `
        : `${of}: not reachable. `}
      {sentence(freshness.why)}
    </Notice>
  );
}

/** Something that may be behind, by the name that people know. */
export interface FreshnessSource {
  readonly name: string;
  readonly freshness: Freshness;
}

/** Each cluster that the stream has named; until then the answer of the first read speaks for all. */
export function sourcesOf(
  read:
    | {
        readonly clusters: Readonly<Record<string, Freshness>>;
        readonly freshness: Freshness;
      }
    | undefined,
): readonly FreshnessSource[] {
  if (!read) return [];
  const clusters = Object.entries(read.clusters).map(([name, freshness]) => ({
    name: `Cluster ${name}`,
    freshness,
  }));
  return clusters.length > 0
    ? clusters
    : [{ name: 'Clusters', freshness: read.freshness }];
}

/**
 * Everything that makes what is on screen older than it looks: the tab's own connection, a failed read, clusters behind.
 * Nothing is drawn while all is live.
 */
export function FreshnessNotices(props: {
  sources: readonly FreshnessSource[];
  problem?: ViewProblem;
  retry(): void;
}) {
  const live = useApi(liveUpdatesApiRef);
  const connection = useConnection();
  const now = useNow();
  return (
    <>
      {connection.kind === 'interrupted' && (
        <Notice
          tone="warning"
          role="status"
          action={
            <Button
              size="small"
              variant="secondary"
              onPress={() => live.reconnect()}
            >
              Reconnect now
            </Button>
          }
        >
          Live updates are interrupted, for {age(connection.since, now)} now:{' '}
          {sentence(plainReason(connection.why))} What you see stays as it was;
          reconnecting by itself.
        </Notice>
      )}
      {props.problem?.kind === 'failed' && (
        <Notice
          tone="negative"
          role="alert"
          action={
            <Button size="small" variant="secondary" onPress={props.retry}>
              Try again
            </Button>
          }
        >
          Reading again failed {age(props.problem.at, now)} ago:{' '}
          {props.problem.message} What was read before is still shown.
        </Notice>
      )}
      {props.sources.map(({ name, freshness }) => (
        <StaleNotice key={name} of={name} freshness={freshness} />
      ))}
    </>
  );
}
