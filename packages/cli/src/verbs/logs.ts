import { KubeObject } from '@understage/kube';
import {
  LABEL_APPLICATION,
  LABEL_COMPONENT,
  nearestName,
} from '@understage/plugin-paas-common';
import { z } from 'zod';
import { Connection } from '../CliWorld';
import { followPods, LogSource, logSources } from '../cluster/followPods';
import { getObject } from '../cluster/getApplication';
import { pods } from '../cluster/resourceTypes';
import { untilInterrupted } from '../cluster/untilInterrupted';
import { CliFailure, exitCodes } from '../exitCodes';
import { parseDuration } from '../output/age';
import { Tone } from '../output/Printer';
import { defineVerb, VerbContext } from '../Verb';
import { checkedName } from '../cluster/checkedName';

const schema = z.object({
  component: z.string().optional(),
  container: z.string().optional(),
  follow: z.boolean().default(false),
  previous: z.boolean().default(false),
  timestamps: z.boolean().default(false),
  tail: z.string().regex(/^\d+$/, '--tail takes a number of lines').optional(),
  since: z.string().optional(),
});
type Options = z.output<typeof schema>;

const tones: readonly Tone[] = [
  'accent1',
  'accent2',
  'accent3',
  'accent4',
  'changed',
];

/** Prints the lines of many containers, each behind its pod's name; the name's colour tells pods apart. */
class LogPrinter {
  readonly #context: VerbContext;
  readonly #tones = new Map<string, Tone>();

  constructor(context: VerbContext) {
    this.#context = context;
  }

  print(source: LogSource, line: string): void {
    this.#context.out.line(
      {
        text: `${source.pod} ${source.container} | `,
        tone: this.#toneOf(source.pod),
      },
      line,
    );
  }

  #toneOf(pod: string): Tone {
    const known = this.#tones.get(pod);
    if (known) return known;
    const tone = tones[this.#tones.size % tones.length];
    this.#tones.set(pod, tone);
    return tone;
  }
}

interface Reading {
  readonly context: VerbContext;
  readonly connection: Connection;
  readonly options: Options;
  readonly printer: LogPrinter;
  readonly signal: AbortSignal;
}

async function readSource(source: LogSource, reading: Reading): Promise<void> {
  const { connection, options, printer, context, signal } = reading;
  try {
    const since =
      options.since === undefined ? undefined : parseDuration(options.since);
    for await (const line of connection.logs.lines({
      namespace: connection.namespace,
      pod: source.pod,
      container: source.container,
      follow: options.follow,
      previous: options.previous,
      timestamps: options.timestamps,
      ...(options.tail === undefined
        ? {}
        : { tailLines: Number(options.tail) }),
      ...(since === undefined ? {} : { sinceSeconds: Math.ceil(since / 1000) }),
      signal,
    })) {
      printer.print(source, line);
    }
  } catch (error) {
    if (signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    context.err.line({
      text: `${source.pod} ${source.container}: ${message}`,
      tone: 'warn',
    });
  }
}

/** Starts a reader for each container of the pod that is not being read yet. */
function startReaders(
  pod: KubeObject,
  reading: Reading,
  started: Map<string, Promise<void>>,
): void {
  for (const source of logSources(pod, reading.options)) {
    if (!started.has(source.instance)) {
      started.set(source.instance, readSource(source, reading));
    }
  }
}

async function readOnce(
  reading: Reading,
  labelSelector: string,
): Promise<number> {
  const { connection, signal } = reading;
  const { items } = await connection.cluster.list(pods, {
    namespace: connection.namespace,
    labelSelector,
    signal,
  });
  const sources = items.flatMap(pod => logSources(pod, reading.options));
  // One after the other: the lines of a pod that is not followed belong together.
  for (const source of sources) await readSource(source, reading);
  return items.length === 0 ? -1 : sources.length;
}

async function followAll(
  reading: Reading,
  labelSelector: string,
): Promise<void> {
  const started = new Map<string, Promise<void>>();
  for await (const pod of followPods({
    cluster: reading.connection.cluster,
    namespace: reading.connection.namespace,
    labelSelector,
    signal: reading.signal,
  })) {
    startReaders(pod, reading, started);
  }
  await Promise.all(started.values());
}

const specShape = z.looseObject({
  spec: z.looseObject({
    components: z.array(z.looseObject({ name: z.string() })),
  }),
});

/** Throws when the application has no such component: its pods would be waited for in vain. */
function checkComponent(
  application: KubeObject,
  component: string | undefined,
): void {
  const parsed = specShape.safeParse(application);
  if (component === undefined || !parsed.success) return;
  const names = parsed.data.spec.components.map(each => each.name);
  if (names.includes(component)) return;
  const near = nearestName(component, names);
  throw new CliFailure(
    exitCodes.problem,
    `${application.metadata.name} has no component ${component}: ${
      near === undefined
        ? `it has ${names.join(', ')}`
        : `did you mean ${near}?`
    }`,
  );
}

export const logs = defineVerb({
  name: 'logs',
  operands: [{ syntax: '<name>', help: 'application' }],
  summary: 'Print the logs of an application',
  description:
    'Print the logs of all pods of an application, each line behind its pod. With --follow, pods that start later are followed as well.',
  examples: [
    ['paas logs user-service -f', 'Follow everything'],
    [
      'paas logs user-service --component frontend --tail 100',
      'The last 100 lines of each pod of one component',
    ],
    ['paas logs user-service --previous', 'Why did it crash?'],
  ],
  options: [
    { flags: '-c, --component <name>', help: 'only this component' },
    { flags: '--container <name>', help: 'only this container' },
    { flags: '-f, --follow', help: 'go on as lines come' },
    {
      flags: '-p, --previous',
      help: 'the run before the last restart',
    },
    { flags: '--tail <lines>', help: 'only the last lines of each container' },
    { flags: '--since <duration>', help: 'only newer lines: 90s, 5m, 2h' },
    { flags: '--timestamps', help: 'when each line was written' },
  ],
  schema,
  async run(context, { operands: [name], options }) {
    if (options.since !== undefined && !parseDuration(options.since)) {
      throw new CliFailure(
        exitCodes.problem,
        `--since ${options.since} is no duration: write 90s, 5m or 2h.`,
      );
    }
    const connection = await context.connect();
    const { signal } = context.world;
    checkComponent(
      await getObject(connection, name, signal),
      options.component,
    );
    const labelSelector = [
      `${LABEL_APPLICATION}=${name}`,
      ...(options.component === undefined
        ? []
        : [`${LABEL_COMPONENT}=${checkedName(options.component)}`]),
    ].join(',');
    const reading: Reading = {
      context,
      connection,
      options,
      printer: new LogPrinter(context),
      signal,
    };
    if (options.follow && !options.previous) {
      await untilInterrupted(signal, () => followAll(reading, labelSelector));
      return exitCodes.done;
    }
    const read = await readOnce(reading, labelSelector);
    if (read > 0) return exitCodes.done;
    const what =
      options.component === undefined ? name : `${name}/${options.component}`;
    throw new CliFailure(
      exitCodes.problem,
      read < 0
        ? `${what} has no pods in ${connection.namespace}. Try ${context.world.program} status ${name}.`
        : `No container of ${what} has ${
            options.previous ? 'run before' : 'started yet'
          }. Try ${context.world.program} status ${name}.`,
    );
  },
});
