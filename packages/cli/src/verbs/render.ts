import { z } from 'zod';
import {
  Application,
  Desired,
  platformSettings,
  renderApplication,
} from '@understage/plugin-paas-common';
import { resolveCharts } from '@understage/plugin-paas-node';
import { loadPlatform } from '../cluster/loadPlatform';
import { exitCodes } from '../exitCodes';
import { filenameOption, fileOperands } from '../input/fileOperands';
import { readValidInputs } from '../input/readInputs';
import { toYamlStream } from '../output/structured';
import { defineVerb, VerbContext } from '../Verb';

const schema = z.object({
  filename: z.array(z.string()).optional(),
  output: z.enum(['yaml', 'json']),
  tenant: z.string().optional(),
});

async function renderOne(
  application: Application,
  context: VerbContext,
  tenant: string | undefined,
): Promise<Desired> {
  const platform = await loadPlatform(context);
  const namespace =
    context.global.namespace ?? application.metadata.namespace ?? 'default';
  const charts = await resolveCharts({
    application,
    namespace,
    renderer: context.world.createCharts(platform),
    releases: [],
    pinned: false,
    signal: context.world.signal,
  });
  return renderApplication(application, {
    namespace,
    tenant: tenant ?? namespace,
    platform: platformSettings(platform),
    builds: {},
    charts,
    takenServiceNames: {},
  });
}

/** Says what is not among the objects, and why; true when something was refused. */
function printRefusals(desired: Desired, context: VerbContext): boolean {
  const { name } = desired.application.metadata;
  const blocked = desired.components.flatMap(component =>
    component.blocked
      ? [{ ...component.blocked, component: component.name }]
      : [],
  );
  const said = new Set<string>();
  for (const each of [...desired.refusals, ...blocked]) {
    const place =
      each.component === undefined ? name : `${name}/${each.component}`;
    const sentence = `${each.reason}: ${each.message}`;
    if (!said.has(sentence)) {
      context.err.line({ text: `${place} `, tone: 'bad' }, sentence);
    }
    said.add(sentence);
  }
  for (const { reason, message } of desired.warnings) {
    context.err.line(
      { text: `${name} `, tone: 'warn' },
      `${reason}: ${message}`,
    );
  }
  return said.size > 0;
}

export const render = defineVerb({
  name: 'render',
  operands: [{ syntax: '[file...]', help: 'file, directory or -' }],
  summary: 'Print the Kubernetes objects of an Application file',
  description:
    'Print the Kubernetes objects that an Application file stands for, without a cluster. Charts are rendered with helm ($UNDERSTAGE_HELM or the one on the PATH) from the repositories of --config.',
  examples: [
    ['paas render app.yaml', 'As YAML'],
    [
      'paas render app.yaml -n shop --config app-config.yaml',
      "For a namespace, with the platform's settings",
    ],
    [
      'paas render app.yaml | kubectl diff -f -',
      'Against what runs somewhere else',
    ],
  ],
  options: [
    filenameOption,
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: ['yaml', 'json'],
      fallback: 'yaml',
    },
    { flags: '--tenant <name>', help: 'tenant; default the namespace' },
  ],
  schema,
  async run(context, { operands, options }) {
    const files = fileOperands(operands, options, 'paas render FILE');
    const applications = await readValidInputs(files, context);
    let refused = false;
    const objects: unknown[] = [];
    for (const application of applications) {
      const desired = await renderOne(application, context, options.tenant);
      objects.push(...desired.objects.map(({ object }) => object));
      refused = printRefusals(desired, context) || refused;
    }
    context.out.document(
      options.output === 'json'
        ? JSON.stringify(
            { apiVersion: 'v1', kind: 'List', items: objects },
            null,
            2,
          )
        : toYamlStream(objects),
    );
    return refused ? exitCodes.refused : exitCodes.done;
  },
});
