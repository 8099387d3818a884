import {
  JsonRecord,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
} from '../../jsonValue';
import { KubeObject } from '../../kubernetes';
import { Cause } from '../Cause';
import { shortText } from '../explainContainer';
import { explainRefusal } from '../explainRefusal';
import { ObjectHealth } from '../Health';
import { HealthContext } from '../HealthContext';
import { isPodReady } from '../pod/podState';
import { replicaHealth } from './replicaHealth';

function conditionOf(object: KubeObject, type: string): JsonRecord | undefined {
  return recordsAt(object, 'status', 'conditions').find(
    each => each.type === type,
  );
}

/** True while a controller has not yet seen the newest specification. */
export function isUnobserved(object: KubeObject): boolean {
  const observed = numberAt(object, 'status', 'observedGeneration');
  const { generation } = object.metadata;
  return generation !== undefined && (observed ?? 0) < generation;
}

/** A message about pods that can not be created, in our vocabulary. */
function creationCause(message: string): Cause {
  const refused = explainRefusal(message);
  if (refused)
    return {
      reason: refused.reason,
      sentence: `pods can not be created: ${refused.message}`,
      subjects: [],
    };
  return {
    reason: 'AdmissionRefused',
    sentence: `pods can not be created: ${shortText(message)}`,
    subjects: [],
  };
}

/** What keeps a controller from creating pods: from its condition where it has one, else from its newest event. */
function creationCauses(
  object: KubeObject,
  context: HealthContext,
): readonly Cause[] {
  const failure = conditionOf(object, 'ReplicaFailure');
  if (failure?.status === 'True')
    return [creationCause(textAt(failure, 'message') ?? '')];
  const [event] = context.warnings.about(object, 'FailedCreate');
  return event ? [creationCause(event.message)] : [];
}

function deadline(deployment: KubeObject): Cause | undefined {
  const progressing = conditionOf(deployment, 'Progressing');
  if (progressing?.status !== 'False') return undefined;
  return {
    reason: 'NotReady',
    sentence:
      'the roll-out made no progress within its deadline, and no pod says why',
    subjects: [],
  };
}

/** How a Deployment does. */
export function deploymentHealth(
  deployment: KubeObject,
  context: HealthContext,
): ObjectHealth {
  const status = recordAt(deployment, 'status');
  const replicas = {
    desired: numberAt(deployment, 'spec', 'replicas') ?? 1,
    ready: numberAt(status, 'availableReplicas') ?? 0,
    updated: numberAt(status, 'updatedReplicas') ?? 0,
  };
  const active = context.graph
    .childrenOf(deployment, 'ReplicaSet')
    .filter(set => (numberAt(set, 'spec', 'replicas') ?? 1) > 0);
  const causes = [deployment, ...active]
    .flatMap(each => creationCauses(each, context))
    .slice(0, 1);
  const lacking =
    (numberAt(status, 'replicas') ?? 0) < replicas.desired ||
    replicas.ready < replicas.desired;
  return replicaHealth(
    deployment,
    {
      replicas,
      present: numberAt(status, 'replicas') ?? 0,
      unobserved: isUnobserved(deployment),
      causes: lacking ? causes : [],
      lastResort: deadline(deployment),
    },
    context,
  );
}

/** How a ReplicaSet does. */
export function replicaSetHealth(
  set: KubeObject,
  context: HealthContext,
): ObjectHealth {
  const present = numberAt(set, 'status', 'replicas') ?? 0;
  const replicas = {
    desired: numberAt(set, 'spec', 'replicas') ?? 1,
    ready: numberAt(set, 'status', 'readyReplicas') ?? 0,
    updated: present,
  };
  const causes = present < replicas.desired ? creationCauses(set, context) : [];
  return replicaHealth(
    set,
    { replicas, present, unobserved: isUnobserved(set), causes },
    context,
  );
}

function updatedOf(set: KubeObject, desired: number): number {
  const { currentRevision, updateRevision, updatedReplicas } = recordAt(
    set,
    'status',
  );
  // Once every pod is updated the controller makes the update revision the current one and may leave the count out.
  if (currentRevision === updateRevision) return desired;
  const partition =
    numberAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  const updated = typeof updatedReplicas === 'number' ? updatedReplicas : 0;
  const held = Math.min(partition, desired);
  return updated >= desired - held ? desired : updated;
}

/** With ordered pods, one that is not ready holds up all after it; that it does is part of the answer. */
function heldUp(
  set: KubeObject,
  desired: number,
  context: HealthContext,
): Cause | undefined {
  if (textAt(set, 'spec', 'podManagementPolicy') === 'Parallel')
    return undefined;
  const pods = context.graph.podsOf(set);
  const stuck = pods.find(pod => !isPodReady(pod));
  const missing = desired - pods.length;
  if (!stuck || missing <= 0) return undefined;
  return {
    reason: 'NotReady',
    sentence: `${missing} more ${
      missing === 1 ? 'pod waits' : 'pods wait'
    } until ${stuck.metadata.name} is ready`,
    subjects: [],
    passing: true,
  };
}

/** How a StatefulSet does. */
export function statefulSetHealth(
  set: KubeObject,
  context: HealthContext,
): ObjectHealth {
  const desired = numberAt(set, 'spec', 'replicas') ?? 1;
  const present = numberAt(set, 'status', 'replicas') ?? 0;
  const ready =
    numberAt(set, 'status', 'availableReplicas') ??
    numberAt(set, 'status', 'readyReplicas') ??
    0;
  const own = present < desired ? creationCauses(set, context) : [];
  const held = heldUp(set, desired, context);
  return replicaHealth(
    set,
    {
      replicas: { desired, ready, updated: updatedOf(set, desired) },
      present,
      unobserved: isUnobserved(set),
      causes: held ? [...own, held] : own,
    },
    context,
  );
}

/** How a DaemonSet does. */
export function daemonSetHealth(
  set: KubeObject,
  context: HealthContext,
): ObjectHealth {
  const desired = numberAt(set, 'status', 'desiredNumberScheduled') ?? 0;
  const present = numberAt(set, 'status', 'currentNumberScheduled') ?? 0;
  const replicas = {
    desired,
    ready: numberAt(set, 'status', 'numberAvailable') ?? 0,
    updated: numberAt(set, 'status', 'updatedNumberScheduled') ?? 0,
  };
  const causes = present < desired ? creationCauses(set, context) : [];
  return replicaHealth(
    set,
    { replicas, present, unobserved: isUnobserved(set), causes },
    context,
  );
}
