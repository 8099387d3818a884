import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { tenantUpdateExamples } from './examples';
import { cluster, document, force, tenantOutput, waiting } from './fields';
import { giveOut } from './giveOut';
import { Platform } from './platform';
import { writeTenant } from './writeTenant';

/** `paas:tenant:update`. */
export function tenantUpdate(platform: Platform) {
  return createTemplateAction({
    id: 'paas:tenant:update',
    description:
      'Changes a Tenant, as whoever runs the template, and follows it until it is Ready and its isolation was proven again.',
    supportsDryRun: true,
    examples: tenantUpdateExamples,
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
        to: 'update',
        body,
        wait,
        timeoutSeconds,
      });
      giveOut(ctx, written);
    },
  });
}
