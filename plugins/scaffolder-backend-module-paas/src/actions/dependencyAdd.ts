import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseDependency } from '@understage/plugin-paas-common';
import { problemLine } from '../api/explainAnswers';
import { changeApplication, LiveSpec } from './changeApplication';
import { dependencyAddExamples } from './examples';
import {
  application,
  applicationOutput,
  cluster,
  force,
  namespace,
  waiting,
} from './fields';
import { giveOut } from './giveOut';
import { Platform } from './platform';

/** A dependency in its one spelling; `undefined` for what is none. */
function spelled(value: unknown): string | undefined {
  const parsed = parseDependency(value, 'dependency');
  return parsed.ok ? parsed.value.text : undefined;
}

/** Adds a dependency, however it is spelled, unless it is there. */
export function withDependency(spec: LiveSpec, dependency: string): LiveSpec {
  const parsed = parseDependency(dependency, 'dependency');
  if (!parsed.ok) {
    throw new InputError(parsed.problems.map(problemLine).join('\n'));
  }
  const { text } = parsed.value;
  const { dependencies } = spec;
  return dependencies.some(known => spelled(known) === text)
    ? spec
    : { ...spec, dependencies: [...dependencies, text] };
}

/** `paas:dependency:add`. */
export function dependencyAdd(platform: Platform) {
  return createTemplateAction({
    id: 'paas:dependency:add',
    description:
      'Lets a component of an application call another one (address injected, network opened), as whoever runs the template.',
    supportsDryRun: true,
    examples: dependencyAddExamples,
    schema: {
      input: {
        cluster,
        namespace,
        application,
        dependency: z =>
          z
            .string()
            .min(1)
            .describe('`from -> to:port`, such as `web -> redis:6379`'),
        force,
        ...waiting,
      },
      output: applicationOutput,
    },
    async handler(ctx) {
      const { input } = ctx;
      const { cluster: where, namespace: space, dependency } = input;
      const written = await changeApplication(platform, ctx, {
        ...input,
        ref: { cluster: where, namespace: space, name: input.application },
        edit: spec => withDependency(spec, dependency),
      });
      giveOut(ctx, written);
    },
  });
}
