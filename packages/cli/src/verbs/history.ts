import { z } from 'zod';
import { getApplication } from '../cluster/getApplication';
import { listReleases } from '../cluster/listReleases';
import { exitCodes } from '../exitCodes';
import { age } from '../output/age';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb } from '../Verb';

function pairs(record: Readonly<Record<string, string>>): string {
  const texts = Object.entries(record).map(([key, value]) => `${key}=${value}`);
  return texts.length === 0 ? '-' : texts.join(', ');
}

export const history = defineVerb({
  name: 'history',
  operands: [{ syntax: '<name>', help: 'application' }],
  summary: 'List the releases of an application',
  description:
    'List the releases of an application, newest first: what ran, with the images and charts that it was resolved to.',
  examples: [['paas history user-service', 'Which release to go back to?']],
  options: [
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({ output: z.enum(outputFormats) }),
  async run(context, { operands: [name], options }) {
    const { out, world } = context;
    const connection = await context.connect();
    const live = await getApplication(connection, name, world.signal);
    const releases = await listReleases(
      connection,
      live.application,
      world.signal,
    );
    const { current, available } = live.status?.release ?? {};
    const rows = releases.map(release => ({
      ...release,
      current: release.revision === current,
      available: release.revision === available,
      pinned: release.revision === live.application.spec.revision,
    }));
    if (printStructured(out, options.output, rows)) return exitCodes.done;
    if (rows.length === 0) {
      out.line(`${name} has no releases yet.`);
      return exitCodes.done;
    }
    out.table(
      ['RELEASE', 'AGE', 'IS', 'IMAGES', 'CHARTS'],
      rows.map(row => [
        String(row.revision),
        age(row.createdAt, world.now()),
        (['current', 'available', 'pinned'] as const)
          .filter(what => row[what])
          .join(', ') || '-',
        pairs(row.images),
        pairs(row.charts),
      ]),
    );
    return exitCodes.done;
  },
});
