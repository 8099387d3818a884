import { WorkloadComponent } from '../../../schema/Component';

const topologyKeys = {
  zone: ['topology.kubernetes.io/zone'],
  node: ['kubernetes.io/hostname'],
  none: [],
  both: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
} as const;

/**
 * Spreads replicas over zones and nodes where that can be done, without keeping a pod from running. Rendered for one
 * replica too: otherwise scaling from one to two would change the pod template and roll every pod.
 */
export function topologySpread(
  component: WorkloadComponent,
  selector: Readonly<Record<string, string>>,
): readonly object[] | undefined {
  if (component.type !== 'Deployment' && component.type !== 'StatefulSet') {
    return undefined;
  }
  const keys = topologyKeys[component.availability?.spread ?? 'both'];
  return keys.length === 0
    ? undefined
    : keys.map(topologyKey => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: selector },
      }));
}
