import { stringify } from 'yaml';

// Each is run against the API in the tests, so none of them is out of date.

const cluster = 'playground';

function example(description: string, action: string, input: object) {
  return {
    description,
    example: stringify({
      steps: [{ id: 'step', action, name: description, input }],
    }),
  };
}

export const applicationApplyExamples = [
  example('Run an application', 'paas:application:apply', {
    cluster,
    namespace: 'shop',
    application: {
      apiVersion: 'paas/v1',
      kind: 'Application',
      metadata: { name: 'greeter' },
      spec: {
        components: [
          {
            name: 'web',
            type: 'Deployment',
            image: 'registry.example.com/shop/web:1',
          },
        ],
      },
    },
  }),
  example(
    'Run the application of a file that an earlier step wrote, without following it',
    'paas:application:apply',
    { cluster, namespace: 'shop', path: 'application.yaml', wait: false },
  ),
];

export const applicationDeleteExamples = [
  example('Delete an application', 'paas:application:delete', {
    cluster,
    namespace: 'shop',
    name: 'greeter',
  }),
];

export const middlewareAddExamples = [
  example('Give an application a Redis', 'paas:middleware:add', {
    cluster,
    namespace: 'shop',
    application: 'greeter',
    component: 'redis',
    chart: 'bitnami/redis',
    values: { replica: { replicaCount: 1 } },
  }),
];

export const dependencyAddExamples = [
  example('Let the web component call Redis', 'paas:dependency:add', {
    cluster,
    namespace: 'shop',
    application: 'greeter',
    dependency: 'web -> redis:6379',
  }),
];

const tenant = {
  apiVersion: 'paas.understage.dev/v1',
  kind: 'Tenant',
  metadata: { name: 'billing' },
  spec: {
    owner: 'group:default/team-billing',
    members: [{ group: 'group:default/team-billing', role: 'developer' }],
    environments: [{ name: 'production' }],
    quota: { cpu: '8', memory: '16Gi', pods: 50 },
  },
};

export const tenantCreateExamples = [
  example('Give a team its place', 'paas:tenant:create', { cluster, tenant }),
];

export const tenantUpdateExamples = [
  example('Give a team more', 'paas:tenant:update', {
    cluster,
    tenant: {
      ...tenant,
      spec: { ...tenant.spec, quota: { cpu: '16', memory: '32Gi', pods: 100 } },
    },
  }),
];

export const tenantDeleteExamples = [
  example('Offboard a team', 'paas:tenant:delete', {
    cluster,
    name: 'billing',
    confirm: 'billing',
  }),
];
