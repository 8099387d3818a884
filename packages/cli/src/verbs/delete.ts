import { KubeObject } from '@understage/kube';
import { z } from 'zod';
import { LABEL_APPLICATION } from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { refusalOf } from '../cluster/describeOutcome';
import { getObject } from '../cluster/getApplication';
import { namespaceOf } from '../cluster/planLive';
import { applications } from '../cluster/resourceTypes';
import { exitCodes } from '../exitCodes';
import { confirm } from '../input/confirm';
import { readValidInputs } from '../input/readInputs';
import { filenameOption, fileOperands } from '../input/fileOperands';
import { meansFile } from '../input/findFiles';
import { defineVerb, VerbContext } from '../Verb';

const schema = z.object({
  filename: z.array(z.string()).optional(),
  yes: z.boolean().default(false),
});

const claims = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
};

const policyShape = z.looseObject({
  spec: z.looseObject({ deletionPolicy: z.literal('Delete') }),
});

interface Place {
  readonly context: VerbContext;
  readonly connection: Connection;
}

async function targetsOf(
  operands: readonly string[],
  place: Place,
): Promise<readonly KubeObject[]> {
  const { context, connection } = place;
  const found: KubeObject[] = [];
  for (const operand of operands) {
    if (!(await meansFile(operand, context.world))) {
      found.push(await getObject(connection, operand, context.world.signal));
      continue;
    }
    for (const application of await readValidInputs([operand], context)) {
      const { name } = application.metadata;
      const namespace = namespaceOf(application, context, connection);
      const live = await connection.cluster.get(applications, {
        name,
        namespace,
      });
      if (live) found.push(live);
      else context.out.line(`application ${namespace}/${name} is not there`);
    }
  }
  return found;
}

/** What of it stays, or goes for good: a sentence for the question. */
async function volumesSentence(
  live: KubeObject,
  place: Place,
): Promise<string> {
  const { name, namespace } = live.metadata;
  const { items } = await place.connection.cluster.list(claims, {
    namespace,
    labelSelector: `${LABEL_APPLICATION}=${name}`,
    signal: place.context.world.signal,
  });
  if (items.length === 0) return 'It has no volumes.';
  const names = items.map(({ metadata }) => metadata.name).join(', ');
  return policyShape.safeParse(live).success
    ? `Its volumes go with it, and their data: ${names}.`
    : `Its volumes stay: ${names}.`;
}

async function deleteOne(live: KubeObject, place: Place): Promise<void> {
  const { context, connection } = place;
  const { name, namespace, uid = '' } = live.metadata;
  const outcome = await connection.cluster
    .writer({ fieldManager: 'paas-cli' })
    .delete(
      applications,
      { namespace, name },
      { uid, propagation: 'Background' },
    );
  if (outcome.kind !== 'deleted' && outcome.kind !== 'absent') {
    throw refusalOf(`Deleting ${namespace}/${name}`, outcome, connection);
  }
  context.out.line(`application ${namespace}/${name} deleted`);
}

export const deletion = defineVerb({
  name: 'delete',
  operands: [
    { syntax: '[file|name...]', help: 'application, file, directory or -' },
  ],
  summary: 'Delete applications; volumes stay unless they say otherwise',
  description:
    'Delete applications with everything that they are made of. Volumes stay, unless the application has deletionPolicy: Delete; which they are is said before.',
  examples: [
    ['paas delete user-service', 'Asks first'],
    ['paas delete -f app.yaml --yes', 'In a script'],
  ],
  options: [filenameOption, { flags: '-y, --yes', help: 'do not ask' }],
  schema,
  async run(context, { operands, options }) {
    const targets = fileOperands(operands, options, 'paas delete NAME');
    const connection = await context.connect();
    const place = { context, connection };
    for (const live of await targetsOf(targets, place)) {
      const { name, namespace } = live.metadata;
      const volumes = await volumesSentence(live, place);
      const question = `Delete ${namespace}/${name}? ${volumes}`;
      if (await confirm(question, { yes: options.yes, context })) {
        await deleteOne(live, place);
        if (options.yes) context.out.line({ text: volumes, tone: 'quiet' });
      } else {
        context.out.line('Nothing was deleted.');
      }
    }
    return exitCodes.done;
  },
});
