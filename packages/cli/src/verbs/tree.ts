import { z } from 'zod';
import { ObjectNode, objectTree } from '@understage/plugin-paas-common';
import { followChanges } from '../cluster/followChanges';
import { getApplication } from '../cluster/getApplication';
import { observeHealth } from '../cluster/observeHealth';
import { untilInterrupted } from '../cluster/untilInterrupted';
import { Connection } from '../CliWorld';
import { exitCodes } from '../exitCodes';
import { age } from '../output/age';
import { stateTone } from '../output/stateTone';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb, VerbContext } from '../Verb';

const schema = z.object({
  watch: z.boolean().default(false),
  output: z.enum(outputFormats),
});

function printNode(
  node: ObjectNode,
  prefix: { readonly first: string; readonly rest: string },
  context: VerbContext,
): void {
  const { out, world } = context;
  out.line(
    { text: prefix.first, tone: 'quiet' },
    `${node.ref.kind} `,
    { text: node.ref.name, tone: 'strong' },
    ' ',
    { text: node.state, tone: stateTone[node.state] },
    node.createdAt === undefined ? '' : ` ${age(node.createdAt, world.now())}`,
    ` ${node.message}`,
  );
  node.children.forEach((child, index) => {
    const last = index === node.children.length - 1;
    printNode(
      child,
      {
        first: `${prefix.rest}${last ? '└─ ' : '├─ '}`,
        rest: `${prefix.rest}${last ? '   ' : '│  '}`,
      },
      context,
    );
  });
}

async function showTree(
  name: string,
  output: z.output<typeof schema>['output'],
  place: { readonly context: VerbContext; readonly connection: Connection },
): Promise<void> {
  const { context, connection } = place;
  const live = await getApplication(connection, name, context.world.signal);
  const observed = await observeHealth(live, context, connection);
  const nodes = objectTree({
    application: live.application,
    objects: observed.objects,
    events: observed.events,
    findings: observed.findings,
    health: observed.health,
    now: context.world.now(),
  });
  if (printStructured(context.out, output, nodes)) return;
  const { state, message } = observed.health;
  context.out.line(
    { text: `${connection.namespace}/${name} `, tone: 'strong' },
    { text: state, tone: stateTone[state] },
    ` ${message}`,
  );
  nodes.forEach((node, index) => {
    const last = index === nodes.length - 1;
    printNode(
      node,
      { first: last ? '└─ ' : '├─ ', rest: last ? '   ' : '│  ' },
      context,
    );
  });
  for (const sentence of observed.missing) {
    context.err.line({ text: 'warning ', tone: 'warn' }, sentence);
  }
}

export const tree = defineVerb({
  name: 'tree',
  operands: [{ syntax: '<name>', help: 'application' }],
  summary: 'Show what an application is made of, down to pods',
  examples: [
    ['paas tree user-service', 'Components, workloads, pods'],
    ['paas tree user-service --watch', 'Live, during a roll-out'],
  ],
  options: [
    { flags: '-w, --watch', help: 'print again when something changes' },
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema,
  async run(context, { operands: [name], options }) {
    const connection = await context.connect();
    const place = { context, connection };
    if (!options.watch) {
      await showTree(name, options.output, place);
      return exitCodes.done;
    }
    const { signal } = context.world;
    await untilInterrupted(signal, async () => {
      for await (const _ of followChanges(connection, {
        application: name,
        signal,
      })) {
        context.out.clear();
        await showTree(name, options.output, place);
      }
    });
    return exitCodes.done;
  },
});
