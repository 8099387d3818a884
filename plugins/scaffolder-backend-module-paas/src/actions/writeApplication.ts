import { ApplyBody, ApplicationRef } from '@understage/plugin-paas-common';
import {
  ask,
  conflictOf,
  problemLine,
  refusedInput,
} from '../api/explainAnswers';
import { applicationReady } from '../progress/looks';
import {
  applicationOutputs,
  logPlan,
  Platform,
  StepContext,
  waitIfAsked,
  Waiting,
} from './platform';

/** What of an action's context is used to write an application. */
export interface WriteContext extends StepContext {
  readonly isDryRun?: boolean;
  checkpoint(options: {
    key: string;
    fn: () => Promise<{
      ref: { [Key in keyof ApplicationRef]: string };
      changed: boolean;
    }>;
  }): Promise<{ ref: ApplicationRef; changed: boolean }>;
}

/** An Application to write, and the name it has, for what is said before the answer. */
export interface Writing extends Waiting {
  readonly body: ApplyBody;
  /** One and the same write has one and the same key. */
  readonly key: string;
}

/** Applies an Application (or plans it, in a dry run) as whoever runs the template, and follows it. */
export async function writeApplication(
  platform: Platform,
  ctx: WriteContext,
  writing: Writing,
): Promise<
  (ReturnType<typeof applicationOutputs> & { changed: boolean }) | undefined
> {
  const { logger, signal } = ctx;
  const client = platform.connect(() => ctx.getInitiatorCredentials());
  const { force, ...planned } = writing.body;
  if (ctx.isDryRun) {
    const plan = await ask(client.plan(planned, { signal }));
    if (plan.kind === 'invalid') throw refusedInput(plan.problems);
    plan.warnings.forEach(warning => logger.warn(problemLine(warning)));
    logPlan(ctx, plan);
    return undefined;
  }
  const { ref, changed } = await ctx.checkpoint({
    key: writing.key,
    fn: async () => {
      const answer = await ask(client.apply(writing.body, { signal }));
      if (answer.kind === 'invalid') throw refusedInput(answer.problems);
      if (answer.kind === 'conflict') throw conflictOf(answer);
      answer.warnings.forEach(warning => logger.warn(problemLine(warning)));
      return { ref: { ...answer.ref }, changed: answer.changed };
    },
  });
  const said = `Application ${ref.namespace}/${ref.name} in ${ref.cluster}`;
  logger.info(
    changed ? `${said} was written.` : `${said} is as asked already.`,
  );
  await waitIfAsked(writing, ctx, {
    what: `application ${ref.namespace}/${ref.name} to be Ready`,
    look: applicationReady(client, ref, signal),
  });
  return { ...applicationOutputs(ref, platform), changed };
}
