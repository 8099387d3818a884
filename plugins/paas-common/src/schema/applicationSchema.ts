import { z } from 'zod';
import { componentSchema } from './componentSchema';
import { dnsLabel, portNumber } from './fieldTypes';

/** The object form of a dependency. */
export const dependencyObjectSchema = z.strictObject({
  from: dnsLabel.describe('Component that calls.'),
  to: z
    .string()
    .min(1)
    .max(512)
    .meta({
      allowed: '`component`, `application/component` or `external:host`',
    })
    .describe('What is called.'),
  port: portNumber.describe('Port that is called.'),
  env: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Z_][A-Z0-9_]*$/)
    .meta({
      allowed: 'capital letters, digits and _, not starting with a digit',
    })
    .optional()
    .describe(
      "Prefix of the injected variables; default the target's name in capitals.",
    ),
});

/** `"frontend -> redis:6379"` or the object form. */
const dependencySchema = z
  .union([z.string().min(1).max(1024), dependencyObjectSchema])
  .meta({
    allowed:
      'text such as `frontend -> redis:6379`, or the fields from, to, port and env',
  });

const linkSchema = z.strictObject({
  title: z.string().max(128).optional().describe('Text of the link.'),
  url: z
    .string()
    .max(2048)
    .regex(/^https?:\/\/[^\s]+$/)
    .meta({ allowed: 'an http or https address' })
    .describe('Where it leads.'),
});

/** Fields of a specification; what they have to be together is checked in `input/`. */
export const applicationSpecSchema = z.strictObject({
  components: z
    .array(componentSchema)
    .min(1)
    .max(100)
    .meta({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    })
    .describe('What the application is made of.'),
  dependencies: z
    .array(dependencySchema)
    .max(1000)
    .meta({ 'x-kubernetes-list-type': 'atomic' })
    .default([])
    .describe('Who calls whom: `frontend -> redis:6379`.'),
  owner: z
    .string()
    .min(1)
    .max(253)
    .regex(
      /^([a-zA-Z]+:)?([-a-zA-Z0-9]+\/)?[a-zA-Z0-9]([-_.a-zA-Z0-9]*[a-zA-Z0-9])?$/,
    )
    .meta({ allowed: 'a catalog reference such as group:default/team-a' })
    .optional()
    .describe('Catalog owner; where the namespace names one, that one counts.'),
  description: z
    .string()
    .max(2048)
    .optional()
    .describe('One sentence for the catalog.'),
  links: z
    .array(linkSchema)
    .max(32)
    .meta({ 'x-kubernetes-list-type': 'atomic' })
    .default([])
    .describe('Links shown in the catalog.'),
  docs: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe('TechDocs reference, for example `dir:.`.'),
  deletionPolicy: z
    .enum(['Retain', 'Delete'])
    .default('Retain')
    .describe('What happens to volumes when the application goes.'),
  paused: z
    .boolean()
    .default(false)
    .describe('Observe and report, but write nothing.'),
  revision: z
    .int()
    .min(1)
    .max(2147483647)
    .optional()
    .describe('Pins a release: rollback is this field set.'),
});

/** A specification as people write it, before defaults. */
export type ApplicationSpecInput = z.input<typeof applicationSpecSchema>;
