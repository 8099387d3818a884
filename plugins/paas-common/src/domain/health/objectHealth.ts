import { textAt } from '../jsonValue';
import { KubeObject } from '../kubernetes';
import { foreignHealth, routeHealth, serviceHealth } from './foreignHealth';
import { ObjectHealth } from './Health';
import { HealthContext } from './HealthContext';
import { podHealth } from './pod/podHealth';
import { volumeCause } from './volumeCause';
import { cronJobHealth, jobHealth } from './workloads/jobs';
import {
  daemonSetHealth,
  deploymentHealth,
  replicaSetHealth,
  statefulSetHealth,
} from './workloads/replicated';

type Judge = (object: KubeObject, context: HealthContext) => ObjectHealth;

const volumeHealth: Judge = (claim, context) => {
  const cause = volumeCause(claim, context);
  if (cause)
    return { state: 'Failed', reason: cause.reason, message: cause.sentence };
  const bound = textAt(claim, 'status', 'phase') === 'Bound';
  if (bound) return { state: 'Ready', reason: 'Ready', message: 'is bound' };
  return {
    state: 'Progressing',
    reason: 'VolumePending',
    message: `the volume ${claim.metadata.name} is not bound yet`,
  };
};

/** How each kind is judged; other kinds by their conditions. */
const judges: Readonly<Record<string, Judge>> = {
  Pod: podHealth,
  Deployment: deploymentHealth,
  ReplicaSet: replicaSetHealth,
  StatefulSet: statefulSetHealth,
  DaemonSet: daemonSetHealth,
  Job: jobHealth,
  CronJob: cronJobHealth,
  PersistentVolumeClaim: volumeHealth,
  HTTPRoute: routeHealth,
  Service: serviceHealth,
};

/** How one object does, by its own status, what it owns and what events say about them. */
export function objectHealth(
  object: KubeObject,
  context: HealthContext,
): ObjectHealth {
  if (object.metadata.deletionTimestamp !== undefined) {
    return {
      state: 'Progressing',
      reason: 'Deleting',
      message: 'is being deleted',
    };
  }
  return (judges[object.kind] ?? foreignHealth)(object, context);
}
