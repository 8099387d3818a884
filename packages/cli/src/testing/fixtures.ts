import { KubeObject } from '@understage/kube';

/** A file with one component that has an image, and one that waits for what it calls. */
export const shopFile = `apiVersion: paas/v1
kind: Application
metadata:
  name: checkout
spec:
  components:
    - name: web
      type: Deployment
      replicas: 2
      image: registry.example.com/web:1
      ports: [{ port: 8080 }]
    - name: api
      type: Deployment
      image: registry.example.com/api:1
      ports: [{ port: 9090 }]
  dependencies:
    - web -> api:9090
`;

/** The namespace of the fixtures, ready to be deployed to. */
export const shopNamespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels: { 'understage.dev/tenant': 'retail' } },
};

/** An Application as the cluster has it, with a status when one is given. */
export function liveCheckout(
  fields: {
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly status?: Readonly<Record<string, unknown>>;
  } = {},
): KubeObject {
  return {
    apiVersion: 'paas.understage.dev/v1',
    kind: 'Application',
    metadata: {
      name: 'checkout',
      namespace: 'shop',
      creationTimestamp: '2026-11-23T08:00:00Z',
    },
    spec: {
      components: [
        {
          name: 'web',
          type: 'Deployment',
          replicas: 2,
          image: 'registry.example.com/web:1',
        },
      ],
      ...fields.spec,
    },
    ...(fields.status ? { status: fields.status } : {}),
  };
}

/** A status as the operator writes it for `liveCheckout`. */
export function statusOf(
  ready: boolean,
  fields: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const message = ready ? 'web: 2 of 2 pods ready.' : 'web: 1 of 2 pods ready';
  return {
    observedGeneration: 1,
    state: ready ? 'Ready' : 'Progressing',
    message,
    components: [
      {
        name: 'web',
        type: 'Deployment',
        state: ready ? 'Ready' : 'Progressing',
        reason: ready ? 'Ready' : 'Progressing',
        message,
        image: { ref: 'registry.example.com/web:1', from: 'component' },
        replicas: { desired: 2, ready: ready ? 2 : 1, updated: 2 },
        objects: [],
      },
    ],
    release: { current: 2, available: 2 },
    conditions: [
      {
        type: 'Ready',
        status: ready ? 'True' : 'False',
        reason: ready ? 'Ready' : 'Progressing',
        message,
        observedGeneration: 1,
        lastTransitionTime: '2026-11-23T09:00:00Z',
      },
    ],
    ...fields,
  };
}

/** The Deployment of the component `web`. */
export function webDeployment(ready: number, owner: KubeObject): KubeObject {
  const { apiVersion, kind, metadata } = owner;
  const { name, uid = '' } = metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'checkout-web',
      namespace: 'shop',
      labels: {
        'understage.dev/application': 'checkout',
        'understage.dev/component': 'web',
      },
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
    },
    spec: { replicas: 2 },
    status: {
      observedGeneration: 1,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  };
}

/** A pod of the component `web` whose container ran before. */
export function webPod(name: string, restarts = 0): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels: {
        'understage.dev/application': 'checkout',
        'understage.dev/component': 'web',
      },
    },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'web',
          containerID: `containerd://${name}-${restarts}`,
          restartCount: restarts,
          ready: true,
          state: { running: {} },
          ...(restarts > 0
            ? { lastState: { terminated: { exitCode: 1 } } }
            : {}),
        },
      ],
    },
  };
}
