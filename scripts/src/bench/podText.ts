const container = (name: string, index: number) => ({
  name,
  image: `registry.example.com/crowd/${name}:1.${index % 7}.0`,
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  env: Array.from({ length: 24 }, (_, each) => ({
    name: `SETTING_${each}`,
    value: `value-${each}-of-the-application`,
  })),
  resources: {
    limits: { cpu: '500m', memory: '256Mi' },
    requests: { cpu: '250m', memory: '128Mi' },
  },
  volumeMounts: [
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'config', mountPath: '/etc/app', readOnly: true },
  ],
  livenessProbe: {
    httpGet: { path: '/live', port: 8080, scheme: 'HTTP' },
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  },
  readinessProbe: {
    httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' },
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: 'IfNotPresent',
});

const managed = (manager: string) => ({
  manager,
  operation: 'Update',
  apiVersion: 'v1',
  time: '2026-11-22T10:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1: Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `f:field${index}`,
      { '.': {}, 'f:name': {}, 'f:value': {} },
    ]),
  ),
});

/** A pod as an API server sends it, about 9 KB of JSON: two containers, managed fields, full status. */
export function podText(index: number): string {
  const application = `app-${Math.floor(index / 10)}`;
  const hash = (index * 2654435761).toString(36).slice(-5).padStart(5, '0');
  const name = `${application}-web-7c9d8f6b5d-${hash}`;
  const uid = `${index
    .toString(16)
    .padStart(8, '0')}-aaaa-4bbb-8ccc-dddddddddddd`;
  const names = ['web', 'proxy'];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: `crowd-${index % 20}`,
      uid,
      resourceVersion: String(1_000_000 + index),
      creationTimestamp: '2026-11-22T10:00:00Z',
      generateName: `${application}-web-7c9d8f6b5d-`,
      labels: {
        'app.kubernetes.io/name': 'web',
        'app.kubernetes.io/instance': application,
        'app.kubernetes.io/managed-by': 'understage',
        'understage.dev/application': application,
        'understage.dev/component': 'web',
        'understage.dev/tenant': 'crowd',
        'pod-template-hash': '7c9d8f6b5d',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${application}-web-7c9d8f6b5d`,
          uid: `${Math.floor(index / 10)
            .toString(16)
            .padStart(8, '0')}-1111-4222-8333-444444444444`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      managedFields: [
        'kube-controller-manager',
        'kube-scheduler',
        'kubelet',
      ].map(managed),
    },
    spec: {
      nodeName: `node-${index % 100}`,
      containers: names.map(each => container(each, index)),
      volumes: [
        { name: 'tmp', emptyDir: {} },
        {
          name: 'config',
          configMap: { name: `${application}-web-files`, defaultMode: 420 },
        },
      ],
      restartPolicy: 'Always',
      serviceAccountName: `${application}-web`,
      schedulerName: 'default-scheduler',
      tolerations: [
        {
          key: 'node.kubernetes.io/not-ready',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        },
        {
          key: 'node.kubernetes.io/unreachable',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        },
      ],
    },
    status: {
      phase: 'Running',
      podIP: `10.1.${Math.floor(index / 250) % 250}.${index % 250}`,
      hostIP: '10.0.0.1',
      startTime: '2026-11-22T10:00:00Z',
      qosClass: 'Burstable',
      conditions: [
        'PodReadyToStartContainers',
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map(type => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: '2026-11-22T10:00:05Z',
      })),
      containerStatuses: names.map(each => ({
        name: each,
        ready: true,
        started: true,
        restartCount: 0,
        image: `registry.example.com/crowd/${each}:1.0.0`,
        imageID: `registry.example.com/crowd/${each}@sha256:${'0123456789abcdef'.repeat(
          4,
        )}`,
        containerID: `containerd://${index.toString(16).padStart(64, '0')}`,
        state: { running: { startedAt: '2026-11-22T10:00:04Z' } },
        lastState: {},
      })),
    },
  });
}
