import { z } from 'zod';
import { saysTheSame } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { refusalOf } from '../cluster/describeOutcome';
import { getApplication, LiveApplication } from '../cluster/getApplication';
import { listReleases } from '../cluster/listReleases';
import { planLive } from '../cluster/planLive';
import { applications } from '../cluster/resourceTypes';
import { waitForReady } from '../cluster/waitForReady';
import { CliFailure, ExitCode, exitCodes } from '../exitCodes';
import { confirm } from '../input/confirm';
import { timeoutOf, waitOptions, waitSchema } from '../input/waitOptions';
import { isRefused, printPlan } from '../output/printPlan';
import { defineVerb, VerbContext } from '../Verb';

/**
 * A manager of its own: the pin is one field, and applying the file again must neither take it away by chance nor be in
 * conflict with it.
 */
const FIELD_MANAGER = 'paas-cli-rollback';

const schema = z.object({
  to: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, '--to takes a release number')
    .optional(),
  release: z.boolean().default(false),
  yes: z.boolean().default(false),
  ...waitSchema,
});

/** The release asked for, else the newest one before the current one. */
async function targetOf(
  live: LiveApplication,
  to: string | undefined,
  place: { readonly context: VerbContext; readonly connection: Connection },
): Promise<number> {
  const { context, connection } = place;
  const { name } = live.application.metadata;
  const releases = await listReleases(
    connection,
    live.application,
    context.world.signal,
  );
  const revisions = releases.map(({ revision }) => revision);
  const known =
    revisions.length === 0
      ? 'there are none'
      : `there are ${revisions.join(', ')}`;
  const current =
    live.application.spec.revision ??
    live.status?.release?.current ??
    revisions.at(0);
  const target =
    to === undefined
      ? revisions.find(revision => current !== undefined && revision < current)
      : revisions.find(revision => revision === Number(to));
  if (target !== undefined) return target;
  throw new CliFailure(
    exitCodes.problem,
    to === undefined
      ? `${name} has no release before ${current ?? 'the first'}: ${known}.`
      : `${name} has no release ${to}: ${known}.`,
  );
}

async function setRevision(
  live: LiveApplication,
  revision: number | undefined,
  place: { readonly context: VerbContext; readonly connection: Connection },
): Promise<boolean> {
  const { context, connection } = place;
  const { name, namespace, uid } = live.application.metadata;
  const outcome = await connection.cluster
    .writer({ fieldManager: FIELD_MANAGER })
    .apply(
      {
        apiVersion: live.application.apiVersion,
        kind: live.application.kind,
        metadata: { name, namespace, uid },
        ...(revision === undefined ? {} : { spec: { revision } }),
      },
      { type: applications, force: true, signal: context.world.signal },
    );
  if (outcome.kind !== 'written') {
    throw refusalOf(`Rolling back ${namespace}/${name}`, outcome, connection);
  }
  return !saysTheSame(live.object, outcome.object);
}

async function letGo(
  live: LiveApplication,
  place: { readonly context: VerbContext; readonly connection: Connection },
): Promise<void> {
  const { name } = live.application.metadata;
  const { out } = place.context;
  if (live.application.spec.revision === undefined) {
    out.line(`${name} is not pinned to a release.`);
    return;
  }
  await setRevision(live, undefined, place);
  const after = await getApplication(place.connection, name);
  if (after.application.spec.revision !== undefined) {
    throw new CliFailure(
      exitCodes.refused,
      `${name} stays on release ${after.application.spec.revision}: somebody else set spec.revision. Take it out of the file that sets it.`,
    );
  }
  out.line(`${name} follows its specification again.`);
}

export const rollback = defineVerb({
  name: 'rollback',
  operands: [{ syntax: '<name>', help: 'application' }],
  summary: 'Go back to an earlier release, after showing what changes',
  description:
    'Go back to an earlier release by setting spec.revision, after showing what that changes. The release is brought back as it was, with the images and charts of then. The application stays there until --release lets it go.',
  examples: [
    ['paas rollback user-service', 'To the release before this one'],
    ['paas rollback user-service --to 3 --yes --wait', 'To release 3, unasked'],
    ['paas rollback user-service --release', 'Follow the specification again'],
  ],
  options: [
    { flags: '--to <release>', help: 'release to go back to' },
    { flags: '--release', help: 'unpin: follow the specification again' },
    { flags: '-y, --yes', help: 'do not ask' },
    ...waitOptions,
  ],
  schema,
  async run(context, { operands: [name], options }): Promise<ExitCode> {
    const timeoutMs = timeoutOf(options);
    const connection = await context.connect();
    const place = { context, connection };
    const live = await getApplication(connection, name, context.world.signal);
    if (options.release) {
      await letGo(live, place);
    } else {
      const revision = await targetOf(live, options.to, place);
      const { application } = live;
      const planned = await planLive(
        { ...application, spec: { ...application.spec, revision } },
        context,
        connection,
      );
      printPlan(planned, context);
      if (isRefused(planned)) {
        throw new CliFailure(
          exitCodes.refused,
          `Release ${revision} can not be brought back as it was; nothing was changed.`,
        );
      }
      const question = `Roll ${name} back to release ${revision}?`;
      if (!(await confirm(question, { yes: options.yes, context }))) {
        context.out.line('Nothing was changed.');
        return exitCodes.done;
      }
      const changed = await setRevision(live, revision, place);
      context.out.line(
        `application ${connection.namespace}/${name} ${
          changed ? `rolled back to release ${revision}` : 'unchanged'
        }`,
      );
    }
    return options.wait
      ? waitForReady(name, { context, connection, timeoutMs })
      : exitCodes.done;
  },
});
