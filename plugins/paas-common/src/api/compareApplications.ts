import { componentStates, ComponentState } from '../schema/ApplicationStatus';
import { ApplicationQuery, ApplicationSummary } from './types';

/** Order of the list, worst first; the order in which states ask for attention. */
export const attentionOrder: readonly ComponentState[] = [
  'Failed',
  'Degraded',
  'Unknown',
  'Waiting',
  'Progressing',
  'Paused',
  'Ready',
];

const rank = new Map(
  componentStates.map(state => [state, attentionOrder.indexOf(state)]),
);

type Compare = (a: ApplicationSummary, b: ApplicationSummary) => number;

const text = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
const byIdentity: Compare = (a, b) =>
  text(a.name, b.name) ||
  text(a.namespace, b.namespace) ||
  text(a.cluster, b.cluster);
const bySince: Compare = (a, b) => text(a.since ?? '', b.since ?? '');
const reverse =
  (compare: Compare): Compare =>
  (a, b) =>
    compare(b, a);
const then =
  (first: Compare): Compare =>
  (a, b) =>
    first(a, b) || byIdentity(a, b);

const orders: Readonly<Record<NonNullable<ApplicationQuery['sort']>, Compare>> =
  {
    attention: then(
      (a, b) =>
        (rank.get(a.state) ?? 0) - (rank.get(b.state) ?? 0) || bySince(b, a),
    ),
    name: byIdentity,
    '-name': then(reverse((a, b) => text(a.name, b.name))),
    namespace: then((a, b) => text(a.namespace, b.namespace)),
    '-namespace': then(reverse((a, b) => text(a.namespace, b.namespace))),
    since: then(bySince),
    '-since': then(reverse(bySince)),
  };

/** The comparison behind a sort; total, so equal inputs always stand in one order. The server and the live list share it. */
export function compareApplications(
  sort: NonNullable<ApplicationQuery['sort']> = 'attention',
): (a: ApplicationSummary, b: ApplicationSummary) => number {
  return orders[sort];
}
