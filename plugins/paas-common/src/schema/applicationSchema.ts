import { z } from 'zod';
import { componentSchema } from './componentSchema';
import { dnsLabel, portNumber } from './fieldTypes';

/** API group, version and kind of the resource as Kubernetes serves it. */
export const APPLICATION_API_VERSION = 'paas.understage.dev/v1';
/** The short form accepted in files; normalised on reading, since Kubernetes refuses groups without a dot. */
export const APPLICATION_SHORT_API_VERSION = 'paas/v1';

const dependencyObject = z.strictObject({
  from: dnsLabel.describe('Component that calls.'),
  to: z.string().min(1).max(512).describe('`component`, `application/component` or `external:host`.'),
  port: portNumber.describe('Port that is called.'),
  env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/).max(64).optional().describe('Prefix of the injected variables; default the target\'s name.'),
});

/** `"frontend -> redis:6379"` or the object form. */
export const dependencySchema = z.union([z.string().min(1).max(1024), dependencyObject]);

export const applicationSpecSchema = z.strictObject({
  components: z.array(componentSchema).min(1).max(100).describe('What the application is made of.'),
  dependencies: z.array(dependencySchema).max(1000).default([]).describe('Who calls whom: `frontend -> redis:6379`.'),
  owner: z.string().max(253).optional().describe('Catalog owner; defaults to the tenant\'s.'),
  description: z.string().max(2048).optional().describe('One sentence for the catalog.'),
  links: z.array(z.strictObject({ title: z.string().max(128).optional(), url: z.string().max(2048).regex(/^https?:\/\//, 'an http(s) address') })).max(32).default([])
    .describe('Links shown in the catalog.'),
  docs: z.string().max(1024).optional().describe('TechDocs reference, for example `dir:.`.'),
  deletionPolicy: z.enum(['Retain', 'Delete']).default('Retain').describe('What happens to volumes when the application goes.'),
  paused: z.boolean().default(false).describe('Observe and report, but write nothing.'),
  revision: z.int().min(1).optional().describe('Pins a release: rollback is this field set.'),
});

export type ApplicationSpec = z.output<typeof applicationSpecSchema>;
export type ApplicationSpecInput = z.input<typeof applicationSpecSchema>;
export type DependencyInput = z.input<typeof dependencySchema>;

/** A validated Application, defaults filled in. `status` is described in `statusSchema.ts`. */
export interface Application {
  readonly apiVersion: typeof APPLICATION_API_VERSION;
  readonly kind: 'Application';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: ApplicationSpec;
}
