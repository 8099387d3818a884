import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { tenantCreateExamples, tenantUpdateExamples } from './examples';
import { cluster, document, force, tenantOutput, waiting } from './fields';
import { giveOut } from './giveOut';
import { Platform } from './platform';
import { TenantWriting, writeTenant } from './writeTenant';

/** The two ways to write a tenant: they differ in what has to be there before. */
const ways: Readonly<
  Record<
    TenantWriting['to'],
    { readonly description: string; readonly examples: TemplateExample[] }
  >
> = {
  create: {
    description:
      'Creates a Tenant, as whoever runs the template, and follows it until it is Ready and its isolation was proven. One that is there already with the same specification is as asked; another one is refused.',
    examples: tenantCreateExamples,
  },
  update: {
    description:
      'Changes a Tenant, as whoever runs the template, and follows it until it is Ready and its isolation was proven again.',
    examples: tenantUpdateExamples,
  },
};

/** `paas:tenant:create` and `paas:tenant:update`. */
export function tenantWrite(platform: Platform, to: TenantWriting['to']) {
  return createTemplateAction({
    ...ways[to],
    id: `paas:tenant:${to}`,
    supportsDryRun: true,
    schema: {
      input: {
        cluster,
        tenant: z => document(z, 'The whole Tenant, as YAML or as an object'),
        force,
        ...waiting,
      },
      output: tenantOutput,
    },
    async handler(ctx) {
      const { wait, timeoutSeconds, ...body } = ctx.input;
      const written = await writeTenant(platform, ctx, {
        to,
        body,
        wait,
        timeoutSeconds,
      });
      giveOut(ctx, written);
    },
  });
}
