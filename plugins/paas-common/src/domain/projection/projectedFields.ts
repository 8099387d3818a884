/** What is kept of an object besides its metadata: fields of its spec, of its status, and at the top. */
export interface ProjectedFields {
  readonly spec?: readonly string[];
  readonly status?: readonly string[];
  readonly top?: readonly string[];
}

const replicaStatus = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'conditions',
];

/** By kind, what lists, trees and health read. */
export const projectedFields: Readonly<Record<string, ProjectedFields>> = {
  Deployment: { spec: ['replicas', 'paused'], status: replicaStatus },
  ReplicaSet: { spec: ['replicas'], status: replicaStatus },
  StatefulSet: {
    spec: ['replicas', 'podManagementPolicy', 'updateStrategy'],
    status: [...replicaStatus, 'currentRevision', 'updateRevision'],
  },
  DaemonSet: {
    status: [
      'observedGeneration',
      'desiredNumberScheduled',
      'currentNumberScheduled',
      'numberAvailable',
      'updatedNumberScheduled',
      'conditions',
    ],
  },
  Job: {
    spec: ['suspend', 'completions', 'parallelism', 'backoffLimit'],
    status: [
      'active',
      'succeeded',
      'failed',
      'startTime',
      'completionTime',
      'conditions',
    ],
  },
  CronJob: {
    spec: ['schedule', 'timeZone', 'suspend'],
    status: ['lastScheduleTime', 'lastSuccessfulTime'],
  },
  Service: {
    spec: ['type', 'clusterIP', 'ports', 'selector', 'externalName'],
    status: ['loadBalancer'],
  },
  PersistentVolumeClaim: {
    spec: ['storageClassName', 'accessModes', 'resources'],
    status: ['phase', 'capacity', 'conditions'],
  },
  // What tenants use of what they may: the meters.
  ResourceQuota: { status: ['hard', 'used'] },
  Ingress: { spec: ['rules', 'tls'], status: ['loadBalancer'] },
  HTTPRoute: { spec: ['hostnames', 'parentRefs'], status: ['parents'] },
  HorizontalPodAutoscaler: {
    spec: ['scaleTargetRef', 'minReplicas', 'maxReplicas'],
    status: [
      'observedGeneration',
      'currentReplicas',
      'desiredReplicas',
      'conditions',
    ],
  },
  PodDisruptionBudget: {
    spec: ['minAvailable', 'maxUnavailable'],
    status: [
      'observedGeneration',
      'disruptionsAllowed',
      'currentHealthy',
      'desiredHealthy',
      'expectedPods',
    ],
  },
  NetworkPolicy: { spec: ['podSelector', 'policyTypes'] },
  Event: {
    top: [
      'type',
      'reason',
      'message',
      'note',
      'count',
      'deprecatedCount',
      'series',
      'involvedObject',
      'regarding',
      'firstTimestamp',
      'lastTimestamp',
      'deprecatedLastTimestamp',
      'eventTime',
    ],
  },
  Node: { spec: ['unschedulable', 'taints'], status: ['conditions'] },
  Namespace: { status: ['phase'] },
  ServiceAccount: {},
  ConfigMap: {},
  Secret: {},
};

/** Kinds that are not in the table: enough for the conventions of kstatus. */
export const foreignFields: ProjectedFields = {
  status: ['observedGeneration', 'phase', 'conditions'],
};
