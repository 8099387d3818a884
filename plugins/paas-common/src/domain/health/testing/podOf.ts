import { KubeObject } from '../../kubernetes';

/** What a test says about a pod; the rest is as a kubelet reports a running pod. */
export interface PodParts {
  readonly name?: string;
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly ready?: boolean;
  /** Conditions beside `Ready`. */
  readonly conditions?: readonly object[];
  readonly containers?: readonly object[];
  readonly initContainers?: readonly object[];
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly createdAt?: string;
  readonly deletedAt?: string;
  readonly owner?: string;
  /** When `Ready` turned to what it is. */
  readonly unreadySince?: string;
}

/** A pod named `web-1`, not ready unless said otherwise, created at midnight. */
export function podOf(parts: PodParts = {}): KubeObject {
  const { name = 'web-1', ready = false, deletedAt, owner } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      creationTimestamp: parts.createdAt ?? '2026-11-23T00:00:00Z',
      labels: { 'understage.dev/component': 'web' },
      ...(deletedAt === undefined ? {} : { deletionTimestamp: deletedAt }),
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              { apiVersion: 'apps/v1', kind: 'Owner', name: owner, uid: owner },
            ],
          }),
    },
    spec: { nodeName: 'node-1', ...parts.spec },
    status: {
      phase: parts.phase ?? 'Running',
      reason: parts.reason,
      message: parts.message,
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: parts.unreadySince,
        },
        ...(parts.conditions ?? []),
      ],
      initContainerStatuses: parts.initContainers,
      containerStatuses: parts.containers,
    },
  };
}

/** The status of a container named `app` that waits. */
export function waiting(reason: string, message?: string, rest: object = {}) {
  return {
    name: 'app',
    image: 'registry.example.com/web:1',
    restartCount: 0,
    state: { waiting: { reason, message } },
    ...rest,
  };
}

/** What an event says, at half past midnight unless said otherwise. */
export interface WarningText {
  readonly reason: string;
  readonly message: string;
  readonly at?: string;
}

/** A warning about an object, by its uid. */
export function warning(
  about: KubeObject,
  { reason, message, at = '2026-11-23T00:00:30Z' }: WarningText,
): KubeObject {
  const { name, namespace, uid } = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason}`, namespace },
    involvedObject: { kind: about.kind, namespace, name, uid },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: at,
    count: 3,
  };
}
