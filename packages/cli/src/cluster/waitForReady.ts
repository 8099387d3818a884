import { KubeObject } from '@understage/kube';
import { z } from 'zod';
import { Connection } from '../CliWorld';
import { ExitCode, exitCodes } from '../exitCodes';
import { VerbContext } from '../Verb';
import { followApplication } from './followApplication';

/** What the operator says of the newest generation. */
interface Progress {
  readonly ready: boolean;
  readonly message: string;
}

/** What applications and tenants report alike. */
const reportSchema = z.object({
  observedGeneration: z.number(),
  message: z.string(),
  conditions: z.array(z.object({ type: z.string(), status: z.string() })),
});

function progressOf(object: KubeObject | undefined): Progress {
  if (!object) return { ready: false, message: 'it is not there' };
  const reported = reportSchema.safeParse(object.status).data;
  if (!reported) {
    return { ready: false, message: 'the operator has not seen it yet' };
  }
  const { observedGeneration, conditions, message } = reported;
  const { generation } = object.metadata;
  if (generation !== undefined && observedGeneration < generation) {
    return {
      ready: false,
      message: 'the operator has not seen the change yet',
    };
  }
  const ready = conditions.some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
  return { ready, message };
}

/** What is waited for, and where to look when it does not come. */
export interface Awaited {
  readonly name: string;
  /** It now, and after each change; `undefined` while it is not there. Ends when aborted. */
  readonly follow: (
    signal: AbortSignal,
  ) => AsyncIterable<KubeObject | undefined>;
  /** A sentence's end: `paas tree NAME, or paas doctor`. */
  readonly hint: string;
}

/**
 * Waits by watch until something is Ready in its newest generation; each new sentence of the operator is printed as
 * progress. Answers 4 with the last sentence when the time is over, and 130 on Ctrl-C.
 */
export async function waitUntilReady(
  { name, follow, hint }: Awaited,
  {
    context,
    timeoutMs,
  }: { readonly context: VerbContext; readonly timeoutMs: number },
): Promise<ExitCode> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([timeout, context.world.signal]);
  let last = '';
  try {
    for await (const object of follow(signal)) {
      const { ready, message } = progressOf(object);
      if (ready) {
        // Progress, too: standard output is the result's, which may be JSON.
        context.err.line(
          { text: 'ready ', tone: 'good' },
          `${name}: ${message}`,
        );
        return exitCodes.done;
      }
      if (message !== last) {
        context.err.line(
          { text: 'waiting ', tone: 'quiet' },
          `${name}: ${message}`,
        );
      }
      last = message;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (timeout.aborted) {
    context.err.line(
      { text: 'error: ', tone: 'bad' },
      `${name} is not ready after ${timeoutMs / 1000} s: ${last}. Try ${hint}.`,
    );
  }
  if (timeout.aborted) return exitCodes.notReady;
  context.err.line(
    { text: 'interrupted ', tone: 'warn' },
    `not waiting for ${name} any longer; it goes on without us.`,
  );
  return exitCodes.interrupted;
}

/** The same for an application of the connection's namespace. */
export function waitForReady(
  name: string,
  options: {
    readonly context: VerbContext;
    readonly connection: Connection;
    readonly timeoutMs: number;
  },
): Promise<ExitCode> {
  const { program } = options.context.world;
  return waitUntilReady(
    {
      name,
      follow: signal => followApplication(options.connection, name, signal),
      hint: `${program} tree ${name}, or ${program} doctor`,
    },
    options,
  );
}
