import { KubeObject } from '@understage/kube';
import {
  allowedKinds,
  ApplicationHealth,
  assessHealth,
  componentsInForce,
  findingsOf,
  Finding,
  observedItems,
} from '@understage/plugin-paas-common';
import {
  liveClusterView,
  observeApplication,
} from '@understage/plugin-paas-node';
import { Connection } from '../CliWorld';
import { VerbContext } from '../Verb';
import { LiveApplication } from './getApplication';
import { events, pods, replicaSets } from './resourceTypes';

/** An application's objects, and what they come to. */
export interface ObservedHealth {
  readonly health: ApplicationHealth;
  readonly objects: readonly KubeObject[];
  readonly events: readonly KubeObject[];
  readonly findings: readonly Finding[];
  /** What could not be read, in sentences. */
  readonly missing: readonly string[];
}

/** Secrets say nothing about health, and not everybody may read them. */
const kinds = [
  ...allowedKinds.filter(({ kind }) => kind !== 'Secret'),
  pods,
  replicaSets,
];

/**
 * Looks at an application's objects, down to pods, and judges them with the operator's own function: the answer is as
 * fresh as the pods, also while the operator is away.
 */
export async function observeHealth(
  live: LiveApplication,
  context: VerbContext,
  connection: Connection,
): Promise<ObservedHealth> {
  const { name, namespace = connection.namespace } = live.application.metadata;
  const { now, signal } = context.world;
  const view = liveClusterView(connection.cluster, connection);
  const [snapshot, warnings] = await Promise.all([
    observeApplication({
      view,
      namespace,
      application: name,
      kinds,
      now,
      signal,
    }),
    view.list(events, { namespace, signal }).catch(() => {
      signal.throwIfAborted();
      return [];
    }),
  ]);
  const findings = findingsOf(live.status);
  const objects = observedItems(snapshot);
  return {
    health: assessHealth({
      application: live.application,
      objects,
      events: warnings,
      now: now(),
      findings,
      components: componentsInForce(live.application, live.status),
    }),
    objects,
    events: warnings,
    findings,
    missing: snapshot.complete ? [] : snapshot.missing,
  };
}
