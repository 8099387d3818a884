import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ask, askFor } from '../api/explainAnswers';
import { gone } from '../progress/looks';
import { tenantDeleteExamples } from './examples';
import { cluster, tenantName, tenantOutput, waiting } from './fields';
import { giveOut } from './giveOut';
import { logPlan, Platform, tenantOutputs, waitIfAsked } from './platform';

/** `paas:tenant:delete`. */
export function tenantDelete(platform: Platform) {
  return createTemplateAction({
    id: 'paas:tenant:delete',
    description:
      'Offboards a Tenant, as whoever runs the template; its deletionPolicy says what stays. One that is not there is as asked.',
    supportsDryRun: true,
    examples: tenantDeleteExamples,
    schema: {
      input: {
        cluster,
        name: tenantName,
        confirm: z => z.string().describe("The tenant's name once more"),
        ...waiting,
      },
      output: tenantOutput,
    },
    async handler(ctx) {
      const { cluster: where, name, confirm, wait, timeoutSeconds } = ctx.input;
      const { logger, signal } = ctx;
      if (confirm !== name) {
        throw new InputError(
          `confirm has to repeat the tenant's name, ${name}; found something else, so nothing was done.`,
        );
      }
      const ref = { cluster: where, name };
      const client = platform.connect(() => ctx.getInitiatorCredentials());
      const find = () => askFor(client.getTenant(ref, { signal }));
      if (ctx.isDryRun) {
        logPlan(ctx, await ask(client.planOffboarding(ref, { signal })));
        return;
      }
      const { changed } = await ctx.checkpoint({
        key: 'delete',
        fn: async () => {
          const found = await find();
          if (!found) return { changed: false };
          const { uid } = found;
          const answer = await ask(client.deleteTenant(ref, { uid, confirm }));
          return { changed: answer.changed };
        },
      });
      logger.info(
        `Tenant ${name} in ${where} ${
          changed
            ? 'is being offboarded.'
            : 'is not there, or not yours to see; nothing was deleted.'
        }`,
      );
      await waitIfAsked({ wait: changed && wait, timeoutSeconds }, ctx, {
        what: `tenant ${name} to be gone`,
        look: gone(find),
      });
      giveOut(ctx, { ...tenantOutputs(ref, platform), changed });
    },
  });
}
