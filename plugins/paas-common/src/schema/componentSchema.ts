import { z } from 'zod';
import { dnsLabel } from './fieldTypes';
import { replicatedFields, workloadFields } from './workloadSchema';

const deploymentSchema = z.strictObject({
  type: z.literal('Deployment').describe('A stateless, replicated service.'),
  ...workloadFields,
  ...replicatedFields,
});

const statefulSetSchema = z.strictObject({
  type: z
    .literal('StatefulSet')
    .describe(
      'A replicated service with stable names, each replica with volumes of its own.',
    ),
  ...workloadFields,
  ...replicatedFields,
});

const backoffLimit = z
  .int()
  .min(0)
  .max(100)
  .default(6)
  .describe('Retries before a run counts as failed.');

const jobSchema = z.strictObject({
  type: z.literal('Job').describe('Runs to completion once for each change.'),
  ...workloadFields,
  backoffLimit,
});

const cronJobSchema = z.strictObject({
  type: z.literal('CronJob').describe('Runs to completion by a schedule.'),
  ...workloadFields,
  backoffLimit,
  schedule: z
    .string()
    .min(1)
    .max(128)
    .meta({
      allowed: 'a cron expression with five fields, such as */5 * * * *',
    })
    .describe('When to run: minute, hour, day of month, month, day of week.'),
  timeZone: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/)
    .meta({ allowed: 'an IANA time zone such as Europe/Berlin' })
    .optional()
    .describe('Time zone of the schedule; default UTC.'),
});

const helmChartSchema = z.strictObject({
  type: z.literal('HelmChart').describe('Objects rendered from a Helm chart.'),
  name: dnsLabel.describe('Name of the component, unique in the application.'),
  chart: z
    .string()
    .min(1)
    .max(512)
    .regex(
      /^(oci:\/\/[a-zA-Z0-9][^\s@]*|[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-zA-Z0-9][-a-zA-Z0-9_.]*)$/,
    )
    .meta({
      allowed:
        '`repository/name` of a configured repository, or `oci://host/path`',
    })
    .describe('The chart, such as `bitnami/redis`.'),
  version: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[0-9A-Za-z.^~<>=|*+, -]+$/)
    .meta({ allowed: 'a version such as 18.1.2 or a range such as ^18' })
    .optional()
    .describe(
      'Version or range; default the newest, pinned by digest in the release.',
    ),
  values: z
    .record(z.string(), z.unknown())
    .meta({ allowed: 'a map of values, as in the values.yaml of the chart' })
    .default({})
    .describe('Values for the chart.'),
});

/** One component; its `type` decides which fields it has. */
export const componentSchema = z
  .discriminatedUnion('type', [
    deploymentSchema,
    statefulSetSchema,
    jobSchema,
    cronJobSchema,
    helmChartSchema,
  ])
  .meta({
    'x-kubernetes-validations': [
      {
        rule: '!has(self.expose) || (has(self.ports) && self.ports.size() > 0)',
        message: 'expose makes the first port reachable, but ports is empty',
      },
      {
        rule: '!has(self.metrics) || (has(self.ports) && self.ports.exists(p, p.port == self.metrics.port))',
        message: 'metrics.port has to be one of ports',
      },
    ],
  });
