const quantities = (amount: number) => ({
  cpu: `${amount}`,
  memory: `${amount}Gi`,
  'ephemeral-storage': `${amount}Gi`,
  'nvidia.com/gpu': '1',
});

const probe = (path: string) => ({
  path,
  port: 8080,
  initialDelaySeconds: 1,
  periodSeconds: 2,
  timeoutSeconds: 1,
  failureThreshold: 4,
});

const workload = (name: string) => ({
  name,
  image: 'registry.example.com/team/app:1.2',
  resources: { requests: quantities(1), limits: quantities(2) },
  ports: [
    { name: 'http', port: 8080, protocol: 'TCP' },
    { name: 'admin', port: 9090, protocol: 'TCP' },
  ],
  env: [
    { name: 'PLAIN', value: 'text' },
    { name: 'HIDDEN', secretRef: { name: 'secret', key: 'password' } },
    { name: 'SHARED', configRef: { name: 'config', key: 'level' } },
  ],
  command: ['/bin/app'],
  args: ['--verbose'],
  probes: {
    liveness: probe('/health'),
    readiness: probe('/ready'),
    startup: { command: ['/bin/started'], periodSeconds: 2 },
  },
  files: [{ path: '/etc/app/app.conf', content: 'level = 1' }],
  volumes: [
    {
      name: 'data',
      size: '10Gi',
      mountPath: '/var/lib/app',
      storageClass: 'fast',
    },
  ],
  readOnlyRootFilesystem: true,
  metrics: { port: 9090, path: '/metrics' },
});

const replicated = (host: string) => ({
  replicas: 1,
  availability: { maxUnavailable: 1, spread: 'zone' },
  expose: { host, path: '/', tls: true },
});

/** A component of each type with every field that it can have. */
const components = [
  { type: 'Deployment', ...workload('web'), ...replicated('shop.example.com') },
  {
    type: 'StatefulSet',
    ...workload('store'),
    ...replicated('store.example.com'),
  },
  { type: 'Job', ...workload('migrate'), backoffLimit: 3 },
  {
    type: 'CronJob',
    ...workload('report'),
    backoffLimit: 3,
    schedule: '*/5 * * * *',
    timeZone: 'Europe/Berlin',
  },
  {
    type: 'HelmChart',
    name: 'redis',
    chart: 'bitnami/redis',
    version: '18.1.2',
    values: { replica: { count: 1 } },
  },
];

const wholeApplication = {
  apiVersion: 'paas/v1',
  kind: 'Application',
  metadata: { name: 'shop' },
  spec: {
    components,
    dependencies: [
      'web -> redis:6379',
      { from: 'store', to: 'redis', port: 6379, env: 'CACHE' },
    ],
    owner: 'group:default/team-a',
    description: 'Sells things.',
    links: [{ title: 'Board', url: 'https://example.com/board' }],
    docs: 'dir:.',
    deletionPolicy: 'Retain',
    paused: false,
    revision: 1,
  },
};

/** Applications in which every field of the schema stands once at least; a test holds them to that. One for each type, without dependencies, which would be wrong with the names that they speak of, and one for all else. */
export const wholeApplications = [
  ...components.map(component => ({
    ...wholeApplication,
    spec: { components: [component] },
  })),
  wholeApplication,
];
