import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { canonicalJson } from '@understage/plugin-paas-common';
import { changeApplication, LiveSpec } from './changeApplication';
import { middlewareAddExamples } from './examples';
import {
  application,
  applicationOutput,
  cluster,
  component,
  force,
  namespace,
  waiting,
} from './fields';
import { giveOut } from './giveOut';
import { Platform } from './platform';

interface Middleware {
  readonly name: string;
  readonly type: 'HelmChart';
  readonly chart: string;
  readonly version?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** With defaults filled in, so that what the cluster stored is compared with what was asked. */
const inFull = (value: object) =>
  canonicalJson(JSON.parse(JSON.stringify({ values: {}, ...value })));

/** Adds a component, or leaves the specification when it is there already; another one of that name is refused. */
export function withMiddleware(
  spec: LiveSpec,
  middleware: Middleware,
): LiveSpec {
  const there = spec.components.find(({ name }) => name === middleware.name);
  if (!there) {
    return { ...spec, components: [...spec.components, { ...middleware }] };
  }
  if (inFull(there) === inFull(middleware)) return spec;
  throw new ConflictError(
    `The application has another component named ${middleware.name}; choose another name, or change that component on the application's page.`,
  );
}

/** `paas:middleware:add`. */
export function middlewareAdd(platform: Platform) {
  return createTemplateAction({
    id: 'paas:middleware:add',
    description:
      'Adds a Helm chart of a configured repository to an application, as a component of its own, as whoever runs the template.',
    supportsDryRun: true,
    examples: middlewareAddExamples,
    schema: {
      input: {
        cluster,
        namespace,
        application,
        component,
        chart: z =>
          z
            .string()
            .min(1)
            .describe('`repository/name`, such as bitnami/redis'),
        version: z =>
          z
            .string()
            .optional()
            .describe('Version or range; default the newest'),
        values: z =>
          z.record(z.unknown()).optional().describe("The chart's values"),
        force,
        ...waiting,
      },
      output: applicationOutput,
    },
    async handler(ctx) {
      const { input } = ctx;
      const {
        cluster: where,
        namespace: space,
        chart,
        version,
        values,
      } = input;
      const middleware: Middleware = {
        name: input.component,
        type: 'HelmChart',
        chart,
        ...(version && { version }),
        ...(values && { values }),
      };
      const written = await changeApplication(platform, ctx, {
        ...input,
        ref: { cluster: where, namespace: space, name: input.application },
        edit: spec => withMiddleware(spec, middleware),
      });
      giveOut(ctx, written);
    },
  });
}
