import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { applicationApplyExamples } from './examples';
import {
  applicationOutput,
  cluster,
  document,
  force,
  namespace,
  waiting,
} from './fields';
import { giveOut } from './giveOut';
import { Platform } from './platform';
import { readWorkspaceFile } from './readWorkspaceFile';
import { writeApplication } from './writeApplication';

/** `paas:application:apply`. */
export function applicationApply(platform: Platform) {
  return createTemplateAction({
    id: 'paas:application:apply',
    description:
      'Creates or changes an Application, as whoever runs the template, and follows it until it is Ready.',
    supportsDryRun: true,
    examples: applicationApplyExamples,
    schema: {
      input: {
        cluster,
        namespace: z => namespace(z).optional(),
        application: z =>
          document(z, 'The Application, as YAML or as an object').optional(),
        path: z =>
          z
            .string()
            .optional()
            .describe(
              'A file of the workspace with the Application, in place of `application`',
            ),
        force,
        ...waiting,
      },
      output: applicationOutput,
    },
    async handler(ctx) {
      const { application, path, wait, timeoutSeconds, ...rest } = ctx.input;
      if ((application === undefined) === (path === undefined)) {
        throw new InputError(
          'paas:application:apply takes either `application` or `path`; found both or neither.',
        );
      }
      const content =
        application ?? (await readWorkspaceFile(ctx.workspacePath, path ?? ''));
      const written = await writeApplication(platform, ctx, {
        body: { ...rest, application: content },
        key: 'apply',
        wait,
        timeoutSeconds,
      });
      giveOut(ctx, written);
    },
  });
}
