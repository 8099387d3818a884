import { NotFoundError } from '@backstage/errors';
import { ApplicationRef } from '@understage/plugin-paas-common';
import { parse } from 'yaml';
import { z } from 'zod';
import { askFor } from '../api/explainAnswers';
import { Platform, StepContext, Waiting } from './platform';
import { writeApplication, WriteContext } from './writeApplication';

const liveSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('Application'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    components: z.array(z.looseObject({ name: z.string() })),
    dependencies: z.array(z.unknown()).default([]),
  }),
});

/** An Application's specification as it stands in the cluster. */
export type LiveSpec = z.infer<typeof liveSchema>['spec'];

/** The application's document without what the cluster added; an error when it is not there. */
async function readLive(
  platform: Platform,
  ctx: StepContext,
  ref: ApplicationRef,
) {
  const client = platform.connect(() => ctx.getInitiatorCredentials());
  const { signal } = ctx;
  const found = await askFor(client.getApplication(ref, { signal }));
  if (!found) {
    throw new NotFoundError(
      `There is no application ${ref.namespace}/${ref.name} in ${ref.cluster}, or it is not yours to see.`,
    );
  }
  const { apiVersion, kind, spec } = liveSchema.parse(parse(found.yaml));
  const { name, namespace } = ref;
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}

/** A change of one application, and how long to follow it. */
export interface Change extends Waiting {
  readonly ref: ApplicationRef;
  readonly force?: boolean;
  /** Gives the changed specification; the same one when there is nothing to do. */
  readonly edit: (spec: LiveSpec) => LiveSpec;
}

/** Reads an application, changes its specification, writes and follows it. */
export async function changeApplication(
  platform: Platform,
  ctx: WriteContext,
  change: Change,
) {
  const { ref, force, edit, wait, timeoutSeconds } = change;
  const live = await readLive(platform, ctx, ref);
  return writeApplication(platform, ctx, {
    body: {
      cluster: ref.cluster,
      application: { ...live, spec: edit(live.spec) },
      force,
    },
    key: 'apply',
    wait,
    timeoutSeconds,
  });
}
