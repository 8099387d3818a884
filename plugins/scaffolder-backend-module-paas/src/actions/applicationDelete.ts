import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ask, askFor } from '../api/explainAnswers';
import { gone } from '../progress/looks';
import { applicationDeleteExamples } from './examples';
import {
  application,
  applicationOutput,
  cluster,
  namespace,
  waiting,
} from './fields';
import { giveOut } from './giveOut';
import { applicationOutputs, Platform, waitIfAsked } from './platform';

/** `paas:application:delete`. */
export function applicationDelete(platform: Platform) {
  return createTemplateAction({
    id: 'paas:application:delete',
    description:
      'Deletes an Application, as whoever runs the template. Volumes stay unless its deletionPolicy says otherwise. One that is not there is as asked.',
    supportsDryRun: true,
    examples: applicationDeleteExamples,
    schema: {
      input: { cluster, namespace, name: application, ...waiting },
      output: applicationOutput,
    },
    async handler(ctx) {
      const { wait, timeoutSeconds, ...ref } = ctx.input;
      const { logger, signal } = ctx;
      const client = platform.connect(() => ctx.getInitiatorCredentials());
      const find = () => askFor(client.getApplication(ref, { signal }));
      const said = `Application ${ref.namespace}/${ref.name} in ${ref.cluster}`;
      if (ctx.isDryRun) {
        const found = await find();
        logger.info(
          found
            ? `Dry run, nothing was deleted: ${said} would go, with its ${found.components.length} components.`
            : `Dry run: ${said} is not there, or not yours to see.`,
        );
        return;
      }
      const { changed } = await ctx.checkpoint({
        key: 'delete',
        fn: async () => {
          if (!(await find())) return { changed: false };
          const answer = await ask(client.deleteApplication(ref));
          return { changed: answer.changed };
        },
      });
      logger.info(
        changed
          ? `${said} is being deleted.`
          : `${said} is not there, or not yours to see; nothing was deleted.`,
      );
      // Of what was not seen, nothing is said: neither that it is gone.
      await waitIfAsked({ wait: changed && wait, timeoutSeconds }, ctx, {
        what: `application ${ref.namespace}/${ref.name} to be gone`,
        look: gone(find),
      });
      giveOut(ctx, { ...applicationOutputs(ref, platform), changed });
    },
  });
}
