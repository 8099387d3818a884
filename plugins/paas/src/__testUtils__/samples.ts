import {
  ApplicationDetail,
  ApplicationSummary,
  ObjectNode,
} from '@understage/plugin-paas-common';

/** Summary of a healthy application, with what a test wants different. */
export function sampleSummary(
  changes: Partial<ApplicationSummary> = {},
): ApplicationSummary {
  return {
    cluster: 'local',
    namespace: 'team-shop',
    name: 'user-service',
    tenant: 'shop',
    owner: 'group:default/team-shop',
    state: 'Ready',
    reason: 'Ready',
    message: 'Both components are ready.',
    components: 2,
    replicas: { ready: 4, desired: 4 },
    release: 3,
    createdAt: '2026-11-01T08:00:00Z',
    since: '2026-11-20T11:30:00Z',
    ...changes,
  };
}

const at = '2026-11-20T11:30:00Z';

function pod(name: string, component: string, change?: Partial<ObjectNode>) {
  return {
    ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'team-shop', name },
    uid: name,
    component,
    state: 'Ready',
    message: 'Running, 1 of 1 containers ready.',
    createdAt: at,
    children: [],
    ...change,
  } satisfies ObjectNode;
}

const stuck = 'frontend-7c9 can not be scheduled: 2 nodes have too little cpu.';

const tree: readonly ObjectNode[] = [
  {
    ref: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'team-shop',
      name: 'user-service-frontend',
    },
    component: 'frontend',
    state: 'Degraded',
    message: '2 of 3 replicas ready.',
    createdAt: at,
    children: [
      {
        ref: {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          namespace: 'team-shop',
          name: 'user-service-frontend-7c9d8f',
        },
        component: 'frontend',
        state: 'Degraded',
        message: '2 of 3 pods ready.',
        createdAt: at,
        children: [
          pod('user-service-frontend-7c9d8f-aaaaa', 'frontend'),
          pod('user-service-frontend-7c9d8f-bbbbb', 'frontend'),
          pod('user-service-frontend-7c9d8f-ccccc', 'frontend', {
            state: 'Waiting',
            message: stuck,
          }),
        ],
      },
    ],
  },
  {
    ref: {
      apiVersion: 'v1',
      kind: 'Service',
      namespace: 'team-shop',
      name: 'user-service-frontend',
    },
    component: 'frontend',
    state: 'Ready',
    message: 'Ready.',
    createdAt: at,
    children: [],
  },
  {
    ref: {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      namespace: 'team-shop',
      name: 'user-service-redis-master',
    },
    component: 'redis',
    state: 'Ready',
    message: '1 of 1 replicas ready.',
    createdAt: at,
    children: [pod('user-service-redis-master-0', 'redis')],
  },
  {
    ref: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      namespace: 'team-shop',
      name: 'user-service-frontend',
    },
    component: 'frontend',
    state: 'Ready',
    message: 'Allows frontend to reach redis on port 6379.',
    createdAt: at,
    children: [],
  },
];

const yaml = `apiVersion: paas.understage.dev/v1
kind: Application
metadata:
  name: user-service
  namespace: team-shop
spec:
  components:
    - name: frontend
      type: Deployment
      replicas: 3
    - name: redis
      type: HelmChart
      chart: bitnami/redis
  dependencies:
    - frontend -> redis:6379
status:
  observedGeneration: 4
`;

/** The seed's application with one pod that finds no node, with what a test wants different. */
export function sampleDetail(
  changes: Partial<ApplicationDetail> = {},
): ApplicationDetail {
  return {
    summary: sampleSummary({
      state: 'Degraded',
      reason: 'Unschedulable',
      message: `frontend: 2 of 3 pods ready; ${stuck}`,
      replicas: { ready: 3, desired: 4 },
    }),
    components: [
      {
        name: 'frontend',
        type: 'Deployment',
        state: 'Degraded',
        reason: 'Unschedulable',
        message: `2 of 3 pods ready; ${stuck}`,
        image: {
          ref: 'harbor.example.com/shop/frontend@sha256:4f9d0c2ab1',
          from: 'convention',
        },
        replicas: { desired: 3, ready: 2, updated: 3 },
        objects: [],
      },
      {
        name: 'redis',
        type: 'HelmChart',
        state: 'Ready',
        reason: 'Ready',
        message: '1 of 1 pods ready.',
        image: { ref: 'registry.example.com/redis:8.0.2', from: 'chart' },
        replicas: { desired: 1, ready: 1, updated: 1 },
        objects: [],
      },
    ],
    conditions: [
      condition('Valid', 'Ready', 'The specification is valid.'),
      condition('Planned', 'Ready', 'Nothing was refused.'),
      condition('Applied', 'Ready', 'All 9 objects are applied.'),
      condition('Available', 'Unschedulable', stuck),
      condition('Ready', 'Unschedulable', stuck),
    ],
    edges: [
      {
        text: 'frontend -> redis:6379',
        from: 'frontend',
        to: {
          kind: 'component',
          component: 'redis',
          service: 'user-service-redis-master',
          targetPort: 6379,
        },
        port: 6379,
        env: 'REDIS',
      },
      {
        text: 'frontend -> external:api.example.com:443',
        from: 'frontend',
        to: { kind: 'external', host: 'api.example.com' },
        port: 443,
        env: 'API_EXAMPLE_COM',
      },
      {
        text: 'frontend -> orders/api:8080',
        from: 'frontend',
        to: { kind: 'application', application: 'orders', component: 'api' },
        port: 8080,
        env: 'API',
      },
    ],
    tree,
    releases: [
      release(3, '2026-11-20T11:29:00Z', { current: true }),
      release(2, '2026-11-12T09:00:00Z', { available: true }),
      release(1, '2026-11-01T08:00:00Z', {}),
    ],
    events: [
      {
        type: 'Warning',
        reason: 'FailedScheduling',
        message: '0/5 nodes are available: 2 Insufficient cpu.',
        about: {
          apiVersion: 'v1',
          kind: 'Pod',
          namespace: 'team-shop',
          name: 'user-service-frontend-7c9d8f-ccccc',
        },
        count: 7,
        lastSeen: '2026-11-20T11:58:00Z',
      },
      {
        type: 'Normal',
        reason: 'Released',
        message: 'Release 3 was applied.',
        about: {
          apiVersion: 'paas.understage.dev/v1',
          kind: 'Application',
          namespace: 'team-shop',
          name: 'user-service',
        },
        count: 1,
        lastSeen: '2026-11-20T11:29:00Z',
      },
    ],
    notices: [],
    links: [{ title: 'Runbook', url: 'https://runbooks.example.com/shop' }],
    yaml,
    freshness: { kind: 'live', at: '2026-11-20T12:00:00Z' },
    ...changes,
  };
}

function condition(
  type: ApplicationDetail['conditions'][number]['type'],
  reason: string,
  message: string,
) {
  return {
    type,
    status: reason === 'Ready' ? ('True' as const) : ('False' as const),
    reason,
    message,
    observedGeneration: 4,
    lastTransitionTime: at,
  };
}

function release(
  revision: number,
  createdAt: string,
  is: { current?: boolean; available?: boolean },
) {
  return {
    revision,
    createdAt,
    current: is.current ?? false,
    available: is.available ?? false,
    images: {
      frontend: `harbor.example.com/shop/frontend@sha256:${revision}f9d0c2ab1`,
    },
    charts: { redis: `bitnami/redis 2${revision}.0.1 sha256:ab12cd34` },
  };
}
