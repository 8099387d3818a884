import { z } from 'zod';
import {
  containerPath,
  cpuQuantity,
  dataKey,
  deviceCount,
  dnsLabel,
  dnsName,
  httpPath,
  imageRef,
  longText,
  memoryQuantity,
  portName,
  portNumber,
  storageQuantity,
} from './fieldTypes';

const portSchema = z.strictObject({
  name: portName
    .optional()
    .describe('Name of the port; default `p` and the number, such as `p8080`.'),
  port: portNumber.describe(
    'Port that the container listens on and that its Service offers.',
  ),
  protocol: z
    .enum(['TCP', 'UDP', 'SCTP'])
    .default('TCP')
    .describe('Transport protocol.'),
});

const secretKey = z.strictObject({
  name: dnsName.describe('Name of the Secret.'),
  key: dataKey.describe('Key in it.'),
});
const configKey = z.strictObject({
  name: dnsName.describe('Name of the ConfigMap.'),
  key: dataKey.describe('Key in it.'),
});

const envSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(253)
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
      .meta({ allowed: 'letters, digits and _, not starting with a digit' })
      .describe('Name of the environment variable.'),
    value: longText.optional().describe('Literal value.'),
    secretRef: secretKey
      .optional()
      .describe('A key of a Secret in the same namespace.'),
    configRef: configKey
      .optional()
      .describe('A key of a ConfigMap in the same namespace.'),
  })
  .meta({
    'x-kubernetes-validations': [
      {
        rule: '[has(self.value), has(self.secretRef), has(self.configRef)].filter(given, given).size() == 1',
        message: 'exactly one of value, secretRef and configRef is needed',
      },
    ],
  });

const quantities = z.strictObject({
  cpu: cpuQuantity.optional().describe('CPU of one replica.'),
  memory: memoryQuantity.optional().describe('Memory of one replica.'),
  'ephemeral-storage': storageQuantity
    .optional()
    .describe('Local disk of one replica.'),
  'nvidia.com/gpu': deviceCount
    .optional()
    .describe('GPUs of one replica; requests and limits have to be equal.'),
});

const probeSchema = z.strictObject({
  path: httpPath
    .optional()
    .describe('HTTP path; without it the probe opens a TCP connection.'),
  port: portNumber
    .optional()
    .describe('Port to probe, one of `ports`; default the first.'),
  command: z
    .array(longText)
    .min(1)
    .max(64)
    .optional()
    .describe('Command to run instead; exit code 0 is healthy.'),
  initialDelaySeconds: z
    .int()
    .min(0)
    .max(3600)
    .optional()
    .describe('Seconds from the start to the first try; default 0.'),
  periodSeconds: z
    .int()
    .min(1)
    .max(3600)
    .optional()
    .describe('Seconds between tries; default 10.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .optional()
    .describe('Seconds until a try counts as failed; default 1.'),
  failureThreshold: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Failed tries in a row that count as a failure; default 3.'),
});

const volumeSchema = z.strictObject({
  name: dnsLabel.describe('Name of the volume, unique in the component.'),
  size: storageQuantity.describe('Size; it can grow later, but not shrink.'),
  mountPath: containerPath.describe('Where the container sees it.'),
  storageClass: dnsName
    .optional()
    .describe("Storage class; default the cluster's."),
});

const fileSchema = z.strictObject({
  path: containerPath.describe('Absolute path in the container.'),
  content: z.string().max(262144).describe("The file's text."),
});

const listMap = (...keys: string[]) => ({
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
});

/** The vocabulary shared by all component types that run containers. */
export const workloadFields = {
  name: dnsLabel.describe('Name of the component, unique in the application.'),
  image: imageRef
    .optional()
    .describe(
      'Container image; without it the last verified build or the convention of the platform is used.',
    ),
  resources: z
    .strictObject({
      requests: quantities.optional().describe('What a replica is guaranteed.'),
      limits: quantities.optional().describe('What a replica may use at most.'),
    })
    .optional()
    .describe('Compute resources of one replica.'),
  ports: z
    .array(portSchema)
    .max(64)
    .meta(listMap('port', 'protocol'))
    .default([])
    .describe('Ports that the container listens on.'),
  env: z
    .array(envSchema)
    .max(512)
    .meta(listMap('name'))
    .default([])
    .describe('Environment variables.'),
  command: z
    .array(longText)
    .max(64)
    .optional()
    .describe("Replaces the image's entry point."),
  args: z
    .array(longText)
    .max(256)
    .optional()
    .describe("Replaces the image's arguments."),
  probes: z
    .strictObject({
      liveness: probeSchema
        .optional()
        .describe('Restarts the container when it fails.'),
      readiness: probeSchema
        .optional()
        .describe('Takes the replica out of its Service while it fails.'),
      startup: probeSchema
        .optional()
        .describe('Holds the other probes back until it succeeds once.'),
    })
    .optional()
    .describe('Health probes; default a connection to the first port.'),
  files: z
    .array(fileSchema)
    .max(64)
    .meta(listMap('path'))
    .default([])
    .describe('Configuration files; a change rolls the component.'),
  volumes: z
    .array(volumeSchema)
    .max(32)
    .meta(listMap('name'))
    .default([])
    .describe('Persistent volumes.'),
  readOnlyRootFilesystem: z
    .boolean()
    .default(true)
    .describe('Turn off for images that write to their own file system.'),
  metrics: z
    .strictObject({
      port: portNumber.describe('Port to scrape, one of `ports`.'),
      path: httpPath.default('/metrics').describe('HTTP path to scrape.'),
    })
    .optional()
    .describe('Where Prometheus finds metrics.'),
};

/** What replicated components have besides. */
export const replicatedFields = {
  replicas: z.int().min(0).max(1000).default(1).describe('Number of replicas.'),
  availability: z
    .strictObject({
      maxUnavailable: z
        .int()
        .min(0)
        .max(1000)
        .optional()
        .describe(
          'Replicas that a disruption may take away at once; default 1.',
        ),
      spread: z
        .enum(['zone', 'node', 'none'])
        .optional()
        .describe(
          'What replicas are spread over; default both where they can be.',
        ),
    })
    .optional()
    .describe('How the component survives disruptions.'),
  expose: z
    .strictObject({
      host: dnsName.describe('Host name.'),
      path: httpPath.default('/').describe('Path prefix.'),
      tls: z.boolean().default(true).describe('Serve over TLS.'),
    })
    .optional()
    .describe('Makes the first port reachable from outside.'),
};
