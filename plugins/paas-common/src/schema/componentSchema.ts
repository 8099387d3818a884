import { z } from 'zod';
import { cpuOrCount, dnsLabel, imageRef, memoryQuantity, portNumber, portName } from './fieldTypes';

const portSchema = z.strictObject({
  name: portName.optional().describe('Name of the port; defaults to `p<port>`.'),
  port: portNumber.describe('Port that the container listens on and that its Service offers.'),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP').describe('Transport protocol.'),
});

const envSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and _, not starting with a digit').max(253)
    .describe('Name of the environment variable.'),
  value: z.string().max(32768).optional().describe('Literal value.'),
  secretRef: z.strictObject({ name: dnsLabel, key: z.string().min(1).max(253) }).optional()
    .describe('A key of a Secret in the same namespace.'),
  configRef: z.strictObject({ name: dnsLabel, key: z.string().min(1).max(253) }).optional()
    .describe('A key of a ConfigMap in the same namespace.'),
});

const quantities = z.strictObject({
  cpu: cpuOrCount.optional().describe('CPU, for example `"500m"` or `2`.'),
  memory: memoryQuantity.optional().describe('Memory, for example `512Mi` or `4Gi`.'),
  'ephemeral-storage': memoryQuantity.optional().describe('Local disk, for example `1Gi`.'),
  'nvidia.com/gpu': cpuOrCount.optional().describe('Whole GPUs.'),
});

const probeSchema = z.strictObject({
  path: z.string().startsWith('/').max(1024).optional().describe('HTTP path; without it the probe opens a TCP connection.'),
  port: portNumber.optional().describe('Port to probe; defaults to the first port.'),
  command: z.array(z.string()).min(1).max(64).optional().describe('Command to run instead; exit code 0 is healthy.'),
  initialDelaySeconds: z.int().min(0).max(3600).optional(),
  periodSeconds: z.int().min(1).max(3600).optional(),
  timeoutSeconds: z.int().min(1).max(3600).optional(),
  failureThreshold: z.int().min(1).max(1000).optional(),
});

const volumeSchema = z.strictObject({
  name: dnsLabel.describe('Name of the volume.'),
  size: memoryQuantity.describe('Size, for example `10Gi`.'),
  mountPath: z.string().startsWith('/').max(1024).describe('Where the container sees it.'),
  storageClass: dnsLabel.optional().describe('Storage class; defaults to the cluster\'s.'),
});

/** The vocabulary shared by all component types that run containers. */
const workloadFields = {
  name: dnsLabel.describe('Name of the component, unique in the application.'),
  image: imageRef.optional().describe('Container image; when absent the last verified build or the platform convention is used.'),
  resources: z.strictObject({ requests: quantities.optional(), limits: quantities.optional() }).optional()
    .describe('Compute resources of one replica.'),
  ports: z.array(portSchema).max(64).default([]).describe('Ports that the container listens on.'),
  env: z.array(envSchema).max(512).default([]).describe('Environment variables.'),
  command: z.array(z.string()).max(64).optional().describe('Replaces the image\'s entry point.'),
  args: z.array(z.string()).max(256).optional().describe('Replaces the image\'s arguments.'),
  probes: z.strictObject({ liveness: probeSchema.optional(), readiness: probeSchema.optional(), startup: probeSchema.optional() }).optional()
    .describe('Health probes; default to the first port.'),
  files: z.array(z.strictObject({
    path: z.string().startsWith('/').max(1024).describe('Absolute path in the container.'),
    content: z.string().max(262144).describe('The file\'s text.'),
  })).max(64).default([]).describe('Configuration files; a change rolls the component.'),
  volumes: z.array(volumeSchema).max(32).default([]).describe('Persistent volumes.'),
  readOnlyRootFilesystem: z.boolean().default(true).describe('Turn off for images that write to their own file system.'),
  metrics: z.strictObject({ port: portNumber, path: z.string().startsWith('/').default('/metrics') }).optional()
    .describe('Where Prometheus finds metrics.'),
};

const exposeSchema = z.strictObject({
  host: z.string().max(253).regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'a DNS name').describe('Host name.'),
  path: z.string().startsWith('/').default('/').describe('Path prefix.'),
  tls: z.boolean().default(true).describe('Serve over TLS.'),
});

const replicas = z.int().min(0).max(1000).default(1).describe('Number of replicas.');
const availability = z.strictObject({
  maxUnavailable: z.int().min(0).max(1000).optional().describe('Replicas that a disruption may take away at once; default 1.'),
  spread: z.enum(['zone', 'node', 'none']).optional().describe('What replicas are spread over; default both where they can be.'),
}).optional().describe('How the component survives disruptions.');

export const deploymentSchema = z.strictObject({
  type: z.literal('Deployment').describe('A stateless, replicated service.'),
  ...workloadFields, replicas, availability,
  expose: exposeSchema.optional().describe('Makes the first port reachable from outside.'),
});

export const statefulSetSchema = z.strictObject({
  type: z.literal('StatefulSet').describe('A replicated service with stable names and volumes.'),
  ...workloadFields, replicas, availability,
  expose: exposeSchema.optional().describe('Makes the first port reachable from outside.'),
});

export const jobSchema = z.strictObject({
  type: z.literal('Job').describe('Runs to completion once for each change.'),
  ...workloadFields,
  backoffLimit: z.int().min(0).max(100).default(6).describe('Retries before the job counts as failed.'),
});

export const cronJobSchema = z.strictObject({
  type: z.literal('CronJob').describe('Runs to completion by a schedule.'),
  ...workloadFields,
  backoffLimit: z.int().min(0).max(100).default(6).describe('Retries before a run counts as failed.'),
  schedule: z.string().min(1).max(128).describe('Cron expression with five fields, for example `*/5 * * * *`.'),
  timeZone: z.string().max(64).optional().describe('IANA time zone of the schedule; default UTC.'),
});

export const helmChartSchema = z.strictObject({
  type: z.literal('HelmChart').describe('Objects rendered from a Helm chart.'),
  name: dnsLabel.describe('Name of the component, unique in the application.'),
  chart: z.string().min(1).max(512).describe('`repository/name` of a configured repository, or `oci://...`.'),
  version: z.string().max(128).optional().describe('Version or range; default the newest, pinned by digest in the release.'),
  values: z.record(z.string(), z.unknown()).default({}).describe('Values for the chart.'),
});

export const componentSchema = z.discriminatedUnion('type', [
  deploymentSchema, statefulSetSchema, jobSchema, cronJobSchema, helmChartSchema,
]);

export type Component = z.output<typeof componentSchema>;
export type DeploymentComponent = z.output<typeof deploymentSchema>;
export type StatefulSetComponent = z.output<typeof statefulSetSchema>;
export type JobComponent = z.output<typeof jobSchema>;
export type CronJobComponent = z.output<typeof cronJobSchema>;
export type HelmChartComponent = z.output<typeof helmChartSchema>;
/** Every component that runs containers of its own. */
export type WorkloadComponent = DeploymentComponent | StatefulSetComponent | JobComponent | CronJobComponent;
export type ComponentType = Component['type'];
