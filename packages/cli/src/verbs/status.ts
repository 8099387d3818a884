import { KubeObject } from '@understage/kube';
import { z } from 'zod';
import {
  ApplicationHealth,
  compareStates,
  readStatus,
} from '@understage/plugin-paas-common';
import { Connection } from '../CliWorld';
import { followChanges } from '../cluster/followChanges';
import { getApplication, LiveApplication } from '../cluster/getApplication';
import { observeHealth, ObservedHealth } from '../cluster/observeHealth';
import { requireNamespace } from '../cluster/requireNamespace';
import { applications } from '../cluster/resourceTypes';
import { untilInterrupted } from '../cluster/untilInterrupted';
import { waitForReady } from '../cluster/waitForReady';
import { CliFailure, ExitCode, exitCodes } from '../exitCodes';
import { timeoutOf, waitOptions, waitSchema } from '../input/waitOptions';
import { age } from '../output/age';
import { Piece } from '../output/Printer';
import { stateTone } from '../output/stateTone';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb, VerbContext } from '../Verb';

const schema = z.object({
  allNamespaces: z.boolean().default(false),
  watch: z.boolean().default(false),
  output: z.enum(outputFormats),
  ...waitSchema,
});
type Options = z.output<typeof schema>;

interface Scope {
  readonly context: VerbContext;
  readonly connection: Connection;
  readonly options: Options;
}

function replicasText(health: {
  readonly replicas?: { readonly ready: number; readonly desired: number };
}): string {
  return health.replicas
    ? `${health.replicas.ready}/${health.replicas.desired}`
    : '-';
}

function componentRows(
  live: LiveApplication,
  health: ApplicationHealth,
): Piece[][] {
  const reported = new Map(
    (live.status?.components ?? []).map(component => [
      component.name,
      component,
    ]),
  );
  return health.components.map(component => [
    component.name,
    component.type,
    { text: component.state, tone: stateTone[component.state] },
    replicasText(component),
    reported.get(component.name)?.image?.ref ?? '-',
    component.message,
  ]);
}

function printConditions(live: LiveApplication, { out }: VerbContext): void {
  for (const { type, status, reason, message } of live.status?.conditions ??
    []) {
    if (status !== 'True') {
      out.line(
        { text: `${type} ${status} `, tone: 'warn' },
        `${reason}: ${message}`,
      );
    }
  }
}

function printOne(
  live: LiveApplication,
  observed: ObservedHealth,
  context: VerbContext,
): void {
  const { out, err, world } = context;
  const { name, namespace, creationTimestamp } = live.application.metadata;
  const { health } = observed;
  const { status } = live;
  const release = status?.release?.current;
  out.line(
    { text: `${namespace}/${name} `, tone: 'strong' },
    { text: health.state, tone: stateTone[health.state] },
    ` ${health.message}`,
  );
  out.line({
    text: `release ${release ?? '-'}, created ${age(
      creationTimestamp,
      world.now(),
    )} ago${status ? '' : '; the operator has not reported yet (paas doctor)'}`,
    tone: 'quiet',
  });
  out.line();
  out.table(
    ['COMPONENT', 'TYPE', 'STATE', 'READY', 'IMAGE', 'MESSAGE'],
    componentRows(live, health),
  );
  printConditions(live, context);
  for (const { ref, reason, message } of status?.notices ?? []) {
    out.line(
      { text: `${ref.kind} ${ref.name} `, tone: 'warn' },
      `${reason}: ${message}`,
    );
  }
  for (const sentence of observed.missing) {
    err.line({ text: 'warning ', tone: 'warn' }, sentence);
  }
}

async function showOne(name: string, scope: Scope): Promise<void> {
  const { context, connection, options } = scope;
  const live = await getApplication(connection, name, context.world.signal);
  const observed = await observeHealth(live, context, connection);
  const { namespace } = live.application.metadata;
  const report = {
    namespace,
    name,
    ...observed.health,
    conditions: live.status?.conditions ?? [],
    notices: live.status?.notices ?? [],
    release: live.status?.release,
  };
  if (!printStructured(context.out, options.output, report)) {
    printOne(live, observed, context);
  }
}

/**
 * One line of the list, from what the operator reported; a list of hundreds does not read every pod. An application
 * that is not valid has its line as well: the operator says what is wrong with it.
 */
function summaryOf(object: KubeObject) {
  const { name, namespace, creationTimestamp } = object.metadata;
  const status = readStatus(object.status);
  const components = status?.components ?? [];
  const sum = (which: 'ready' | 'desired') =>
    components.reduce(
      (total, { replicas }) => total + (replicas?.[which] ?? 0),
      0,
    );
  return {
    namespace,
    name,
    state: status?.state ?? ('Unknown' as const),
    replicas: { ready: sum('ready'), desired: sum('desired') },
    release: status?.release?.current,
    createdAt: creationTimestamp,
    message: status?.message ?? 'the operator has not reported yet',
  };
}

async function showAll(scope: Scope): Promise<void> {
  const { context, connection, options } = scope;
  const { out, world } = context;
  const { items } = await connection.cluster.list(applications, {
    ...(options.allNamespaces ? {} : { namespace: connection.namespace }),
    signal: world.signal,
  });
  const rows = items
    .map(summaryOf)
    .sort((left, right) => compareStates(right.state, left.state));
  if (printStructured(out, options.output, rows)) return;
  if (rows.length === 0) {
    if (!options.allNamespaces)
      await requireNamespace(connection, world.signal);
    out.line(
      options.allNamespaces
        ? 'There are no applications.'
        : `There are no applications in ${connection.namespace}; --all-namespaces looks everywhere.`,
    );
    return;
  }
  out.table(
    ['NAMESPACE', 'NAME', 'STATE', 'READY', 'RELEASE', 'AGE', 'MESSAGE'],
    rows.map(row => [
      row.namespace ?? '',
      row.name,
      { text: row.state, tone: stateTone[row.state] },
      replicasText(row),
      String(row.release ?? '-'),
      age(row.createdAt, world.now()),
      row.message,
    ]),
  );
}

async function show(name: string | undefined, scope: Scope): Promise<void> {
  await (name === undefined ? showAll(scope) : showOne(name, scope));
}

async function watchStatus(
  name: string | undefined,
  scope: Scope,
): Promise<ExitCode> {
  const { context, connection, options } = scope;
  const { signal } = context.world;
  await untilInterrupted(signal, async () => {
    for await (const _ of followChanges(
      options.allNamespaces ? { ...connection, namespace: '' } : connection,
      { application: name, signal },
    )) {
      context.out.clear();
      await show(name, scope);
    }
  });
  return exitCodes.done;
}

export const status = defineVerb({
  name: 'status',
  operands: [{ syntax: '[name]', help: 'application; all of them without' }],
  summary: 'Show how applications do, and why',
  description:
    'Show how an application does, with the root cause of what is wrong, or list the applications of a namespace, those that need attention first.',
  examples: [
    ['paas status', 'All applications of the namespace'],
    ['paas status user-service --watch', 'One of them, live'],
    ['paas status user-service --wait --timeout 2m', 'Until it is ready'],
  ],
  options: [
    { flags: '-A, --all-namespaces', help: 'applications of every namespace' },
    { flags: '-w, --watch', help: 'print again when something changes' },
    ...waitOptions,
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema,
  async run(context, { operands, options }) {
    const name = operands.at(0);
    const timeoutMs = timeoutOf(options);
    if (options.wait && name === undefined) {
      throw new CliFailure(
        exitCodes.problem,
        `--wait waits for one application: ${context.world.program} status NAME --wait.`,
      );
    }
    if (options.allNamespaces && name !== undefined) {
      throw new CliFailure(
        exitCodes.problem,
        `--all-namespaces lists applications, and ${name} is one of a namespace: name that with -n.`,
      );
    }
    const connection = await context.connect();
    const scope = { context, connection, options };
    if (options.wait && name !== undefined) {
      await getApplication(connection, name, context.world.signal);
      const code = await waitForReady(name, { context, connection, timeoutMs });
      await show(name, scope);
      return code;
    }
    if (options.watch) return watchStatus(name, scope);
    await show(name, scope);
    return exitCodes.done;
  },
});
