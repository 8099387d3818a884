import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { tenantCreateExamples } from './examples';
import { cluster, document, force, tenantOutput, waiting } from './fields';
import { giveOut } from './giveOut';
import { Platform } from './platform';
import { writeTenant } from './writeTenant';

/** `paas:tenant:create`. */
export function tenantCreate(platform: Platform) {
  return createTemplateAction({
    id: 'paas:tenant:create',
    description:
      'Creates a Tenant, as whoever runs the template, and follows it until it is Ready and its isolation was proven. One that is there already with the same specification is as asked; another one is refused.',
    supportsDryRun: true,
    examples: tenantCreateExamples,
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
        to: 'create',
        body,
        wait,
        timeoutSeconds,
      });
      giveOut(ctx, written);
    },
  });
}
